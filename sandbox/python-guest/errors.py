"""Exceptions between a candidate and its judge. A builtin one crosses by name, message and plain arguments. One of a class of either side
arrives as a class of the same name and bases, so that `except` and `raises` find it, and comes home as what it was."""

import builtins
import configparser
import dataclasses
import decimal
import json
import queue
import statistics
import struct
import xml.etree.ElementTree as tree
import zipfile

import objects
from plain import Refused, encode

__builtins__ = vars(builtins).copy()

_mro, _namespace, _name = (type.__dict__[name].__get__ for name in ("__mro__", "__dict__", "__name__"))
_args = vars(BaseException)["args"].__get__
BUILTIN = {kind for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, Exception)}
_STOPS = StopIteration, StopAsyncIteration
# Those of the library that tests may wait for.
LIBRARY = {
    f"{kind.__module__}.{kind.__qualname__}": kind
    for kind in (
        json.JSONDecodeError, statistics.StatisticsError, queue.Empty, queue.Full, struct.error, zipfile.BadZipFile,
        dataclasses.FrozenInstanceError, configparser.NoOptionError, configparser.NoSectionError, tree.ParseError,
        *(kind for kind in vars(decimal).values() if isinstance(kind, type) and issubclass(kind, decimal.DecimalException)),
    )
}  # fmt: skip
_BY_KIND = {kind: name for name, kind in LIBRARY.items()}

# Messages that are as long may have been cut.
_LONGEST = 2000
# Classes of the other side's exceptions by number, and those of its exceptions that are on their way home.
_classes, _theirs = {}, {}
# Exceptions of ours that the other side was told of.
_told = []


def forget():
    _classes.clear()
    _theirs.clear()
    _told.clear()


def told(error, kind, message, shared=None, depth=3):
    """The bytes of an exception that leaves for the other side."""
    numbers = _theirs.get(id(error))
    try:
        plain = encode([*_args(error)])
    except Refused:
        plain = b"N"
    own = type(error) not in BUILTIN and kind != "SystemExit"
    if numbers is not None:
        origin = _tuple("home", numbers[1])
    elif own and _number(type(error)) is not None:
        origin = _tuple("made", _number(type(error)))
    elif own:
        _told.append(error)
        library = next((_BY_KIND[base] for base in _mro(type(error)) if base in _BY_KIND), None)
        origin = _tuple("own", number_of(type(error)), objects.number_of(error), library)
    else:
        origin = b"N"
    more = _more(error, depth)
    told = b"t%c\0\0\0" % (6 if more else 5) + encode("raised") + encode(kind) + encode(message) + plain + origin + more
    # Behind it stands what was done to what both hold, as behind any value.
    return told if shared is None else told + encode(None, shared=shared)[1:]


def _tuple(*parts):
    return b"t%c\0\0\0" % len(parts) + b"".join(map(encode, parts))


def _more(error, depth):
    """The notes of an exception, what it was raised from, and what a group is of: where there are such."""
    held, cause = vars(error).get("__notes__"), _cause(error)
    notes = [str.__str__(note) for note in held if isinstance(note, str)] if type(held) is list else []
    inner = [*_exceptions(error)] if isinstance(error, BaseExceptionGroup) else []
    if not depth or not (notes or cause is not None or inner):
        return b""
    kind_of = _kind_of
    below = [told(one, kind_of(one), _text(one), None, depth - 1) for one in ([cause] if cause is not None else []) + inner]
    return encode((notes, cause is not None, _group_message(error) if inner else None, below))


_cause, _exceptions = vars(BaseException)["__cause__"].__get__, vars(BaseExceptionGroup)["exceptions"].__get__
_group_message = vars(BaseExceptionGroup)["message"].__get__


def _kind_of(error):
    return next((_name(base) for base in _mro(type(error)) if base in BUILTIN), "CandidateError")


def _text(error):
    try:
        return str.__getitem__(str(error), slice(2000))
    except BaseException:
        return ""


def dressed(error, more, read):
    """An exception that arrived, with what it came with; `read` makes one of the bytes of one."""
    notes, caused, message, below = more
    inner = [read(one) for one in below]
    cause = inner.pop(0) if caused else None
    if message is not None and type(error) is not ExceptionGroup:
        error = ExceptionGroup(message, inner)
    for note in notes:
        error.add_note(note)
    if cause is not None:
        error.__cause__ = cause
    return error


number_of = objects.number_of


def _number(kind):
    return next((_namespace(base)["__theirs__"] for base in _mro(kind) if "__theirs__" in _namespace(base)), None)


def bases(kind):
    """What a class of an exception extends: its name, and for each base its name, and its number unless it is builtin."""
    found = []
    for base in kind.__bases__:
        if base in BUILTIN or base in (BaseException, Exception):
            found.append(("RuntimeError" if base in _STOPS else _name(base), None))
        elif isinstance(base, type) and issubclass(base, BaseException):
            found.append((_BY_KIND.get(base, ""), number_of(base)))
    return _name(kind), found


def class_of(number, ask):
    """The class here for an exception's class there."""
    made = _classes.get(number)
    if made is None:
        name, above = ask("bases", number)
        kinds = []
        for known, base in above:
            kinds.append(getattr(builtins, known) if base is None else LIBRARY[known] if known in LIBRARY else class_of(base, ask))
        if not all(isinstance(kind, type) and issubclass(kind, BaseException) and not issubclass(kind, _STOPS) for kind in kinds):
            raise TypeError("no class of exceptions")
        if not any(issubclass(kind, Exception) for kind in kinds):
            kinds = [BaseException]
        body = {"__theirs__": number, "__module__": "solution", "__getattr__": _attribute(ask), "__str__": _shown}
        made = _classes[number] = type(str(name), tuple(kinds) or (Exception,), body)
    return made


def _shown(self):
    """What the exception said of itself when it left: its class may have a text of its own."""
    there = _theirs.get(id(self))
    if there is not None and there[2] is not None:
        return there[2]
    return next(text for base in _mro(type(self)) if (text := _namespace(base).get("__str__", _shown)) is not _shown)(self)


def _attribute(ask):
    def attribute(self, name):
        there = _theirs.get(id(self))
        if there is None or name[:2] == "__":
            raise AttributeError(name)
        return ask("get", there[1], (name,))

    return attribute


def arrived(origin, plain, message, ask, kept):
    """The exception for one of no builtin class that came from the other side."""
    kind, number, *more = origin
    if kind == "home":
        home = kept(number)
        if not any(home is one for one in _told):
            raise ValueError("an exception that was never told of")
        return home
    if kind == "made":
        made = kept(number)
        if not (isinstance(made, type) and issubclass(made, BaseException)):
            raise ValueError("no class of exceptions")
        return made(*plain)
    made = class_of(number, ask) if len(more) < 2 or more[1] not in LIBRARY else LIBRARY[more[1]]
    error = made.__new__(made, *(plain or ()))
    error.args = tuple(plain) if plain is not None else (message,)
    # Kept, so that its address stays its own.
    _theirs[id(error)] = (error, more[0], message if len(message) < _LONGEST else None)
    return error
