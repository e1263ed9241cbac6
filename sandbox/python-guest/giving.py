"""The judge's side of its own objects: what a candidate may do with one that it was given.

It may call it and iterate over it. Attributes it may see and set of instances of classes that the tests define, and of doubles of
`unittest.mock`; never names with an underscore, by which it would get at the tests themselves, and never a test case's.
"""

import types
import unittest
from unittest.mock import NonCallableMock

import errors
import objects

TESTS = ("tests", "__main__")


def _is_open(ours):
    kind = type(ours)
    if kind.__module__ in TESTS:
        return not isinstance(ours, (unittest.TestCase, type)) and not kind.__name__.startswith("Test")
    return kind is types.SimpleNamespace or isinstance(ours, NonCallableMock) or _is_class(ours)


def _is_class(ours):
    return isinstance(ours, type) and ours.__module__ in TESTS and not issubclass(ours, unittest.TestCase)


def _set(ours, name, value):
    if _is_class(ours):
        raise AttributeError("a class of the tests stays what it is")
    setattr(ours, name, value)


def _operation(ours, name, *arguments):
    if name not in objects.DEFINED and name != "__eq__":
        raise AttributeError(name)
    return objects.special(ours, name)(*arguments)


_OPERATIONS = {"get": getattr, "set": _set, "op": _operation, "hash": hash, "str": str, "repr": repr}


def done(operation, ours, arguments, keywords):
    """What an operation gives; `StopIteration` says that there is no more."""
    if operation == "call":
        return ours(*arguments, **keywords)
    if operation == "iter":
        return iter(ours)
    if operation == "next":
        return next(ours)
    if operation == "bases" and isinstance(ours, type) and issubclass(ours, BaseException):
        return errors.bases(ours)
    if operation in ("str", "repr") and not _is_open(ours):
        return "<an object of the tests>"
    if operation == "get" and arguments[0] in ("__name__", "__qualname__", "__doc__"):
        return getattr(ours, arguments[0])
    if operation == "isinstance" and isinstance(ours, type):
        return isinstance(arguments[0], ours)
    if operation in ("get", "set") and str(arguments[0])[:1] == "_":
        raise AttributeError(arguments[0])
    if not _is_open(ours):
        if operation == "op" and type(ours).__module__ not in TESTS:
            # What the library makes says nothing of the tests: iterators, files in memory.
            return _operation(ours, *arguments)
        raise AttributeError("it can be called and iterated over, and nothing else")
    return _OPERATIONS[operation](ours, *arguments)
