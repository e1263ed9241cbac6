"""Classes of the tests, as a candidate has them: each by a class of its own with the same name and bases, so that `type(x)`, `isinstance`, `match`
and the functions of `dataclasses` do what they do elsewhere. Whatever is done with one is asked of the judge; it stays what it is."""

import builtins
import dataclasses

import objects

__builtins__ = vars(builtins).copy()

# Asks the judge for something; `given.py` sets it, and what an instance is made of.
ask = instance = None
_mro = type.__dict__["__mro__"].__get__
_made, _numbers = {}, {}


class Mirror(type):
    def __call__(cls, /, *arguments, **keywords):
        return ask("call", number_of(cls), arguments, keywords)

    @property
    def __mro__(cls):
        return tuple(base for base in _mro(cls) if base is not instance)

    def __getattr__(cls, name):
        if name[:2] == "__":
            raise AttributeError(name)
        return ask("get", number_of(cls), (name,))

    def __setattr__(cls, name, value):
        ask("set", number_of(cls), (name, value))

    def __iter__(cls):
        return ask("iter", number_of(cls))

    def __len__(cls):
        return ask("op", number_of(cls), ("__len__",))

    def __getitem__(cls, key):
        return ask("op", number_of(cls), ("__getitem__", key))

    def __contains__(cls, item):
        return ask("op", number_of(cls), ("__contains__", item))


def is_mirrored(value):
    return type(value) is Mirror and value in _numbers


def number_of(cls):
    # The candidate's own that extends one is it, as far as the judge knows.
    return next((_numbers[base] for base in _mro(cls) if base in _numbers), None)


def mirrored(number, methods):
    """The class for one of the tests; `methods` gives what a shape defines."""
    if number in _made:
        return _made[number]
    told = ask("describe", number)
    bases = tuple(mirrored(base, methods) for base in told["bases"]) or (instance,)
    body = {"__slots__": (), "__doc__": told["doc"], "__module__": told["module"], "__qualname__": told["name"], **methods(told["shape"])}
    if told["match"] is not None:
        body["__match_args__"] = told["match"]
    if told["fields"] is not None:
        body["__dataclass_fields__"] = {name: _field(name, kind, *rest) for name, kind, *rest in told["fields"]}
    made = _made[number] = Mirror(told["name"], bases, body)
    _numbers[made] = number
    return made


def _field(name, kind, is_made, default):
    field = dataclasses.field(init=is_made, **({"default": default[0]} if default else {}))
    field.name, field.type, field._field_type = name, kind, dataclasses._FIELD
    return field


def forget():
    _made.clear()
    _numbers.clear()


objects.is_mirrored, objects.number_of_mirrored = is_mirrored, number_of
