"""Values of the library that cross between a candidate and its judge as what they are: numbers, dates, collections, types.

Each is taken apart by its type's own means and made anew from plain data on the other side, so nothing that a candidate defines is
called, and no class of its own comes along but the names of a named tuple's fields.
"""

import builtins
import collections
import datetime
import decimal
import fractions
import keyword
import pathlib
import re
import sys
import types
import uuid

__builtins__ = vars(builtins).copy()

_numerator, _denominator = (vars(fractions.Fraction)[name].__get__ for name in ("_numerator", "_denominator"))
_namespace, _mro, _name = (type.__dict__[name].__get__ for name in ("__dict__", "__mro__", "__name__"))
_modules, _keyword = sys.modules, keyword.iskeyword
_Alias, _Function = types.GenericAlias, types.FunctionType
_maxlen, _factory = collections.deque.maxlen.__get__, collections.defaultdict.default_factory.__get__


def _dict(value):
    return dict(dict.items(value))


def _clock(value):
    return value.hour, value.minute, value.second, value.microsecond, value.tzinfo, value.fold


_PATHS = {_name(kind): kind for kind in (pathlib.PurePosixPath, pathlib.PosixPath, pathlib.PureWindowsPath)}
_APART = {
    decimal.Decimal: decimal.Decimal.__str__,
    fractions.Fraction: lambda value: (_numerator(value), _denominator(value)),
    datetime.timedelta: lambda value: (value.days, value.seconds, value.microseconds),
    datetime.date: lambda value: (value.year, value.month, value.day),
    datetime.time: _clock,
    datetime.datetime: lambda value: (value.year, value.month, value.day, *_clock(value)),
    datetime.timezone: lambda value: value.__getinitargs__(),
    collections.deque: lambda value: (list(collections.deque.__iter__(value)), _maxlen(value)),
    collections.Counter: _dict,
    bytearray: lambda value: bytes(bytearray.__getitem__(value, slice(None))),
    collections.OrderedDict: lambda value: [list(pair) for pair in collections.OrderedDict.items(value)],
    collections.defaultdict: lambda value: (_factory(value), _dict(value)),
    range: lambda value: (value.start, value.stop, value.step),
    slice: lambda value: (value.start, value.stop, value.step),
    type({}.keys()): list,
    type({}.values()): list,
    type({}.items()): list,
    type(...): lambda value: None,
    type(NotImplemented): lambda value: None,
    _Alias: lambda value: (value.__origin__, value.__args__),
    re.Pattern: lambda value: (value.pattern, value.flags),
    uuid.UUID: lambda value: value.int,
    **{kind: lambda value: (_name(type(value)), str(value)) for kind in _PATHS.values()},
}
_NAMES = {kind: _name(kind) if kind not in _PATHS.values() else "path" for kind in _APART}


def _moment(*fields):
    *fields, zone, fold = fields
    return datetime.datetime(*fields, zone, fold=fold)


def _time(*fields):
    *fields, zone, fold = fields
    return datetime.time(*fields, zone, fold=fold)


_TOGETHER = {
    "Decimal": decimal.Decimal,
    "Fraction": lambda parts: fractions.Fraction(*parts),
    "timedelta": lambda parts: datetime.timedelta(*parts),
    "date": lambda parts: datetime.date(*parts),
    "time": lambda parts: _time(*parts),
    "datetime": lambda parts: _moment(*parts),
    "timezone": lambda parts: datetime.timezone(*parts),
    "deque": lambda parts: collections.deque(*parts),
    "bytearray": bytearray,
    "Counter": lambda pairs: collections.Counter(pairs),
    "OrderedDict": lambda pairs: collections.OrderedDict(pairs),
    "defaultdict": lambda parts: collections.defaultdict(*parts),
    "range": lambda parts: range(*parts),
    "slice": lambda parts: slice(*parts),
    "dict_keys": lambda items: dict.fromkeys(items).keys(),
    "dict_values": lambda items: dict(enumerate(items)).values(),
    "dict_items": lambda items: dict(items).items(),
    "ellipsis": lambda parts: ...,
    "NotImplementedType": lambda parts: NotImplemented,
    "GenericAlias": lambda parts: _Alias(_TYPES[_BY_TYPE[parts[0]]], parts[1]),
    "type": lambda name: _TYPES[name],
    "named": lambda parts: _named(*parts),
    "error": lambda parts: _error(*parts),
    "Pattern": lambda parts: re.compile(*parts),
    "UUID": lambda number: uuid.UUID(int=number),
    "path": lambda parts: _PATHS[parts[0]](parts[1]),
    "module": lambda name: _module(name),
    "home": lambda parts: _home(*parts),
}

# Types that stand for themselves on either side: what makes plain data, and exceptions.
_TYPES = {
    _name(kind): kind
    for kind in (
        bool, bytearray, bytes, complex, dict, float, frozenset, int, list, range, set, slice, str, tuple, type(None), object,
        decimal.Decimal, fractions.Fraction, datetime.date, datetime.datetime, datetime.time, datetime.timedelta, datetime.timezone,
        collections.deque, collections.Counter, collections.OrderedDict, collections.defaultdict,
    )
}  # fmt: skip
_TYPES.update((name, kind) for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException))
_BY_TYPE = {kind: name for name, kind in _TYPES.items()}

# The object of ours with a number; `objects.py` sets it.
kept = None
# The classes of named tuples that came from the other side, by number, name and fields.
_made = {}


def forget():
    _made.clear()


def _named(number, name, fields, values):
    key = number, name, tuple(fields)
    if key not in _made:
        if not all(field.isidentifier() and not _keyword(field) and field[0] != "_" for field in [name, *fields]):
            raise ValueError("no name of a field")
        _made[key] = collections.namedtuple(name, fields)
        _made[key]._theirs = number
    return tuple.__new__(_made[key], values)


def _error(name, arguments):
    kind = vars(builtins)[name]
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        raise ValueError("no exception")
    return kind(*arguments)


def _module(name):
    if name not in sys.stdlib_module_names:
        raise ValueError("no module of the library")
    return _modules[name]


def _is_named(kind):
    """Whether a class is a named tuple's, and adds nothing to it."""
    names = _namespace(kind)
    if _mro(kind)[1] is not tuple or type(names.get("_fields")) is not tuple or type(names.get("_field_defaults")) is not dict:
        return False
    return all(type(name) is str and (name[:1] == "_" or name in names["_fields"]) for name in names)


def _home(number, values):
    """A named tuple whose class is ours."""
    kind = kept(number)
    if not (isinstance(kind, type) and issubclass(kind, tuple) and _is_named(kind)):
        raise ValueError("no named tuple")
    return tuple.__new__(kind, values)


def apart(value, number_of):
    """The name of a value's kind and what it is made of; None for what does not cross so."""
    kind = type(value)
    take = _APART.get(kind)
    if take is not None:
        return _NAMES[kind], take(value)
    if kind is types.ModuleType:
        name = vars(value).get("__name__")
        return ("module", name) if type(name) is str and name in sys.stdlib_module_names and _modules.get(name) is value else None
    if kind is type:
        return ("type", _BY_TYPE[value]) if value in _BY_TYPE else None
    if issubclass(kind, tuple) and _is_named(kind):
        if _namespace(kind).get("_theirs") is not None:
            return "home", (_namespace(kind)["_theirs"], tuple(tuple.__iter__(value)))
        fields = _namespace(kind)["_fields"]
        if all(type(field) is str for field in fields) and len(fields) == tuple.__len__(value):
            return "named", (number_of(kind), _name(kind), fields, tuple(tuple.__iter__(value)))
    return None


def together(name, parts):
    """The value; what its parts cannot make raises."""
    return _TOGETHER[name](parts)


def in_order(items):
    """A set whose order is that of the other side's, which its history decides, as far as that can be had."""
    made = set(items)
    if len(items) < 2 or [*made] == items:
        return made
    for ordered in (items, items[::-1], sorted(items, key=hash)):
        # A display of constants is made from a frozen set, and so a table of another size.
        for made in (set(ordered), set(frozenset(ordered)), set(set(frozenset(ordered))), _grown(ordered, 16), _grown(ordered, 64)):
            if [*made] == items:
                return made
    return set(items)


def _grown(items, size):
    """A set that had more items before."""
    fillers = [("fullmarks", number) for number in range(size)]
    made = set(fillers)
    made.difference_update(fillers)
    made.update(items)
    return made
