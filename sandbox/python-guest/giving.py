"""The judge's side of its own objects: what a candidate may do with one that it was given.

It may call it and iterate over it. Attributes it may see and set of instances of classes that the tests define, of doubles of `unittest.mock`, and
of what of the library holds data alone; never names with an underscore, by which it would get at the tests themselves, and never a test case's.
"""

import asyncio
import copy
import dataclasses
import io
import queue
import random
import re
import threading
import types
import unittest
from array import array
from unittest.mock import NonCallableMock

import errors
import objects
import owners
import signatures

TESTS = ("tests", "__main__")


# Of the library, what leads to nothing but its own data.
_OF_DATA = (
    types.SimpleNamespace, io.StringIO, io.BytesIO, re.Match, array, memoryview, random.Random, queue.Queue, threading.Event,
    type(threading.Lock()), type(threading.RLock()), types.MappingProxyType,
)  # fmt: skip


def _is_open(ours):
    kind = type(ours)
    if kind.__module__ in TESTS:
        return not isinstance(ours, (unittest.TestCase, type)) and not kind.__name__.startswith("Test")
    return isinstance(ours, (*_OF_DATA, NonCallableMock)) or _is_class(ours)


def _is_class(ours):
    return isinstance(ours, type) and ours.__module__ in TESTS and not issubclass(ours, unittest.TestCase)


def _set(ours, name, value):
    if _is_class(ours):
        if ours.__name__ not in owners.decorated:
            raise AttributeError("a class of the tests stays what it is")
        value = _method(value) if objects.is_handle(value) and isinstance(value, types.FunctionType) else value
    elif _tells_what_was_done(ours, name):
        raise AttributeError(f"{name} of an object of the tests stays what it is")
    setattr(ours, name, value)


def _tells_what_was_done(ours, name):
    """Whether tests ask by that what was done: a method of theirs, or what a double has recorded and asserts."""
    if isinstance(ours, NonCallableMock):
        return name.startswith(("assert_", "call_", "called", "mock_calls", "method_calls", "await", "reset_mock"))
    return callable(getattr(type(ours), name, None))


def _method(function):
    """A function of the candidate, for a class that it decorates: methods are bound, and a stand-in is not."""
    return lambda self, *arguments, **keywords: function(self, *arguments, **keywords)


def told_type(value):
    """What a candidate hears of a value's type: the number of a class that the tests define, and one; for such a class, its own."""
    kind = value if _is_class(value) else type(value)
    known = _is_class(kind) and not kind.__name__.startswith("Test") and not issubclass(kind, BaseException)
    return objects.number_of(kind) + 1 if known else 0


def apart_error(value):
    """A builtin exception, handed to a candidate, as what it is made of."""
    return ("error", (type(value).__name__, list(value.args))) if type(value) in errors.BUILTIN else None


def is_member(value):
    return type(value).__module__ in TESTS


def _described(kind):
    """A class of the tests, for the candidate's one like it."""
    fields = None
    if dataclasses.is_dataclass(kind):
        missing = dataclasses.MISSING
        fields = [(one.name, one.type, one.init, () if one.default is missing else (one.default,)) for one in dataclasses.fields(kind)]
    match = vars(kind).get("__match_args__")
    return {
        "name": kind.__name__,
        "doc": kind.__doc__,
        "module": kind.__module__,
        "bases": [objects.number_of(base) for base in kind.__bases__ if _is_class(base)],
        "shape": objects.shape_of(kind),
        "fields": fields,
        "match": match if type(match) is tuple else None,
    }


def _public(names):
    return [name for name in names if name[:1] != "_"]


def _code(function):
    """Of a function's code, how many arguments it takes, and their names."""
    code = function.__code__
    count = code.co_argcount + code.co_kwonlyargcount
    told = {name: getattr(code, name) for name in ("co_name", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_flags")}
    return told | {"co_varnames": code.co_varnames[:count]}


def _awaited(ours):
    """What a coroutine of the tests comes to, although another loop of theirs may be waiting for this."""
    running = asyncio._get_running_loop()
    task = running and asyncio.tasks._swap_current_task(running, None)
    asyncio._set_running_loop(None)
    try:
        return asyncio.run(_await(ours))
    finally:
        asyncio._set_running_loop(running)
        if running:
            asyncio.tasks._swap_current_task(running, task)


async def _await(ours):
    return await ours


def _operation(ours, name, *arguments):
    if name not in objects.DEFINED and name not in objects.MORE and name != "__eq__":
        raise AttributeError(name)
    if name in objects.MORE and not hasattr(type(ours), name):
        return NotImplemented
    return objects.special(ours, name)(*arguments)


_OPERATIONS = {
    "get": getattr,
    "set": _set,
    "delete": delattr,
    "op": _operation,
    "hash": hash,
    "str": str,
    "repr": repr,
    "format": format,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "dir": lambda ours: _public(dir(ours)),
    "dict": lambda ours: {name: vars(ours)[name] for name in _public(vars(ours))},
    "describe": _described,
}


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
    if operation == "annotations" and isinstance(ours, types.FunctionType):
        return ours.__annotations__
    if operation in ("signature", "code") and isinstance(ours, (types.FunctionType, types.MethodType, types.BuiltinFunctionType)):
        return signatures.parameters(ours) if operation == "signature" else _code(ours)
    if operation == "await" and isinstance(ours, types.CoroutineType):
        return _awaited(ours)
    if operation in ("str", "repr") and not _is_open(ours):
        return "<an object of the tests>"
    if operation == "get" and arguments[0] in ("__name__", "__qualname__", "__doc__"):
        return getattr(ours, arguments[0])
    if operation == "isinstance" and isinstance(ours, type):
        return isinstance(arguments[0], ours)
    if operation == "set" and _is_class(ours) and ours.__name__ in owners.decorated:
        return _set(ours, *arguments)
    if operation in ("get", "set", "delete") and str(arguments[0])[:1] == "_":
        raise AttributeError(arguments[0])
    if not _is_open(ours):
        if operation == "op" and type(ours).__module__ not in TESTS:
            # What the library makes says nothing of the tests: iterators, files in memory.
            return _operation(ours, *arguments)
        raise AttributeError("it can be called and iterated over, and nothing else")
    return _OPERATIONS[operation](ours, *arguments)
