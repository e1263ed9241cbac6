"""A completion's source as a module, and what its judge may ask of it."""

import asyncio
import builtins
import copy
import dataclasses
import pickle
import sys
import types
import typing
from types import ModuleType

import around
import errors
import given
import guard
import mirrored
import objects
import random
import report
import signatures
import streams
from plain import decode, encode
from shared import Table

__builtins__ = vars(builtins).copy()

_real_builtins = builtins
_seed = random.seed
_run = asyncio.run
_module = ModuleType("solution")
_names = vars(_module)
_errors = {kind.__name__: kind for kind in vars(builtins).values() if type(kind) is type and issubclass(kind, Exception)}
_missing = object()
_mro, _namespace = (type.__dict__[name].__get__ for name in ("__mro__", "__dict__"))

# Containers that the judge holds too, and whether they are told of.
_shared, _shares = Table(1), False

# The import that reaches the judge; `guest.py` sets it.
reach = None


def load(source, seed):
    streams.install()
    _seed(seed)
    _names["__builtins__"] = _real_builtins
    sys.modules["solution"] = _module
    try:
        exec(compile(source, "solution.py", "exec", dont_inherit=True), _names)
    except BaseException as error:
        return report.raised(error)
    return report.returned(None, None)


def _next(value):
    try:
        return ("returned", next(value), None)
    except StopIteration as stop:
        return ("stopped", stop.value)


# What can be asked of a value: the answer, before it is encoded.
_OPERATIONS = {
    "resolve": lambda value: ("returned", value, None),
    "iter": lambda value: ("returned", iter(value), None),
    "next": _next,
    "len": lambda value: ("returned", len(value), None),
    "bool": lambda value: ("returned", bool(value), None),
    "item": lambda value, key: ("returned", value[key], None),
    "get": lambda value, name: ("returned", getattr(value, name), None),
    "contains": lambda value, item: ("returned", item in value, None),
    "eq": lambda value, other: ("returned", value == other, None),
    "ne": lambda value, other: ("returned", value != other, None),
    "equal": lambda value, name, other: ("returned", _equal(value, name, other), None),
    "hash": lambda value: ("returned", hash(value), None),
    "dir": lambda value: ("returned", dir(value), None),
    "repr": lambda value: ("returned", repr(value), None),
    "str": lambda value: ("returned", str(value), None),
    "format": lambda value, form: ("returned", format(value, form), None),
    "isinstance": lambda value, other: ("returned", _is_instance(other, value), None),
    "issubclass": lambda value, other: ("returned", issubclass(other, value), None),
    "class": lambda value: ("returned", _library_name(value), None),
    "signature": lambda value: ("returned", signatures.parameters(value), None),
    "await": lambda value: ("returned", _run(_awaited(value)), None),
    "op": lambda value, name, *more: ("returned", _operator(value, name, *more), None),
    "anext": lambda value: _anext(value),
    "aop": lambda value, name, *more: ("returned", _run(_awaited(_operator(value, name, *more))), None),
    "update": lambda value, what: ("returned", _update(value, what), None),
    "set": lambda value, name, what: ("returned", setattr(value, name, what), None),
    "delete": lambda value, name: ("returned", delattr(value, name), None),
    "copy": lambda value: ("returned", _copy(value), None),
    "deepcopy": lambda value: ("returned", _deepcopy(value), None),
    "replace": lambda value, **changes: ("returned", copy.replace(value, **changes), None),
    "pickle": lambda value, protocol: ("returned", pickle.dumps(value, protocol), None),
    "unpickle": lambda value, data: ("returned", pickle.loads(data), None),
    "content": lambda value: ("content", value, None),
    "bases": lambda value: ("returned", errors.bases(value), None),
    "annotations": lambda value: ("returned", _hints(value), None),
    "dataclass": lambda value, name: ("returned", getattr(dataclasses, name)(value), None),
    "defines": lambda value, names: ("returned", [name for name in names if _named(name) is not _missing], None),
}

_copy, _deepcopy, _hints = copy.copy, copy.deepcopy, typing.get_type_hints


def _anext(value):
    try:
        return ("returned", _run(_awaited(value.__anext__())), None)
    except StopAsyncIteration:
        return ("stopped",)


def _update(value, what):
    """Makes a container what the tests made of it."""
    if type(value) is list:
        value[:] = what
    elif isinstance(value, (dict, set)):
        value.clear()
        value.update(what)


def _operator(value, name, *more):
    if name in objects.MORE:
        # The stand-in defines it because the type defines another of its kind.
        defined = any(name in _namespace(base) for base in _mro(type(value)))
        return objects.special(value, name)(*more) if defined else NotImplemented
    if name not in objects.DEFINED:
        raise AttributeError(name)
    return objects.special(value, name)(*more)


def _equal(value, name, other):
    return objects.special(value, name)(other) if name in ("__eq__", "__ne__") else NotImplemented


_plain = (int, str, float, list, tuple, dict, bytes, set, frozenset, complex, bytearray)


def _is_instance(value, kind):
    if type(value) in _plain and isinstance(kind, type) and issubclass(kind, type(value)) and kind is not type(value):
        # It crossed as the builtin that its class extends.
        raise TypeError("whether plain data was of a class of the candidate is not known")
    return isinstance(value, kind)


def _library_name(kind):
    """Module and name of the first class of the library among a type and its bases."""
    for base in type.__dict__["__mro__"].__get__(kind):
        if base is object:
            break
        module, name = base.__module__, base.__qualname__
        if getattr(sys.modules.get(module), name, None) is base and module != "solution":
            return module, name
        for name, held in vars(types).items():
            if held is base:
                return "types", name
    return None


async def _awaited(value):
    return await value


def _named(name):
    # An exact dict and an exact str: no code of the candidate's runs in the lookup.
    solution = _names.get("Solution")
    if isinstance(solution, type) and hasattr(solution, name):
        # LeetCode's layout: a method of a class.
        return getattr(solution(), name)
    return _names.get(name, _missing)


def serve(request):
    """Does what a request says: an operation, its target by name or number, arguments, keywords, whether the arguments are
    to be given back, and whether objects may cross, or what is patched while it is done."""
    operation, target, arguments, keywords, give_back, crossing = decode(request, given.given, objects.kept, _shared)
    keywords = keywords or {}
    if type(crossing) is dict:
        return around.done(crossing, lambda: _served(operation, target, arguments, keywords, give_back, crossing), _names)
    return _served(operation, target, arguments, keywords, give_back, crossing)


def _served(operation, target, arguments, keywords, give_back, crossing):
    global _shares
    shared, _shares = (_shared, True) if give_back & 1 and crossing else (None, False)
    objects.tells_members = bool(give_back & 2)
    try:
        value = _named(target) if type(target) is str else objects.kept(target)
        if operation == "call":
            if value is _missing:
                return encode(("missing",))
            guard.asked(value)
            answer = ("returned", value(*arguments, **keywords), arguments if give_back and not crossing else None)
        elif value is _missing and target:
            return encode(("missing",))
        else:
            answer = _OPERATIONS[operation](value, *arguments, **keywords)
            if operation == "resolve" and isinstance(value, type):
                objects.named.add(value)
    except BaseException as error:
        return report.raised(error, crossing, shared)
    if answer[0] == "content":
        # By the builtin's own means.
        return report.said(("returned", value, None))
    return report.said(answer, objects.encode_object, shared) if crossing else report.said(answer)


def _ask(operation, number, arguments=(), keywords=None):
    """Asks the judge to do something with an object of its own."""
    said = operation, number, tuple(arguments), keywords or {}, *around.output()
    request = encode(said, objects.encode_object, _shared if _shares else None)
    answer = reach(b"!" + request)
    while answer[:1] == b"?":
        # To answer, the judge calls us again.
        answer = reach(b"." + serve(answer[1:]))
    answer = decode(answer[1:], given.given, objects.kept, _shared)
    if answer[0] == "returned":
        return answer[1]
    if answer[0] == "stopped":
        raise StopIteration
    _, kind, message, *more = answer
    plain, origin = more[:2] or (None, None)
    if origin is not None:
        raise errors.arrived(origin, plain, message, _ask, objects.kept)
    raise _errors.get(kind, RuntimeError)(*((message,) if plain is None else plain))


def forget():
    """Makes all as it was before a run."""
    global _shares
    _shares = False
    _shared.forget()


given.ask = mirrored.ask = _ask
