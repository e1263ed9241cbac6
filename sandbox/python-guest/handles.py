"""What a judge holds of the objects of its candidate. Nothing is said of an object but by its owner: a stand-in defines what the
object's type defines, and asks the owner for the rest. Objects of the candidate may equal each other, as their owner says; none
equals plain data."""

import copyreg
import sys
import types

import errors
import objects
import operators
import owners
import signatures

# Asks the candidate for something; `candidate.py` sets it.
ask = None
# Whether a stand-in is being written into a reason: then its owner is not asked.
quiet = False

_CLASS = "class"


class Kind(type):
    """A stand-in's class, one for each type of the candidate's."""

    # Set on each class: the number of the candidate's type, none for functions; whether it extends a builtin, whether it
    # is a class's.
    number = None
    has_content = is_type = False

    @property
    def __name__(cls):
        return ask("get", cls.number, ("__name__",))

    def __eq__(cls, other):
        if cls.number is None:
            return cls is other or other is types.FunctionType
        return cls is other or is_handle(other) and number_of(other) == cls.number

    def __ne__(cls, other):
        return not cls == other

    def __hash__(cls):
        return hash(cls.number)

    def __repr__(cls):
        return ask("repr", cls.number)

    def __getattr__(cls, name):
        if cls.number is None:
            raise AttributeError(name)
        return ask("get", cls.number, (name,))


class Unseen(Exception):
    """What tests do that cannot be done with a candidate in another instance."""


def refused(why):
    raise Unseen(f"an argument does not cross to the candidate: {why}")


def extended():
    raise Unseen("a class of the tests cannot extend one of the completion, which is in another instance")


class Handle:
    __slots__ = ("__number",)

    def __init__(self, number):
        object.__setattr__(self, "_Handle__number", number)

    @property
    def __doc__(self):
        return ask("get", self.__number, ("__doc__",))

    @property
    def __class__(self):
        kind = type(self)
        return types.FunctionType if kind.number is None else library_class(kind.number) or kind

    @property
    def __signature__(self):
        return signatures.signature(ask("signature", self.__number))

    def __bool__(self):
        return bool(ask("bool", self.__number))

    def __getattr__(self, name):
        return ask("get", self.__number, (name,))

    def __setattr__(self, name, value):
        ask("set", self.__number, (name, value))

    def __delattr__(self, name):
        ask("delete", self.__number, (name,))

    def __dir__(self):
        return ask("dir", self.__number)

    def __eq__(self, other):
        if is_handle(other):
            return bool(ask("eq", self.__number, (other,)))
        if _stands_for(other, self.__number):
            return True
        # What extends a builtin is compared as that, here.
        return ask("content", self.__number) == other if type(self).has_content else operators.equal(self, other, "__eq__")

    def __ne__(self, other):
        if is_handle(other):
            return bool(ask("ne", self.__number, (other,)))
        if _stands_for(other, self.__number):
            return False
        return ask("content", self.__number) != other if type(self).has_content else operators.equal(self, other, "__ne__")

    def __hash__(self):
        return ask("hash", self.__number)

    def __repr__(self):
        return "<an object of the candidate>" if quiet else ask("repr", self.__number)

    def __str__(self):
        return "<an object of the candidate>" if quiet else ask("str", self.__number)

    def __format__(self, form):
        return ask("format", self.__number, (form,))

    def __mro_entries__(self, bases):
        extended()

    def __copy__(self):
        return ask("copy", self.__number)

    def __deepcopy__(self, memo):
        return ask("deepcopy", self.__number)

    def __replace__(self, **changes):
        return ask("replace", self.__number, (), changes)

    def __reduce_ex__(self, protocol):
        return _unpickled, (ask("pickle", self.__number, (protocol,)),)

    def __instancecheck__(self, value):
        return bool(ask("isinstance", self.__number, (value,)))

    def __subclasscheck__(self, value):
        return bool(ask("issubclass", self.__number, (value,)))


def _stands_for(value, number):
    """Whether it is the class here of named tuples whose class there is that object."""
    return type(value) is type and value.__dict__.get("_theirs") == number


number_of, _set_name = Handle._Handle__number.__get__, type.__dict__["__name__"].__set__
# A class that is made has a docstring of its own, so each gets this.
documented = {"__slots__": (), "__doc__": vars(Handle)["__doc__"]}


def is_handle(value):
    return isinstance(type(value), Kind)


objects.is_handle, objects.number_of_handle = is_handle, number_of
operators.is_handle, operators.number_of = is_handle, number_of

_METHODS = {
    **operators.METHODS,
    "__call__": lambda self, /, *arguments, **keywords: ask("call", number_of(self), arguments, keywords),
    "__iter__": lambda self: ask("iter", number_of(self)),
    "__next__": lambda self: ask("next", number_of(self)),
    "__len__": lambda self: ask("len", number_of(self)),
    "__getitem__": lambda self, key: ask("item", number_of(self), (key,)),
    "__contains__": lambda self, item: bool(ask("contains", number_of(self), (item,))),
}
del _METHODS["__bool__"]
_kinds, _classes, _made = {}, {}, {}


def _unpickled(data):
    return ask("unpickle", "", (data,))


# Pickles name a function by a module that can be imported.
_unpickled.__module__, _unpickled.__qualname__ = copyreg.__name__, "_unpickled"
copyreg._unpickled = _unpickled


# Functions are the most frequent of all.
Function = Kind("Handle", (Handle,), {**documented, "number": None, "__call__": _METHODS["__call__"]})


def kind_of(number, shape):
    """The class of stand-ins for a type of the candidate's and what it defines."""
    if shape & objects.FUNCTION:
        return Function
    made = _kinds.get((number, shape))
    if made is None:
        body = {name: _METHODS[name] for name, bit in objects.DEFINED.items() if shape & bit and name in _METHODS}
        body |= {name: _METHODS[name] for name, bit in objects.MORE.items() if shape & bit}
        body |= {"number": number, "has_content": bool(shape & objects.CONTENT), "is_type": bool(shape & objects.TYPE)}
        made = _kinds[number, shape] = Kind("Handle", (Handle,), {**documented, **body})
    return made


def handle(number, shape, kind):
    """The stand-in for an object: the same one each time. For a class of exceptions it is one."""
    if shape & objects.ERROR:
        return errors.class_of(number, ask)
    made = _made.get(number)
    if made is None:
        made = _made[number] = kind_of(kind, shape)(number)
    return made


def named(kind, name):
    """Gives a class of stand-ins the name that Python's own messages say."""
    _set_name(kind, name)


def put(number, made):
    """Has this stand for an object from now on."""
    _made[number] = made


def forget():
    for table in (_kinds, _classes, _made):
        table.clear()
    operators.forget()
    owners.forget()


def library_class(number):
    """The class of the library that a type of the candidate's is or extends, if there is one."""
    if number not in _classes:
        _classes[number] = None
        found = ask(_CLASS, number)
        if type(found) is tuple and len(found) == 2 and all(type(part) is str for part in found):
            held = getattr(sys.modules.get(found[0]), found[1], None)
            _classes[number] = held if isinstance(held, type) else None
    return _classes[number]
