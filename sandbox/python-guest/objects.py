"""Objects that do not cross between a candidate's instance and its judge's. Their owner keeps them and hands out numbers, one for
each object; the other side holds a stand-in, which asks the owner to do things with them."""

import builtins
import inspect
from struct import Struct

__builtins__ = vars(builtins).copy()

_own = Struct("<cIBI").pack
_yours = Struct("<cI").pack
_is_awaitable = inspect.isawaitable

_kept, _numbers = [], {}


def kept(number):
    return _kept[number]


def number_of(value):
    # What is kept lives on, so that its address stays its own.
    number = _numbers.get(id(value))
    if number is None:
        number = _numbers[id(value)] = len(_kept)
        _kept.append(value)
    return number


def forget():
    _kept.clear()
    _numbers.clear()


# What a type defines, as bits: the stand-in defines the same, and so `callable` and the like are right.
AWAITED, CALLED = 1, 2
DEFINED = {"__call__": CALLED, "__iter__": 4, "__next__": 8, "__len__": 16, "__getitem__": 32, "__contains__": 64}


_mro, _namespace = type.__dict__["__mro__"].__get__, type.__dict__["__dict__"].__get__


def _shape(value):
    # Not by `hasattr`, which finds what the type's own type defines: every class can be called.
    shape, seen = AWAITED if _is_awaitable(value) else 0, set()
    for base in _mro(type(value)):
        for name in DEFINED.keys() & _namespace(base).keys() - seen:
            seen.add(name)
            # A class says by None that it has no such method.
            if _namespace(base)[name] is not None:
                shape |= DEFINED[name]
    return shape


class Given:
    """What a candidate holds of an object of its judge: it can be called and iterated over, and has no attributes."""

    __slots__ = ("__number", "__ask")

    def __init__(self, number, ask):
        self.__number = number
        self.__ask = ask

    def __call__(self, *arguments, **keywords):
        return self.__ask("call", self.__number, arguments, keywords)

    def __iter__(self):
        return self.__ask("iter", self.__number)

    def __next__(self):
        return self.__ask("next", self.__number)


number_of_given = Given._Given__number.__get__
# The stand-ins that a judge makes, and how to read their numbers; `handles.py` sets it.
is_handle = None
number_of_handle = None


def encode_object(value):
    """The bytes of what is not plain data."""
    if type(value) is Given:
        return _yours(b"y", number_of_given(value))
    if is_handle is not None and is_handle(value):
        return _yours(b"y", number_of_handle(value))
    shape = _shape(value)
    return _own(b"o", number_of(value), shape, number_of(type(value)))
