"""What is said about an exception: the name of a builtin type and a message, never the object."""

import builtins

import errors
from plain import Refused, encode

__builtins__ = vars(builtins).copy()

_BUILTIN = errors.BUILTIN
_mro = type.__dict__["__mro__"].__get__
_name = type.__dict__["__name__"].__get__

LONGEST_MESSAGE = 2000


def kind_of(error):
    """The builtin exception that the error is or extends; what is no Exception says nothing."""
    for base in _mro(type(error)):
        if base in _BUILTIN:
            return _name(base)
    return "CandidateError"


def _message(error):
    try:
        # The candidate's own code may run here. Whatever it makes of it, it is a text.
        message = str(error)
        return str.__getitem__(message, slice(LONGEST_MESSAGE))
    except BaseException:
        return ""


def is_exit(error):
    return issubclass(type(error), (SystemExit, KeyboardInterrupt))


def raised(error, crossing=False, shared=None):
    if type(crossing) is dict and crossing["exits"] and issubclass(type(error), SystemExit):
        return errors.told(error, "SystemExit", _message(error), shared)
    if is_exit(error):
        return encode(("exited",))
    kind = kind_of(error)
    if crossing and kind != "MemoryError":
        return errors.told(error, kind, _message(error), shared)
    return encode(("raised", kind, _message(error)))


def said(answer, other=None, shared=None):
    """The bytes of an answer; `other` encodes what is not plain data, and `shared` are containers that both sides hold."""
    try:
        return encode(answer) if other is None else encode(answer, other, shared)
    except Refused as why:
        return encode(("refused", str(why)))
    except BaseException as error:
        return raised(error, other is not None, shared)


def returned(value, arguments):
    return said(("returned", value, arguments))


def ended(status, error):
    if error is None or is_exit(error):
        return encode(("ended", status, None, None))
    return encode(("ended", status, kind_of(error), _message(error)))
