"""What a candidate holds of an object of its judge: it defines what the object's type defines, and asks the judge for the rest. Attributes
are given only of what the tests' own classes make (`giving.py`), and of the library's where they say nothing of the tests."""

import builtins
from types import MethodType as _Method
from types import SimpleNamespace

import errors
import mirrored
import objects
import signatures

__builtins__ = vars(builtins).copy()

# Asks the judge for something; `solution.py` sets it.
ask = None
_NAMES = "__name__", "__qualname__", "__doc__"


class Given:
    """One for each object."""

    __slots__ = ("__number", "__weakref__")

    def __getattr__(self, name):
        if name[:2] == "__" and name not in _NAMES:
            raise AttributeError(name)
        return ask("get", self.__number, (name,))

    def __setattr__(self, name, value):
        ask("set", self.__number, (name, value))

    def __delattr__(self, name):
        ask("delete", self.__number, (name,))

    @property
    def __dict__(self):
        return ask("dict", self.__number)

    def __dir__(self):
        return ask("dir", self.__number)

    def __instancecheck__(self, value):
        return ask("isinstance", self.__number, (value,))

    def __repr__(self):
        return ask("repr", self.__number)

    def __str__(self):
        return ask("str", self.__number)

    def __format__(self, form):
        return ask("format", self.__number, (form,))

    def __copy__(self):
        return ask("copy", self.__number)

    def __deepcopy__(self, memo):
        return ask("deepcopy", self.__number)


number_of, _set_number = Given._Given__number.__get__, Given._Given__number.__set__


def is_given(value):
    return issubclass(type(value), Given)


objects.is_given, objects.number_of_given = is_given, number_of
mirrored.instance = Given


def _equal(self, other):
    return self is other or ask("op", number_of(self), ("__eq__", other))


def _method(name):
    return lambda self, *arguments: ask("op", number_of(self), (name, *arguments))


_METHODS = {name: _method(name) for name in (*objects.DEFINED, *objects.MORE)}
_METHODS["__call__"] = lambda self, /, *arguments, **keywords: ask("call", number_of(self), arguments, keywords)
_METHODS["__iter__"] = lambda self: ask("iter", number_of(self))
_METHODS["__next__"] = lambda self: ask("next", number_of(self))


def _await(self):
    return ask("await", number_of(self))
    yield


def _of_function(name):
    return property(lambda self: ask("get", number_of(self), (name,)))


# Of a function of the tests, what tells its parameters and nothing of what it does.
_FUNCTION = {
    "__doc__": _of_function("__doc__"),
    "__signature__": property(lambda self: signatures.signature(ask("signature", number_of(self)))),
    "__annotations__": property(lambda self: ask("annotations", number_of(self))),
    "__code__": property(lambda self: SimpleNamespace(**ask("code", number_of(self)))),
    # In a class it becomes a method, as any function.
    "__get__": lambda self, instance, owner=None: self if instance is None else _Method(self, instance),
}
_kinds, _made = {}, {}


def methods(shape):
    """What objects of that shape define."""
    body = {name: _METHODS[name] for name, bit in (objects.DEFINED | objects.MORE).items() if shape & bit}
    if shape & objects.FUNCTION:
        body |= _FUNCTION
    if shape & objects.AWAITED:
        body["__await__"] = _await
    if shape & objects.EQUAL:
        body |= {"__eq__": _equal, "__hash__": lambda self: ask("hash", number_of(self))}
    return body


def given(number, shape, kind):
    """What stands for an object of the judge's; `kind` is the number of its class and one, where the tests define that."""
    if shape & objects.ERROR:
        return errors.class_of(number, ask)
    if kind == number + 1:
        return mirrored.mirrored(number, methods)
    if number not in _made:
        if kind:
            made = mirrored.mirrored(kind - 1, methods)
        else:
            made = _kinds.get(shape)
        if made is None:
            made = _kinds[shape] = type("Given", (Given,), {"__slots__": (), **methods(shape)})
        _made[number] = object.__new__(made)
        _set_number(_made[number], number)
    return _made[number]


def forget():
    mirrored.forget()
    _kinds.clear()
    _made.clear()
