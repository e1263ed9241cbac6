"""The judge's side of the candidate: asking for things, and what came of it."""

import builtins
from collections import deque

import errors
import giving
import handles
import live
import looked_into
import objects
import operators
import owners
import patched
import report
from plain import Refused, decode, encode
from shared import Table

# What `judging.py` replaces, as a candidate has it.
_candidates = objects.told_type, objects.apart_error, objects.is_member

# The import that reaches the candidate; `guest.py` sets it.
reach = None

_ERRORS = {kind.__name__: kind for kind in vars(builtins).values() if type(kind) is type and issubclass(kind, Exception)}


class CandidateError(BaseException):
    """What a candidate raised that is no Exception, and what it answered that is no answer."""


class Record:
    """What a candidate did so far."""

    calls = 0
    # The last exception that came from it, the text of the last call, and what that gave.
    error = None
    call = ""
    result = ""
    # What a callback of the tests asserted in vain, whatever the candidate makes of it.
    broken_promise = None
    # Whether it was given containers that the tests look at again.
    filled = False


record = Record()

# What is shared with the candidate (`looking.py`), and the containers that are.
mutates = 0
shared = Table(0)


def short(value, most=200):
    handles.quiet = True
    try:
        text = repr(value)
    except Exception:
        text = "<a value beyond printing>"
    finally:
        handles.quiet = False
    return text if len(text) <= most else text[: most - 1] + "…"


def text_of(error):
    """The message of an exception, whose arguments may be beyond printing."""
    try:
        return str(error)
    except Exception:
        return ""


# Numbers of classes that the tests take by name, and of what they took of them: calling that is calling the candidate.
_classes, _methods = set(), {}


_LOOKS = frozenset(("get", "iter", "len", "item", "contains"))


def ask(operation, target, arguments=(), keywords=None):
    """What the candidate answers."""
    if live.names and operation == "call":
        return _calling(operation, target, arguments, keywords)
    return _ask(operation, target, arguments, keywords)


def _ask(operation, target, arguments=(), keywords=None):
    record.calls += operation == "call" and (type(target) is str or target in _methods)
    if (operators.told or owners.doubted) and type(target) is int:
        operators.check(operation, target)
    around = patched.around() if patched.looks else None
    table = shared if mutates else None
    request = (operation, target, tuple(arguments), keywords or None, bool(mutates) | 2 * owners.members, around or True)
    try:
        answer = reach(b"?" + encode(request, objects.encode_object, table))
    except Refused as why:
        handles.refused(why)
    while answer[:1] == b"!":
        # It calls something it was given.
        answer = reach(b"=" + _serve(answer[1:]))
    record.filled = record.filled or bool(mutates and shared.entries)
    value = _read(operation, answer[1:], around)
    if target in _classes and operation in _LOOKS:
        # Who asks a class for its members, as of an enumeration, has used it.
        record.calls += 1
        if operation == "get" and handles.is_handle(value):
            _methods[handles.number_of(value)] = arguments[0], target
    elif operation == "call" and target in _methods and handles.is_handle(value):
        name, kind = _methods[target]
        if name in owners.factories and type(value).number == kind:
            # `V.of(…)`, where the tests use what it gives as an object.
            owners.made.add(handles.number_of(value))
            owners.kinds.add(kind)
    return value


def _read(operation, answer, around=None):
    """What an answer says; the candidate may have forged it."""
    try:
        if around:
            answer = patched.written(answer, decode)
        kind, *fields = decode(answer, _handle, objects.kept, shared)
        value = error = None
        if kind == "returned":
            value, _ = fields
        if kind == "raised":
            error = _raised(fields)
    except Exception as why:
        raise CandidateError("an answer outside the protocol") from why
    if around:
        patched.warn()
    if kind == "returned":
        return value
    if kind == "stopped" and operation in ("next", "anext"):
        raise StopIteration(*fields[:1]) if operation == "next" else StopAsyncIteration
    if error is not None:
        pass
    elif kind == "missing":
        error = NameError("the candidate defines no such name")
    else:
        error = CandidateError(f"an answer that is none: {short(fields)}")
    record.error = error
    raise error


_STOPS = StopIteration, StopAsyncIteration


def _raised(fields):
    """The exception that an answer tells of."""
    kind, message, *more = fields
    kind, message = str(kind), str(message)
    plain, origin, *with_it = more or (None, None)
    if origin is not None and kind in _ERRORS and not issubclass(_ERRORS[kind], _STOPS):
        error = errors.arrived(origin, plain, message, ask, objects.kept)
    else:
        error = _error(kind, message, plain)
    return errors.dressed(error, with_it[0], lambda data: _raised(decode(data, _handle, objects.kept, shared)[1:])) if with_it else error


def _error(kind, message, plain=None):
    made = SystemExit if kind == "SystemExit" and patched.exits else _ERRORS.get(kind, CandidateError)
    if issubclass(made, _STOPS) and not owners.allows(owners.STOP):
        # Raised by a call, it would end a `zip` or `map` of the tests as if all were done. PEP 479 has the same remedy.
        return RuntimeError(f"the candidate raised {kind}")
    try:
        return made(message) if type(plain) is not list else made(*plain)
    except TypeError:
        # Unicode errors want more than a message; they are ValueErrors.
        return ValueError(message)


def _handle(number, shape, kind):
    return _awaited(number) if shape & objects.AWAITED else handles.handle(number, shape, kind)


async def _awaited(number):
    return ask("await", number)


def _restore(ours, theirs):
    """Makes a container that we handed over what the candidate left of it, in place."""
    if type(ours) is not type(theirs):
        return
    if type(ours) is list:
        for index, (before, after) in enumerate(zip(ours, theirs)):
            theirs[index] = _restored(before, after)
        ours[:] = theirs
    elif isinstance(ours, dict):
        left = {key: _restored(ours[key], after) if key in ours else after for key, after in theirs.items()}
        ours.clear()
        ours.update(left)
    elif isinstance(ours, set):
        ours.clear()
        ours.update(theirs)
    elif type(ours) is deque:
        ours.clear()
        ours.extend(theirs)
    elif type(ours) is bytearray:
        ours[:] = theirs


def _restored(before, after):
    """What stands in a container afterwards: what stood there, with what is left of it, where both are of one kind."""
    if type(before) is not type(after):
        return after
    if type(before) in (list, dict, set, bytearray):
        _restore(before, after)
        return before
    if type(before) is tuple and len(before) == len(after):
        parts = [_restored(*pair) for pair in zip(before, after)]
        return before if all(part is one for part, one in zip(parts, before)) else tuple(parts)
    return after


def _serve(request):
    """Does what the candidate asks of an object that it was given."""
    try:
        operation, number, arguments, keywords, *output = decode(request, _handle, objects.kept, shared)
        for stream, text in zip(("stdout", "stderr"), output):
            patched.write(stream, text)
        answer = ("returned", giving.done(operation, objects.kept(number), arguments, keywords))
    except StopIteration:
        answer = ("stopped",)
    except AssertionError as error:
        # The tests have failed, and what they expected is not for the candidate to read.
        record.broken_promise = record.broken_promise or error
        answer = ("raised", "AssertionError", "")
    except Exception as error:
        return errors.told(error, report.kind_of(error), text_of(error)[:2000], shared if mutates else None)
    try:
        return encode(answer, objects.encode_object, shared if mutates else None)
    except Refused as why:
        return encode(("raised", "TypeError", str(why)))


class Entry:
    """A name that the candidate defines: the stand-in for what it stands for, whose calls are counted."""

    __slots__ = ()


# The name by which each is called.
_called = {}


def _call(self, /, *arguments, **keywords):
    name = _called[handles.number_of(self)]
    shown = [short(value, 60) for value in arguments] + [f"{key}={short(keywords[key], 60)}" for key in keywords]
    record.call = f"{name}({', '.join(shown)})"
    record.result = ""
    result = ask("call", name, arguments, keywords)
    if name in owners.classes and handles.is_handle(result) and type(result).number is not None:
        owners.made.add(handles.number_of(result))
        owners.kinds.add(type(result).number)
        handles.named(type(result), name)
    record.result = short(result)
    return result


def _calling(operation, target, arguments, keywords):
    """The same as `ask`, between what the tests and the candidate do to its data."""
    live.before(_ask)
    try:
        return _ask(operation, target, arguments, keywords)
    finally:
        live.after(_ask, _restore)


def _repr(self):
    named = f"<{_called[handles.number_of(self)]} of the candidate>"
    return named if handles.quiet else handles.Handle.__repr__(self)


_BODY = {**handles.documented, "__repr__": _repr}
_Function = handles.Kind("Entry", (Entry, handles.Function), {**_BODY, "__call__": _call})


def _entry(name, value):
    """The same stand-in, by its name: a method of a class `Solution` is one of a fresh instance in each call."""
    number, kind = handles.number_of(value), type(value)
    if kind.is_type:
        _classes.add(number)
    _called[number] = name
    if kind is handles.Function or issubclass(kind, Entry):
        made = _Function(number) if kind is handles.Function else value
    else:
        body = {**_BODY, "__call__": _call} if "__call__" in vars(kind) else _BODY
        made = handles.Kind("Entry", (Entry, kind), body)(number)
    handles.put(number, made)
    return made


def resolve(name):
    """What the candidate calls `name`: data, or something to call. Raises NameError when there is none."""
    value = ask("resolve", name)
    return _entry(name, value) if handles.is_handle(value) else value


def defined(names):
    """Those of the names that the candidate defines."""
    found = ask("defines", "", (list(names),))
    return [name for name in names if type(found) is list and name in found]


def forget():
    """Makes all as it was before a run."""
    for module in (handles, objects, errors):
        module.forget()
    shared.forget()
    for table in (_called, _classes, _methods):
        table.clear()
    live.begin((), None)
    patched.begin((False, False), (), None)
    objects.told_type, objects.apart_error, objects.is_member = _candidates


handles.ask = operators.ask = looked_into.ask = ask
