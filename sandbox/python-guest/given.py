"""What a candidate holds of an object of its judge: it defines what the object's type defines, and asks the judge for the rest. Attributes
are given only of what the tests' own classes make (`giving.py`)."""

import builtins
from types import MethodType as _Method

import errors
import objects

__builtins__ = vars(builtins).copy()

# Asks the judge for something; `solution.py` sets it.
ask = None


class Given:
    """One for each object."""

    __slots__ = ("__number", "__weakref__")

    def __init__(self, number):
        object.__setattr__(self, "_Given__number", number)

    def __getattr__(self, name):
        if name[:2] == "__" and name not in ("__name__", "__qualname__", "__doc__"):
            raise AttributeError(name)
        return ask("get", self.__number, (name,))

    def __setattr__(self, name, value):
        ask("set", self.__number, (name, value))

    def __instancecheck__(self, value):
        return ask("isinstance", self.__number, (value,))

    def __repr__(self):
        return ask("repr", self.__number)

    def __str__(self):
        return ask("str", self.__number)


number_of = Given._Given__number.__get__


def is_given(value):
    return issubclass(type(value), Given)


objects.is_given, objects.number_of_given = is_given, number_of


def _equal(self, other):
    return self is other or ask("op", number_of(self), ("__eq__", other))


def _method(name):
    return lambda self, *arguments: ask("op", number_of(self), (name, *arguments))


_METHODS = {name: _method(name) for name in objects.DEFINED}
_METHODS["__call__"] = lambda self, /, *arguments, **keywords: ask("call", number_of(self), arguments, keywords)
_METHODS["__iter__"] = lambda self: ask("iter", number_of(self))
_METHODS["__next__"] = lambda self: ask("next", number_of(self))
_kinds, _made = {}, {}


def given(number, shape, _kind):
    if shape & objects.ERROR:
        return errors.class_of(number, ask)
    if number not in _made:
        kind = _kinds.get(shape)
        if kind is None:
            body = {name: _METHODS[name] for name, bit in objects.DEFINED.items() if shape & bit}
            if shape & objects.FUNCTION:
                # In a class it becomes a method, as any function.
                body["__get__"] = lambda self, instance, owner=None: self if instance is None else _Method(self, instance)
            if shape & objects.EQUAL:
                body |= {"__eq__": _equal, "__hash__": lambda self: ask("hash", number_of(self))}
            kind = _kinds[shape] = type("Given", (Given,), {"__slots__": (), **body})
        _made[number] = kind(number)
    return _made[number]


def forget():
    _kinds.clear()
    _made.clear()
