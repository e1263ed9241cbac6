"""Containers that a candidate and its judge both hold: each side has its own, under a number that both know, and each message ends with what its
sender did to those since the last one. So a list that was handed over, kept, or given back stays one list, as in any Python.

Only where tests can see the difference (`looking.py`), since each message looks through what is shared.
"""

import builtins
import sys
from collections import OrderedDict, deque
from itertools import chain
from operator import is_

__builtins__ = vars(builtins).copy()

_count = sys.getrefcount

# What a container holds, and how it is made to hold something else, by the builtin's own means.
_HELD = {
    OrderedDict: lambda value: tuple(chain.from_iterable(OrderedDict.items(value))),
    list: tuple,
    dict: lambda value: tuple(chain.from_iterable(dict.items(value))),
    set: tuple,
    deque: tuple,
    bytearray: bytes,
}


def _fill_list(ours, new):
    list.__setitem__(ours, slice(None), new)


def _fill_dict(ours, new):
    dict.clear(ours)
    items = iter(new)
    dict.update(ours, zip(items, items))


def _fill_ordered(ours, new):
    OrderedDict.clear(ours)
    items = iter(new)
    for key, value in zip(items, items):
        OrderedDict.__setitem__(ours, key, value)


def _fill_set(ours, new):
    # What stays, stays where it is, so that the order is the other side's.
    held = set(new)
    for item in [item for item in set.__iter__(ours) if item not in held]:
        set.discard(ours, item)
    for item in new:
        set.add(ours, item)


def _fill_deque(ours, new):
    deque.clear(ours)
    deque.extend(ours, new)


def _fill_bytes(ours, new):
    bytearray.__setitem__(ours, slice(None), new)


_FILL = {OrderedDict: _fill_ordered, list: _fill_list, dict: _fill_dict, set: _fill_set, deque: _fill_deque, bytearray: _fill_bytes}


_BASES = {}


def base(kind):
    """The type whose means a container is looked at and filled by; none where it is not shared."""
    if kind not in _BASES:
        _BASES[kind] = next((one for one in _HELD if issubclass(kind, one)), None)
    return _BASES[kind]


class _Entry:
    __slots__ = ("container", "kind", "held")

    def __init__(self, container, kind):
        self.container, self.kind, self.held = container, kind, None

    def note(self):
        self.held = self.now()

    def now(self):
        return _HELD[self.kind](self.container)

    def is_changed(self):
        now, held = self.now(), self.held
        if type(now) is bytes:
            return now != held
        return len(now) != len(held) or not all(map(is_, now, held))


def _held_by(entry):
    return _count(entry.container)


class Table:
    """What is shared, by its numbers: a judge gives even ones, a candidate odd ones."""

    def __init__(self, first):
        self.first = self.next = first
        self.entries, self.numbers = {}, {}
        # Whether this side shares what the other has not heard of: a judge may keep what it hands over to itself.
        self.tells = True
        # How many messages are being read.
        self.reading = 0
        # As many references as there are to what nobody else holds.
        self.alone = None

    def forget(self):
        self.__init__(self.first)
        _BASES.clear()

    def number(self, container):
        """Its number, or none if it is new."""
        return self.numbers.get(id(container))

    def add(self, container, number=None):
        if number is None:
            number, self.next = self.next, self.next + 2
        elif number % 2 == self.first or number in self.entries or base(type(container)) is None:
            raise ValueError("no container of the other side's")
        entry = self.entries[number] = _Entry(container, base(type(container)))
        self.numbers[id(container)] = number
        return number

    def changed(self):
        """The numbers of those to tell of, and of those that nobody here holds any more."""
        if self.alone is None:
            self.alone = _held_by(_Entry([], list))
        changed, dropped = [], []
        for number, entry in self.entries.items():
            if entry.is_changed():
                changed.append(number)
            if _held_by(entry) <= self.alone:
                dropped.append(number)
        return changed, dropped

    def undo(self, first):
        """Forgets what has a number from there on."""
        for number in range(first, self.next, 2):
            self.drop(number)
        self.next = first

    def drop(self, number):
        entry = self.entries.pop(number, None)
        if entry is not None:
            self.numbers.pop(id(entry.container), None)

    def settle(self):
        """Both sides know what all of them hold now."""
        for entry in self.entries.values():
            entry.note()

    def fill(self, number, new):
        entry = self.entries[number]
        _FILL[entry.kind](entry.container, new)
