"""Objects that do not cross between a candidate's instance and its judge's. Their owner keeps them and hands out numbers;
the other side holds a stand-in, which asks the owner to do things with them."""

import builtins
import inspect
from struct import Struct

__builtins__ = vars(builtins).copy()

_own = Struct("<cIc").pack
_yours = Struct("<cI").pack
_is_awaitable = inspect.isawaitable

_kept = []


def kept(number):
    return _kept[number]


class Given:
    """What a candidate holds of an object of its judge: it can be called and iterated over, and has no attributes."""

    __slots__ = ("_number", "_ask")

    def __init__(self, number, ask):
        self._number = number
        self._ask = ask

    def __call__(self, *arguments, **keywords):
        return self._ask("call", self._number, arguments, keywords)

    def __iter__(self):
        return self._ask("iter", self._number)

    def __next__(self):
        return self._ask("next", self._number)


class Handle(Given):
    # What a judge holds of an object of the candidate. What it can be asked for is the candidate's word, so it compares
    # with nothing: equality stays that of identity, and order and arithmetic are not defined.

    __slots__ = ()

    @property
    def __doc__(self):
        return self._ask("get", self._number, ("__doc__",))

    def __len__(self):
        return self._ask("len", self._number)

    def __bool__(self):
        return self._ask("bool", self._number)

    def __getitem__(self, key):
        return self._ask("item", self._number, (key,))

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"a handle of the candidate's object has no `{name}`")
        return self._ask("get", self._number, (name,))


def encode_object(value):
    """The bytes of what is not plain data."""
    if type(value) is Given or type(value) is Handle:
        return _yours(b"y", value._number)
    _kept.append(value)
    return _own(b"o", len(_kept) - 1, b"a" if _is_awaitable(value) else b"-")
