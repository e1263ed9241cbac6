"""A completion's source as a module, and what its judge may ask of it."""

import asyncio
import builtins
import sys
from types import ModuleType

import objects
import random
import report
import streams
from plain import decode, encode

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
    "await": lambda value: ("returned", _run(_awaited(value)), None),
}


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
    try:
        value = _named(target) if type(target) is str else objects.kept(target)
        if value is _missing:
            return encode(("missing",))
        if operation == "call":
            answer = ("returned", value(*arguments, **keywords), arguments if give_back else None)
        else:
            answer = _OPERATIONS[operation](value, *arguments)
    except BaseException as error:
        return report.raised(error)
    return report.said(answer, objects.encode_object) if crossing else report.said(answer)


def _given(number, _awaitable):
    return objects.Given(number, _ask)


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
