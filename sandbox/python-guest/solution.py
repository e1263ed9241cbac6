"""A completion's source as a module, and what its judge may ask of it."""

import asyncio
import builtins
import inspect
import sys
import types
from types import ModuleType

import guard
import objects
import random
import report
import streams
from plain import containers, decode, encode

__builtins__ = vars(builtins).copy()

_real_builtins = builtins
_seed = random.seed
_run = asyncio.run
_module = ModuleType("solution")
_names = vars(_module)
_errors = {kind.__name__: kind for kind in vars(builtins).values() if type(kind) is type and issubclass(kind, Exception)}
_missing = object()

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
    except StopIteration:
        return ("stopped",)


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
    "hash": lambda value: ("returned", hash(value), None),
    "dir": lambda value: ("returned", dir(value), None),
    "repr": lambda value: ("returned", repr(value), None),
    "str": lambda value: ("returned", str(value), None),
    "format": lambda value, form: ("returned", format(value, form), None),
    "isinstance": lambda value, other: ("returned", _is_instance(other, value), None),
    "issubclass": lambda value, other: ("returned", issubclass(other, value), None),
    "class": lambda value: ("returned", _library_name(value), None),
    "signature": lambda value: ("returned", _parameters(value), None),
    "await": lambda value: ("returned", _run(_awaited(value)), None),
}


_signature, _empty = inspect.signature, inspect.Parameter.empty
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


def _parameters(value):
    return [
        (name, int(one.kind), () if one.default is _empty else (one.default,))
        for name, one in _signature(value).parameters.items()
    ]


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
    to be given back, and whether objects may cross."""
    operation, target, arguments, keywords, give_back, crossing = decode(request, _given, objects.kept)
    # With the arguments, what of them the answer holds is told from copies of it.
    known = containers((arguments, keywords)) if give_back and crossing else None
    try:
        value = _named(target) if type(target) is str else objects.kept(target)
        if value is _missing:
            return encode(("missing",))
        if operation == "call":
            left = [*arguments, *keywords.values()] if known is not None else arguments
            guard.asked(value)
            answer = ("returned", value(*arguments, **keywords), left if give_back else None)
        else:
            answer = _OPERATIONS[operation](value, *arguments)
    except BaseException as error:
        return report.raised(error)
    return report.said(answer, objects.encode_object, known) if crossing else report.said(answer)


_all_given = {}


def _given(number, _shape, _kind):
    if number not in _all_given:
        _all_given[number] = objects.Given(number, _ask)
    return _all_given[number]


def _ask(operation, number, arguments=(), keywords=None):
    """Asks the judge to do something with an object of its own."""
    request = encode((operation, number, list(arguments), keywords or {}), objects.encode_object)
    answer = reach(b"!" + request)
    while answer[:1] == b"?":
        # To answer, the judge calls us again.
        answer = reach(b"." + serve(answer[1:]))
    answer = decode(answer[1:], _given, objects.kept)
    if answer[0] == "returned":
        return answer[1]
    if answer[0] == "stopped":
        raise StopIteration
    raise _errors.get(answer[1], RuntimeError)(answer[2])
