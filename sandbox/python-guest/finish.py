"""The last step of the build, outside the guest: `python3 finish.py GUEST.wasm` rewrites the snapshot in the built component.

Three things that no code inside can do, all of them so that a run writes to few pages of the snapshot: the host copies and
resets every page that is written to. `immortal.py` and `settle.py` say what they leave to this step. Everything is changed in
place, within the data segments of the module that defines the memory; a step that does not find what it expects ends the build.
"""

import bisect
import struct
import sys

IMMORTAL_COUNT = 5 << 28  # _Py_IMMORTAL_INITIAL_REFCNT where pointers have 32 bits
IMMORTAL, IMMORTAL_END = b"fullmarks: the immortal objects\n", b"fullmarks: no more of them\n"
CONSTANTS = b"fullmarks: the constants\n"
TOUCHED = b"fullmarks: the touched pages\n"
# More references than any object of the snapshot has; the first word of a freed block is an address, or nothing.
MOST_REFERENCES = 200_000
# Static data lies below this address.
STATIC = 8 << 20
# How much of the interpreter's state is written to, from where it keeps freed objects: the most of it is the cache of attributes. And how
# much of what lies behind malloc's: the table of modules, and the stack of frames.
STATE, FIRST = 112 << 10, 472 << 10
# Where a code object may hold objects that Python never shows.
CODE_WORDS = range(8, 116, 4)


def unsigned(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def signed(data, at):
    value, end = unsigned(data, at)
    bits = 7 * (end - at)
    return value - (1 << bits if value >> bits - 1 else 0), end


def sections(data, at, end):
    """Kind, start and end of each section of a module or component."""
    while at < end:
        kind = data[at]
        size, start = unsigned(data, at + 1)
        at = start + size
        yield kind, start, at


def segments(data):
    """Address, place in the file and size of each data segment, by address."""
    found = []

    def module(at, end):
        for kind, start, _ in sections(data, at + 8, end):
            if kind != 11:
                continue
            count, at = unsigned(data, start)
            for _ in range(count):
                assert data[at : at + 2] == b"\0\x41", "a data segment that is not active, or not at a constant"
                address, at = signed(data, at + 2)
                assert data[at] == 0x0B
                size, at = unsigned(data, at + 1)
                found.append((address & 0xFFFFFFFF, at, size))
                at += size

    def component(at, end):
        for kind, start, end in sections(data, at + 8, end):
            if kind == 1:
                module(start, end)
            elif kind == 4:
                component(start, end)

    component(0, len(data))
    return sorted(found)


class Memory:
    """The snapshot's memory, by address. What lies in no segment is zero."""

    def __init__(self, data):
        self.data, self.segments = data, segments(data)
        self.starts = [address for address, _, _ in self.segments]

    def place(self, address, size):
        """Where in the file so many bytes are; None when not all of them are in one segment."""
        index = bisect.bisect_right(self.starts, address) - 1
        if index < 0:
            return None
        start, at, length = self.segments[index]
        return at + address - start if address + size <= start + length else None

    def address(self, place):
        return next(start + place - at for start, at, size in self.segments if at <= place < at + size)

    def byte(self, address):
        at = self.place(address, 1)
        return 0 if at is None else self.data[at]

    def word(self, address):
        at = self.place(address, 4)
        if at is not None:
            return struct.unpack_from("<I", self.data, at)[0]
        return sum(self.byte(address + index) << 8 * index for index in range(4))

    def put(self, address, value):
        for index, byte in enumerate(struct.pack("<I", value)):
            at = self.place(address + index, 1)
            if at is not None:
                self.data[at] = byte
            else:
                assert not byte, f"{address:x} lies in no segment"

    def pairs(self, address, count):
        return [(self.word(address + 8 * index), self.word(address + 8 * index + 4)) for index in range(count)]

    def text(self, address):
        at = self.place(address, 1)
        return bytes(self.data[at : self.data.index(0, at)])

    def marked(self, mark, size):
        """The addresses after a mark, wherever it is followed by so many bytes."""
        at = -1
        while (at := self.data.find(mark, at + 1)) >= 0:
            if self.place(address := self.address(at), len(mark) + size) is not None:
                yield address + len(mark)


def immortal_objects(memory):
    """Writes the count of an immortal object into every object that is listed, and those that code objects hold."""
    for at in memory.marked(IMMORTAL, 4):
        pairs = memory.pairs(at + 4, count) if (count := memory.word(at)) < 5_000_000 else []
        end = memory.place(at + 4 + 8 * count, len(IMMORTAL_END)) if pairs else None
        if end and memory.data[end:].startswith(IMMORTAL_END):
            break
    else:
        raise SystemExit("the list of immortal objects is not there")
    names = {kind: memory.text(memory.word(kind + 12)) for kind in {kind for _, kind in pairs}}
    parts = {kind for kind, name in names.items() if name in (b"tuple", b"bytes", b"str")}
    known = {address for address, _ in pairs}
    for address, kind in [pair for pair in pairs if names[pair[1]] == b"code" and memory.word(pair[0] + 4) == pair[1]]:
        for part in (memory.word(address + offset) for offset in CODE_WORDS):
            if part and part % 8 == 0 and part not in known and memory.word(part + 4) in parts:
                known.add(part)
                pairs.append((part, memory.word(part + 4)))
    done = 0
    for address, kind in pairs:
        if memory.word(address + 4) == kind and 0 < memory.word(address) <= MOST_REFERENCES and memory.place(address, 4):
            memory.put(address, IMMORTAL_COUNT)
            done += 1
    assert done > len(pairs) // 2, f"only {done} of {len(pairs)} objects"
    return done


def constants(memory):
    """Makes code load constants as the immortal ones that they now are."""
    done = 0
    for at in memory.marked(CONSTANTS, 6):
        mortal, immortal, count = memory.byte(at), memory.byte(at + 1), memory.word(at + 2)
        if mortal and immortal and 100 < count < 1_000_000:
            for instruction, constant in memory.pairs(at + 6, count):
                if memory.word(constant) == IMMORTAL_COUNT and memory.byte(instruction) == mortal:
                    memory.data[memory.place(instruction, 1)] = immortal
                    done += 1
            break
    assert done > 100, f"only {done} constants"
    return done


def malloc_state(memory):
    """Where malloc keeps what it knows. Its empty bins point at themselves."""
    word = memory.word
    return next(
        address - 48
        for start, _, size in memory.segments
        for address in range(start + -start % 4, start + size - 8, 4)
        if word(address) == address - 8 == word(address + 4) and word(address + 8) == address == word(address + 12)
    )


def plug(memory):
    """Makes the free chunks of malloc used ones that nobody gives back, so that what a run allocates lies together: in the
    largest, or above all. The layout is that of dlmalloc 2.8 (Doug Lea), which wasi-libc has."""
    word, state = memory.word, malloc_state(memory)
    small_map, tree_map, victim_size, top_size, _, victim, top = (state + 4 * index for index in range(7))
    small_bins, tree_bins, segment = state + 40, state + 304, state + 448
    base, end, top_chunk = word(segment), word(segment) + word(segment + 4), word(top)
    assert base < top_chunk < end and not word(segment + 8), "malloc's memory is not as expected"
    free, chunk = [], (base + 8 + 15 & ~15) - 8
    while chunk < top_chunk:
        size = word(chunk + 4) & ~7
        assert size, "a chunk of no size"
        if not word(chunk + 4) & 2:
            free.append((size, chunk))
        chunk += size
    assert chunk == top_chunk, "the chunks do not add up"
    size, room = max(free, default=(0, 0))
    if size <= word(top_size):
        size = room = 0
    for length, chunk in free:
        if chunk != room:
            memory.put(chunk + 4, word(chunk + 4) | 2)
            memory.put(chunk + length + 4, word(chunk + length + 4) | 1)
    for address, value in ((small_map, 0), (tree_map, 0), (victim_size, size), (victim, room)):
        memory.put(address, value)
    for index in range(32):
        bin = small_bins + 8 * index
        memory.put(bin + 8, bin)
        memory.put(bin + 12, bin)
        memory.put(tree_bins + 4 * index, 0)
    return len(free)


def kept_objects(memory):
    """Takes from the interpreter the freed objects that it keeps for later: it would hand them out before all other memory, and some
    of them were freed after the last Python code of the build. They are chained by their first words; of each chain the interpreter
    knows the first object and the length (`struct _Py_freelists`)."""

    def length(first, most):
        count = 0
        while first and count <= most:
            if first % 8:
                return None
            first, count = memory.word(first), count + 1
        return count

    def chain(address):
        first, size = memory.word(address), memory.word(address + 4)
        return size <= 2000 and length(first, size) == size

    best = []
    for start, _, size in memory.segments:
        # A segment begins where memory is not zero.
        address = (start & -8) - 64
        while address < min(start + size, STATIC) - 8:
            found = []
            while chain(address):
                found.append(address)
                address += 8
            used = [at for at in found if memory.word(at)]
            if len(used) > len(best):
                best = used
            address += 8
    assert len(best) >= 8, f"only {len(best)} chains of freed objects"
    objects = sum(memory.word(address + 4) for address in best)
    for address in best:
        memory.put(address, 0)
        memory.put(address + 4, 0)
    return best[0], objects


def touched(memory, lists):
    """Adds what is static to the memory that an instance writes to at its start: the interpreter's state, from where it keeps freed
    objects, and malloc's, with the first of the heap behind it."""
    first = malloc_state(memory)
    for at in memory.marked(TOUCHED, 16):
        if memory.word(at) == 1:
            for index, address in enumerate((lists, lists + STATE, first, first + FIRST)):
                memory.put(at + 4 * index, address)
            return
    raise SystemExit("the list of touched pages is not there")


def main(path):
    with open(path, "rb") as file:
        data = bytearray(file.read())
    memory = Memory(data)
    objects, loads, chunks = immortal_objects(memory), constants(memory), plug(memory)
    lists, kept = kept_objects(memory)
    touched(memory, lists)
    with open(path, "wb") as file:
        file.write(data)
    print(f"{objects} objects made immortal, {loads} constants, {chunks} free chunks plugged, {kept} freed objects not kept")


if __name__ == "__main__":
    main(sys.argv[1])
