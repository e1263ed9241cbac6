"""Neutral candidates, which have every name and do no harm, and tests whose assertions all hold: what fails then, fails by itself.

No single neutral answer suits all tests, so there are several, and only what fails with each of them is the tests' own fault.
"""

import ast
import unittest

import handles
import pytest_shim

VARIANTS = 11
_DEPTH = 6


class Anything:
    """Answers whatever is asked with more of itself, of so many items, but not for ever."""

    def __init__(self, size, depth=_DEPTH):
        vars(self).update(_size=size, _depth=depth)

    def _more(self, *_, **__):
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
for _name, _value in (("int", 1), ("float", 1.0), ("index", 1), ("complex", 1j)):
    setattr(Anything, f"__{_name}__", lambda self, value=_value: value)


class _List(list):
    __hash__ = object.__hash__


class _Dict(dict):
    __hash__ = object.__hash__


class _Function:
    """Gives the same for all arguments."""

    def __init__(self, make):
        self.make = make

    def __call__(self, *arguments, **keywords):
        return self.make()

    def __mro_entries__(self, bases):
        handles.extended()


def stub(variant):
    """What stands for each name of the candidate."""
    if variant >= 7:
        return Anything(variant - 7)
    return _Function((lambda: None, int, str, _List, bytes, _Dict, lambda: True)[variant])


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
