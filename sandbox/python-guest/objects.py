"""Objects that do not cross between a candidate's instance and its judge's. Their owner keeps them and hands out numbers, one for
each object; the other side holds a stand-in, which asks the owner to do things with them."""

import builtins
import inspect
from enum import Enum
from struct import Struct
from types import FunctionType as _Function

import crossing

__builtins__ = vars(builtins).copy()

_own = Struct("<cIQI").pack
_yours = Struct("<cI").pack
_is_awaitable = inspect.isawaitable

_kept, _numbers = [], {}
# Classes that the judge asked for by name: what is made of them is an object, whatever it extends.
named = set()


def kept(number):
    return _kept[number]


def any_kept():
    """Whether the other side has a number of anything here."""
    return bool(_kept)


def number_of(value):
    # What is kept lives on, so that its address stays its own.
    number = _numbers.get(id(value))
    if number is None:
        number = _numbers[id(value)] = len(_kept)
        _kept.append(value)
    return number


def forget():
    for table in (_kept, _numbers, _shapes, named):
        table.clear()
    crossing.forget()


# What a type defines, as bits: the stand-in defines the same, and so `callable` and the like are right.
AWAITED, CALLED, TYPE, FUNCTION, EQUAL, CONTENT, ERROR = 1, 2, 1 << 59, 1 << 60, 1 << 61, 1 << 62, 1 << 63
BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "lshift", "rshift")
ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
UNARY = ("__int__", "__float__", "__index__", "__abs__", "__neg__", "__pos__", "__invert__", "__round__", "__bytes__")
DEFINED = {
    name: CALLED << place
    for place, name in enumerate((
        "__call__", "__iter__", "__next__", "__len__", "__getitem__", "__contains__", "__setitem__", "__delitem__", "__reversed__",
        "__enter__", "__exit__", "__aiter__", "__anext__", "__aenter__", "__aexit__", "__bool__", *UNARY, *ORDER, *(f"__{name}__" for name in BINARY), *(f"__r{name}__" for name in BINARY),
    ))
}  # fmt: skip

CONVERTED = "__fspath__", "__complex__", "__floor__", "__ceil__", "__trunc__"
# Others, of which a stand-in defines all of a group if its object's type defines one: what is lacking there answers `NotImplemented`.
MORE = {f"__i{name}__": 1 << 58 for name in BINARY} | {"__divmod__": 1 << 57, "__rdivmod__": 1 << 57} | dict.fromkeys(CONVERTED, 1 << 56)

_mro, _namespace = type.__dict__["__mro__"].__get__, type.__dict__["__dict__"].__get__
_shapes = {}


def _defined(kind):
    # Not by `hasattr`, which finds what the type's own type defines: every class can be called.
    shape, seen = 0, set()
    for base in _mro(kind):
        for name in DEFINED.keys() & _namespace(base).keys() - seen:
            seen.add(name)
            # A class says by None that it has no such method.
            if _namespace(base)[name] is not None:
                shape |= DEFINED[name]
        for name in MORE.keys() & _namespace(base).keys():
            shape |= MORE[name]
        if "__eq__" in _namespace(base) and base is not object:
            shape |= EQUAL
    shape |= TYPE if issubclass(kind, type) else 0
    return shape | FUNCTION if kind is _Function else shape


def special(value, name):
    """A special method of a value, as an operator finds it."""
    for base in _mro(type(value)):
        if name in _namespace(base):
            found = _namespace(base)[name]
            return found.__get__(value, type(value)) if hasattr(type(found), "__get__") else found
    raise AttributeError(name)


def _shape(value, plain):
    kind = type(value)
    shape = shape_of(kind)
    if plain:
        return shape | CONTENT
    if _is_awaitable(value):
        shape |= AWAITED
    if isinstance(value, type) and issubclass(value, BaseException):
        shape |= ERROR
    return shape


def shape_of(kind):
    """What instances of a class define."""
    if kind not in _shapes:
        _shapes[kind] = _defined(kind)
    return _shapes[kind]


# Whether members of enumerations are objects although they extend a builtin: a candidate's where tests ask for their names, and the tests' own.
tells_members = False


def is_member(value):
    return tells_members


# What the other side hears of a value's type: a candidate tells its number, and a judge has less to say (`giving.py`).
def told_type(value):
    return number_of(type(value))


# How stand-ins are told from other values, and their numbers; `handles.py` and `given.py` set them. And what crosses as what it is.
is_handle = is_given = is_mirrored = lambda value: False
number_of_handle = number_of_given = number_of_mirrored = None
apart, crossing.kept = crossing.apart, kept


def apart_error(value):
    """How an exception that is handed over crosses; only a judge has one that does."""
    return None


def encode_object(value, plain):
    """The bytes of what is not plain data; `plain` says whether its class extends a builtin."""
    if is_given(value):
        return _yours(b"y", number_of_given(value))
    if is_handle(value):
        return _yours(b"y", number_of_handle(value))
    if is_mirrored(value):
        return _yours(b"y", number_of_mirrored(value))
    theirs = _namespace(value).get("__theirs__") if type(value) is type else None
    if theirs is not None:
        return _yours(b"y", theirs)
    made = apart(value, number_of) or apart_error(value)
    if made is not None:
        return b"x%c" % len(made[0]) + made[0].encode(), made[1]
    if plain and not (isinstance(value, Enum) and is_member(value)) and not any(base in named for base in _mro(type(value))):
        return None
    return _own(b"o", number_of(value), _shape(value, plain), told_type(value))
