"""Functions of the library that look into an object, and of a stand-in ask its owner."""

import dataclasses
import functools
import typing

import objects

# Asks the candidate; `candidate.py` sets it.
ask = None


def _asking(real, question):
    @functools.wraps(real)
    def function(value, /, *arguments, **keywords):
        return question(value, **keywords) if objects.is_handle(value) else real(value, *arguments, **keywords)

    return function


def _of_dataclass(name):
    return lambda value, **_: ask("dataclass", objects.number_of_handle(value), (name,))


def install():
    for name in ("asdict", "astuple", "fields", "is_dataclass"):
        setattr(dataclasses, name, _asking(getattr(dataclasses, name), _of_dataclass(name)))
    changed = lambda value, **changes: ask("replace", objects.number_of_handle(value), (), changes)  # noqa: E731
    dataclasses.replace = _asking(dataclasses.replace, changed)
    hints = lambda value, **_: ask("annotations", objects.number_of_handle(value))  # noqa: E731
    typing.get_type_hints = _asking(typing.get_type_hints, hints)
