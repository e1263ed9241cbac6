"""Plain data to bytes and back; `sandbox/src/python/{encode,decode}.rs` are the other side.

A tag byte, then: `N` None, `T` True, `F` False; `i` a length byte and that many bytes of a signed little-endian integer,
`I` the same with a length of 32 bits; `f` a double, `c` two; `s` UTF-8 (lone surrogates as three bytes) and `b` bytes
after a 32-bit length; `l` list, `t` tuple, `S` set, `Z` frozenset after a 32-bit count; `d` dict after a 32-bit count of
its pairs. Everything is little-endian. Between two instances also `o`, an object that the sender keeps under a 32-bit
number, with eight bytes of what its type defines and the number of its type; `y`, one that the receiver keeps (objects.py); `x`, a value
of the library, by the name of its kind after a length byte, and what it is made of (crossing.py); `m`, a container that both hold from
now on, under a 32-bit number before it, and `r`, one that they hold (shared.py). Behind such a value follows what its sender did to those
that were held before: a count, and for each its number and what it holds; and a count, and numbers that are free again.

Nothing here calls a method that a value's own class could define: types are compared by identity, and contents are read by
the builtin types' own methods. An instance of a subclass is taken for the builtin it extends.
"""

import builtins
from itertools import chain
from struct import Struct

from crossing import in_order, together
from shared import base as is_shared

# Functions defined from here on look names up in this copy: later changes of `builtins` do not reach them.
__builtins__ = vars(builtins).copy()

DEPTH = 200
NODES = 2_000_000
BYTES = 32 << 20

_double = Struct("<cd").pack
_complex = Struct("<cdd").pack
_long = Struct("<cI").pack
_size = Struct("<I").unpack_from
_object = Struct("<IQI").unpack_from
_read_double = Struct("<d").unpack_from
_read_complex = Struct("<dd").unpack_from

_real = vars(complex)["real"].__get__
_imaginary = vars(complex)["imag"].__get__

_PLAIN = (int, str, float, list, tuple, dict, bytes, set, frozenset, complex, bytearray)

# Tags as numbers, for reading.
_FLOAT, _INT, _LONG, _STR, _BYTES, _COMPLEX = b"fiIsbc"
_LIST, _TUPLE, _SET, _FROZENSET, _DICT, _THEIRS, _OURS, _AGAIN, _LIBRARY, _SHARED = b"ltSZdoyrxm"
_CONSTANTS = dict(zip(b"NTF", (None, True, False)))


_EMPTY = {_LIST: list, _DICT: dict}


class Refused(Exception):
    """A value that does not cross; the text says why."""


def _int(value):
    size = (int.bit_length(value) >> 3) + 1
    if size > BYTES:
        raise Refused("an integer of too many digits")
    head = b"i%c" % size if size < 256 else _long(b"I", size)
    return head + int.to_bytes(value, size, "little", signed=True)


def _str(value):
    encoded = str.encode(value, "utf-8", "surrogatepass")
    return _long(b"s", len(encoded)) + encoded


def _bytes(value):
    return _long(b"b", bytes.__len__(value)) + bytes.__getitem__(value, slice(None))


def _bytearray(value):
    return _long(b"b", bytearray.__len__(value)) + bytes(bytearray.__getitem__(value, slice(None)))


_SCALARS = {
    type(None): lambda value: b"N",
    bool: lambda value: b"T" if value is True else b"F",
    int: _int,
    float: lambda value: _double(b"f", value),
    complex: lambda value: _complex(b"c", _real(value), _imaginary(value)),
    str: _str,
    bytes: _bytes,
    bytearray: _bytearray,
}

_CONTAINERS = {
    list: (b"l", list.__len__, list.__iter__),
    tuple: (b"t", tuple.__len__, tuple.__iter__),
    set: (b"S", set.__len__, set.__iter__),
    frozenset: (b"Z", frozenset.__len__, frozenset.__iter__),
    dict: (b"d", dict.__len__, lambda value: chain.from_iterable(dict.items(value))),
}


def _base(kind):
    """The builtin type that a class extends."""
    for base in _PLAIN:
        if issubclass(kind, base):
            return base
    return None


def _refuse(value, plain):
    if plain:
        return None
    raise Refused(f"{type.__dict__['__name__'].__get__(type(value))} is not plain data")


def encode(value, other=_refuse, shared=None):
    """The bytes of a value; raises Refused. What is not plain data is left to `other`, which also hears whether its class extends a builtin:
    it gives the bytes, or bytes and a value whose bytes follow, or nothing for the builtin. With `shared`, a table, containers are told by
    their numbers, and what was done to those that it holds follows."""
    if shared is None or shared.reading:
        # What is asked while a message is read, such as what a class is called, tells nothing of what is half read.
        return b"".join(_encoded((value,), other, None))
    first = shared.next
    try:
        return _with_changes(value, other, shared)
    except BaseException:
        # The other side has heard of none of these.
        shared.undo(first)
        raise


def _with_changes(value, other, shared):
    changed, dropped = shared.changed()
    chunks = _encoded((value,), other, shared)
    chunks.append(_long(b"m", len(changed))[1:])
    for number in changed:
        entry = shared.entries[number]
        chunks.append(_long(b"m", number)[1:])
        # By its own means, as a builtin of which only the outside is new.
        chunks += _encoded(([*entry.now()],), other, shared, True)
    chunks.append(_long(b"m", len(dropped))[1:])
    for number in dropped:
        chunks.append(_long(b"m", number)[1:])
        shared.drop(number)
    shared.settle()
    return b"".join(chunks)


def _encoded(values, other, shared, is_inner=False):
    """The chunks of values' bytes; with `is_inner`, the values themselves are not for sharing."""
    chunks, parts = [], []
    nodes = size = 0
    open_containers = [iter(values)]
    while open_containers:
        for value in open_containers[-1]:
            kind = type(value)
            if shared is not None and (not is_inner or len(open_containers) > 1) and is_shared(kind):
                number = shared.number(value)
                if number is not None:
                    chunks.append(_long(b"r", number))
                    continue
            if shared is not None and shared.tells and (not is_inner or len(open_containers) > 1) and is_shared(kind):
                told = other(value, True) if kind not in _CONTAINERS and kind is not bytearray else None
                if type(told) is bytes:
                    chunks.append(told)
                    continue
                chunks.append(_long(b"m", shared.add(value)))
                if told is not None:
                    parts.append(told)
                    chunks.append(told[0])
                    nodes += 1
                    open_containers.append(iter(told[1:]))
                    break
                if kind is not bytearray:
                    kind = kind if kind in _CONTAINERS else _base(kind)
            if kind not in _SCALARS and kind not in _CONTAINERS or kind is bytearray and other is not _refuse:
                kind = _base(kind)
                told = other(value, kind is not None)
                if type(told) is bytes:
                    chunks.append(told)
                    continue
                if told is not None:
                    # Kept, so that its address stays its own.
                    parts.append(told)
                    chunks.append(told[0])
                    nodes += 1
                    if len(open_containers) > DEPTH or nodes > NODES:
                        raise Refused("more values than may cross")
                    open_containers.append(iter(told[1:]))
                    break
            scalar = _SCALARS.get(kind)
            if scalar is not None:
                chunk = scalar(value)
                chunks.append(chunk)
                size += len(chunk)
                if size > BYTES:
                    raise Refused("more bytes than may cross")
                continue
            tag, length, items = _CONTAINERS[kind]
            count = length(value)
            nodes += count
            if nodes > NODES:
                raise Refused("more values than may cross")
            if len(open_containers) > DEPTH:
                raise Refused(f"nested more than {DEPTH} deep")
            chunks.append(_long(tag, count))
            open_containers.append(items(value))
            break
        else:
            open_containers.pop()
    return chunks


def decode(data, theirs=None, ours=None, shared=None):
    """The value of bytes that the host or another instance encoded. Objects are made by `theirs` from the sender's number,
    what their type defines and its number, and by `ours` from our own number. `shared` is the table of containers that it may refer to."""
    position = 0

    def take(count):
        nonlocal position
        position += count
        return data[position - count : position]

    def sized():
        """What follows after its length of 32 bits."""
        nonlocal position
        start = position + 4
        position = start + _size(data, position)[0]
        return data[start:position]

    def values():
        """As many as their count of 32 bits says."""
        nonlocal position
        position += 4
        return [value() for _ in range(_size(data, position - 4)[0])]

    def value():
        nonlocal position
        tag = data[position]
        position += 1
        if tag == _FLOAT:
            position += 8
            return _read_double(data, position - 8)[0]
        if tag == _INT:
            start = position + 1
            position = start + data[position]
            return int.from_bytes(data[start:position], "little", signed=True)
        if tag == _STR:
            return str(sized(), "utf-8", "surrogatepass")
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        if tag == _LIST:
            return values()
        if tag == _TUPLE:
            return tuple(values())
        if tag == _DICT:
            position += 4
            return {value(): value() for _ in range(_size(data, position - 4)[0])}
        if tag == _SET:
            return set(values()) if theirs is None else in_order(values())
        if tag == _FROZENSET:
            return frozenset(values())
        if tag == _LONG:
            return int.from_bytes(sized(), "little", signed=True)
        if tag == _BYTES:
            return sized()
        if tag == _COMPLEX:
            return complex(*_read_complex(take(16)))
        if tag == _THEIRS:
            position += 16
            return theirs(*_object(data, position - 16))
        if tag == _LIBRARY and theirs is not None:
            start = position + 1
            position = start + data[position]
            return together(str(data[start:position], "ascii"), value())
        if tag == _OURS:
            return ours(number())
        if tag == _AGAIN and shared is not None:
            return shared.entries[number()].container
        if tag == _SHARED and shared is not None:
            return held()
        raise ValueError("no such tag")

    def number():
        nonlocal position
        position += 4
        return _size(data, position - 4)[0]

    def held():
        """A container that is shared from now on: known before what is in it, which may be itself."""
        nonlocal position
        given = number()
        tag = data[position]
        if tag not in _EMPTY:
            made = value()
            shared.add(made, given)
            return made
        position += 1
        made = _EMPTY[tag]()
        shared.add(made, given)
        count = number()
        if tag == _LIST:
            made.extend(value() for _ in range(count))
        else:
            made.update((value(), value()) for _ in range(count))
        return made

    if shared is None:
        return value()
    shared.reading += 1
    try:
        made = value()
        if position < len(data):
            for _ in range(number()):
                given = number()
                shared.fill(given, value())
            for _ in range(number()):
                shared.drop(number())
            shared.settle()
        return made
    finally:
        shared.reading -= 1
