"""Neutral candidates, which have every name and do no harm, and tests whose assertions all hold: what fails then, fails by itself.

No single neutral answer suits all tests, so there are several, and only what fails with each of them is the tests' own fault.
"""

import ast
import unittest

import candidate
import handles
import pytest_shim
from plain import Refused, encode
from shared import Table

_SIZES = (0, 1, 2, 3)
_DEPTH = 6


def _crosses(arguments, keywords):
    """What could not be handed to a candidate cannot be handed to one of these."""
    try:
        table = Table(0) if candidate.mutates else None
        encode(("", "", arguments, keywords or None, False, True), lambda value, plain: None if plain else b"N", table)
    except Refused as why:
        handles.refused(why)


class Anything:
    """Answers whatever is asked with more of itself, of so many items, but not for ever."""

    def __init__(self, size, depth=_DEPTH):
        vars(self).update(_size=size, _depth=depth)

    def _more(self, *arguments, **keywords):
        _crosses(arguments, keywords)
        return Anything(self._size, self._depth - 1) if self._depth > 1 else None

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return self._more()

    def __setattr__(self, name, value):
        pass

    def __delattr__(self, name):
        pass

    def __iter__(self):
        return iter([self._more() for _ in range(self._size)])

    def __len__(self):
        return self._size

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 1

    def __str__(self):
        return ""

    def __format__(self, form):
        return ""

    def __bool__(self):
        return self._depth > 1

    def __exit__(self, *error):
        return False

    def __setitem__(self, key, value):
        pass

    def __delitem__(self, key):
        pass

    def __await__(self):
        return self._more()
        yield

    def __mro_entries__(self, bases):
        handles.extended()


for _name in ("call", "getitem", "enter", "next", "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor", "neg",
              "abs", "round", "radd", "rsub", "rmul", "rtruediv", "rfloordiv", "rmod", "rpow"):  # fmt: skip
    setattr(Anything, f"__{_name}__", Anything._more)
for _name in ("lt", "le", "gt", "ge", "contains"):
    setattr(Anything, f"__{_name}__", lambda self, other: True)
for _name, _kind in (("int", int), ("float", float), ("index", int), ("complex", complex)):
    # Not the same number each time: what is out of range for one is not for another.
    setattr(Anything, f"__{_name}__", lambda self, kind=_kind: kind(self._size))


class list(list):
    """A list by name, that can be a key."""

    __hash__ = object.__hash__


class dict(dict):
    """The same of a dict."""

    __hash__ = object.__hash__


class Holder:
    """An object whose methods and items are plain data."""

    def __init__(self, make):
        vars(self).update(_make=make)

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return _Function(self._make)

    def __setattr__(self, name, value):
        pass

    def __getitem__(self, key):
        return self._make()

    def __setitem__(self, key, value):
        pass


_PLAIN = (lambda: None, int, str, list, bytes, dict, lambda: True)
_HELD = _PLAIN[:5]
# Together as many as the host asks for: `NEUTRAL` in test_code.rs.


class _Function:
    """Gives the same for all arguments."""

    def __init__(self, make):
        self.make = make

    def __call__(self, *arguments, **keywords):
        _crosses(arguments, keywords)
        return self.make()

    def __mro_entries__(self, bases):
        handles.extended()


def stub(variant):
    """What stands for each name of the candidate: such as answer with more of themselves, then such as answer with plain data,
    then with objects that hold some."""
    if variant < len(_SIZES):
        return Anything(_SIZES[variant])
    variant -= len(_SIZES)
    if variant < len(_PLAIN):
        return _Function(_PLAIN[variant])
    return _Function(lambda: Holder(_HELD[variant - len(_PLAIN)]))


def type_of(variant):
    """The names of the types that it answers with, as a pattern, unless it answers with anything."""
    if variant < len(_SIZES):
        return None
    variant -= len(_SIZES)
    made = (*_PLAIN, *_HELD)[variant]
    return type(made()).__name__ + ("" if variant < len(_PLAIN) else "|Holder|_Function")


class _Hold(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Expr(node.test), node)


class _Swallow:
    exception = value = msg = output = None
    records = ()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return isinstance(error, Exception)


def holding(tree):
    """The same tests, whose assertions hold."""
    pytest_shim.lenient = True
    for name in dir(unittest.TestCase):
        if name.startswith("assert") or name == "fail":
            setattr(unittest.TestCase, name, lambda self, *arguments, **keywords: _Swallow())
    return ast.fix_missing_locations(_Hold().visit(tree))
