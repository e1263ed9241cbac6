"""The judge's side of the candidate: asking for things, and what came of it."""

import builtins

import handles
import objects
from plain import Refused, decode, encode, mutable

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


record = Record()

# Whether arguments that the candidate mutated are mutated here.
mutates = False


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


def ask(operation, target, arguments=(), keywords=None):
    give_back = mutates and operation == "call"
    request = (operation, target, list(arguments), keywords or {}, give_back, True)
    try:
        answer = reach(b"?" + encode(request, objects.encode_object))
    except Refused as why:
        raise TypeError(f"an argument does not cross to the candidate: {why}") from None
    while answer[:1] == b"!":
        # It calls something it was given.
        answer = reach(b"=" + _serve(answer[1:]))
    given = [*arguments, *(keywords or {}).values()] if give_back else None
    known = mutable((list(arguments), keywords or {})) if give_back else None
    return _read(operation, answer[1:], given, known)


def _read(operation, answer, given, known):
    """What an answer says; the candidate may have forged it. `given` are the arguments, if it may mutate them, and `known` their
    containers."""
    try:
        kind, *fields = decode(answer, _handle, objects.kept, known)
        if kind == "returned":
            value, left = fields
            for ours, theirs in zip(given, left, strict=True) if given is not None else ():
                _restore(ours, theirs)
            return value
        if kind == "raised":
            kind_of_error, message = map(str, fields)
    except Exception as error:
        raise CandidateError("an answer outside the protocol") from error
    if kind == "stopped" and operation == "next":
        raise StopIteration
    if kind == "raised":
        error = _error(kind_of_error, message)
    elif kind == "missing":
        error = NameError("the candidate defines no such name")
    else:
        error = CandidateError(f"an answer that is none: {short(fields)}")
    record.error = error
    raise error


def _error(kind, message):
    made = _ERRORS.get(kind, CandidateError)
    if issubclass(made, (StopIteration, StopAsyncIteration)):
        # Raised by a call, it would end a `zip` or `map` of the tests as if all were done. PEP 479 has the same remedy.
        return RuntimeError(f"the candidate raised {kind}")
    try:
        return made(message)
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
            if type(before) in (list, dict, set, bytearray) and type(before) is type(after):
                _restore(before, after)
                theirs[index] = before
        ours[:] = theirs
    elif type(ours) is dict or type(ours) is set:
        ours.clear()
        ours.update(theirs)
    elif type(ours) is bytearray:
        ours[:] = theirs


def _serve(request):
    """Does what the candidate asks of an object that it was given: calls it, or iterates over it."""
    try:
        operation, number, arguments, keywords = decode(request, _handle, objects.kept)
        ours = objects.kept(number)
        if operation == "call":
            answer = ("returned", ours(*arguments, **keywords))
        elif operation == "iter":
            answer = ("returned", iter(ours))
        elif operation == "next":
            answer = ("returned", next(ours))
        else:
            answer = ("raised", "TypeError", "it can be called and iterated over, and nothing else")
    except StopIteration:
        answer = ("stopped",)
    except AssertionError as error:
        # The tests have failed, and what they expected is not for the candidate to read.
        record.broken_promise = record.broken_promise or error
        answer = ("raised", "AssertionError", "")
    except Exception as error:
        answer = ("raised", type(error).__name__, text_of(error)[:2000])
    try:
        return encode(answer, objects.encode_object)
    except Refused as why:
        return encode(("raised", "TypeError", str(why)))


class Entry:
    """A name that the candidate defines: the stand-in for what it stands for, whose calls are counted."""

    __slots__ = ()


def _entry(name, value):
    """The same stand-in, by its name: a method of a class `Solution` is one of a fresh instance in each call."""

    def call(self, /, *arguments, **keywords):
        record.calls += 1
        shown = [short(value, 60) for value in arguments] + [f"{key}={short(keywords[key], 60)}" for key in keywords]
        record.call = f"{name}({', '.join(shown)})"
        record.result = ""
        result = ask("call", name, arguments, keywords)
        record.result = short(result)
        return result

    kind = type(value)
    body = {**handles.documented, "__repr__": lambda self: f"<{name} of the candidate>" if handles.quiet else kind.__repr__(self)}
    if "__call__" in vars(kind):
        body["__call__"] = call
    made = handles.Kind("Entry", (Entry, kind), body)(handles.number_of(value))
    handles.put(handles.number_of(value), made)
    return made


def resolve(name):
    """What the candidate calls `name`: data, or something to call. Raises NameError when there is none."""
    value = ask("resolve", name)
    return _entry(name, value) if handles.is_handle(value) else value


handles.ask = ask
