"""Makes what a run writes to lie together in the snapshot: a run then touches few pages of memory, and the host has few of
them to copy and to reset.

Four things scatter writes. Counting references, which `immortal.py` ends. Memory that the build freed between what lives on,
which a run would fill: it is taken and never given back (`plug`), and the build's last step does the same to what is left.
Code, which counts its executions within itself: what the warm-up executed is copied to one place (`relocate`). And what is
done once, by whoever comes first, such as filling caches of attributes: the warm-up does it.

The warm-up leaves nothing behind that a candidate could see: modules, streams, filters and caches are put back.
"""

import gc
import linecache
import opcode
import random
import re
import sys
import warnings
from array import array

# For what a run allocates, so that it seldom has to ask for more memory.
ROOM = 4 << 20

# Where the build has the guest's own files.
OWN = "/0/", "/world/"

# What is kept for ever, so that its memory stays taken.
_kept = []


def plug():
    """Takes all free memory below the top of the heap, and leaves room at the top."""
    gc.collect()
    block = bytes(ROOM)
    top = id(block)
    # A bytes object of so many bytes takes 17 more. The smallest free block that is large enough is the first to go.
    size = 1 << 21
    while size >= 24:
        block = bytes(size - 17)
        if id(block) < top:
            _kept.append(block)
        else:
            size -= 16 if size <= 8192 else size >> 6 & ~7
    while id(block := object()) < top:
        _kept.append(block)


def _codes(code):
    yield code
    for const in code.co_consts:
        if type(const) is type(code):
            yield from _codes(const)


def _functions():
    return [value for value in gc.get_objects() if type(value) is type(_codes)]


def executions():
    """Of each code object, by its address, what executing it changes."""
    codes = (code for function in _functions() for code in _codes(function.__code__))
    return {id(code): hash(code._co_code_adaptive) for code in codes}


def executed(before):
    """The code objects that were executed since."""
    return {key for key, value in executions().items() if before.get(key) != value}


def own(codes):
    """Of these code objects, those of the guest's own files. What the warm-up leaves out, some run executes."""
    return {id(code) for function in _functions() for code in _codes(function.__code__) if id(code) in codes and code.co_filename.startswith(OWN)}


def entries(exports, *functions):
    """The code objects of what only the host calls, or what is only there once it did."""
    methods = [value for value in vars(exports).values() if type(value) is type(entries)]
    return {id(code) for function in (*methods, *functions) for code in _codes(function.__code__)}


def relocate(wanted):
    """Gives the functions of these code objects copies of them, which lie together."""
    made = {}

    def moved(code):
        if id(code) not in made:
            consts = tuple(moved(const) if type(const) is type(code) else const for const in code.co_consts)
            changed = id(code) in wanted or any(a is not b for a, b in zip(consts, code.co_consts))
            # Kept, because freed memory amid the old would be filled again.
            _kept.append(code)
            made[id(code)] = code.replace(co_consts=consts) if changed else code
        return made[id(code)]

    for function in _functions():
        code = moved(function.__code__)
        if code is not function.__code__:
            function.__code__ = code


TOUCHED = b"fullmarks: the touched pages\n"


def touched():
    """The memory that an instance writes to at its start, as first and last addresses, which the build's last step fills in: the
    interpreter's state and malloc's. A run writes to some of their pages, here and there. The host resets so many stretches in place, those
    at low addresses first; so these are one stretch each."""
    return TOUCHED + array("I", (1, 1, 1, 1)).tobytes()


def gather():
    """Makes what the guest's own modules collect things in anew, here, where nothing but their names leads to it."""
    spaces = [value for value in gc.get_objects() if type(value) is dict and str(value.get("__file__", "")).startswith(OWN)]
    known = {id(space) for space in spaces}
    for old in [value for space in spaces for value in space.values() if type(value) in (dict, list, set) and not value]:
        holders = [holder for holder in gc.get_referrers(old) if id(holder) in known]
        # Beside them the list that is gone through, and nothing else.
        if len(holders) + 1 == len(gc.get_referrers(old)):
            new = type(old)()
            for space in holders:
                for name, value in space.items():
                    if value is old:
                        space[name] = new


def renew(modules):
    """Makes the table of modules and what a run fills anew, here."""
    names = [f"fullmarks {number}" for number in range(2000)]
    sys.modules.update(dict.fromkeys(names))
    for name in names:
        del sys.modules[name]
    # Its state is filled at the start of each run.
    old, random._inst = random._inst, random.Random()
    for name, value in vars(random).items():
        if getattr(value, "__self__", None) is old:
            setattr(random, name, getattr(random._inst, name))
    solution, _, _, program, streams = modules
    solution._seed = program._seed = random.seed
    solution._module = type(sys)("solution")
    solution._names = vars(solution._module)
    streams._opened = []


MARK = b"fullmarks: the constants\n"


def constants():
    """Where code loads constants that were mortal when it was made, and which: for each the address of the instruction and
    that of the constant. Before them the two opcodes: what is there, and what loads an immortal one."""
    mortal, immortal = (opcode._specialized_opmap["LOAD_CONST_" + kind] for kind in ("MORTAL", "IMMORTAL"))
    caches = [0] * 256
    for name, count in opcode._inline_cache_entries.items():
        caches[opcode.opmap[name]] = count
        for special in opcode._specializations.get(name, ()):
            caches[opcode._specialized_opmap[special]] = count
    head = type(_codes.__code__).__basicsize__
    found, seen = array("I"), set()
    for code in (code for function in _functions() for code in _codes(function.__code__)):
        if id(code) in seen:
            continue
        seen.add(id(code))
        units, place, extended = code._co_code_adaptive, 0, False
        while place < len(units):
            operation, argument = units[place : place + 2]
            if operation == mortal and not extended:
                found.extend((id(code) + head + place, id(code.co_consts[argument])))
            extended = operation == opcode.EXTENDED_ARG
            place += 2 + 2 * caches[operation]
    return b"".join((MARK, bytes((mortal, immortal)), (len(found) // 2).to_bytes(4, "little"), found.tobytes()))


SOLUTION = '''
from typing import List, Dict, Optional, Tuple, Any
import math, collections, itertools, functools, heapq, bisect, re, string, random, sys

class Solution:
    def __init__(self):
        self.memo = {}

    def method(self, numbers: List[float]) -> Optional[int]:
        self.memo[1] = len(numbers)
        return self.memo.get(1)

def has_close_elements(numbers: List[float], threshold: float) -> bool:
    """ Doc """
    for idx, elem in enumerate(numbers):
        for idx2, elem2 in enumerate(numbers):
            if idx != idx2:
                if abs(elem - elem2) < threshold:
                    return True
    return False

def other(text: str, table: Dict[str, int]) -> Tuple[int, str]:
    counts = collections.Counter(text)
    parts = sorted(set(text.split()), key=lambda part: (-len(part), part))
    return sum(counts.values()), ", ".join(parts)
'''

ASSERTS = '''
assert has_close_elements([1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.3) == True
assert has_close_elements([1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.05) == False
assert other("a b c", {"a": 1})[0] == 5
assert has_close_elements([1.0], 0.05) == True
'''
HUMANEVAL = '''
METADATA = {"author": "jt"}

def check(candidate):
    assert candidate([1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.3) == True
    assert candidate([1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.05) == False
    assert candidate([1.0, 2.0, 5.9, 4.0, 5.0], 0.95) == True
'''
UNITTEST = '''
import unittest

class TestCase(unittest.TestCase):
    def test_one(self):
        self.assertEqual(has_close_elements([1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.3), True)

    def test_two(self):
        self.assertFalse(has_close_elements([1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.05))

    def test_three(self):
        self.assertTrue(has_close_elements([1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.05))
'''
PROGRAM = '''
import sys
def main():
    data = sys.stdin.read().split()
    print(len(data), "words")
    for line in sys.stdin:
        print(line)
    print("x", file=sys.stderr)
main()
'''


def warm(modules):
    """Does what a candidate's and a judge's instance do, some times over, both in this one."""
    solution, candidate, judging, program, streams = modules
    names, filters, loaded, arguments = dict(solution._names), list(warnings.filters), dict(sys.modules), sys.argv
    standard = ("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__")
    standard = {name: getattr(sys, name) for name in standard}
    reach, exits = candidate.reach, program._run_exit_functions
    candidate.reach = lambda message: b"." + solution.serve(message[1:])
    # The functions that the library registered are to run at the end of a run.
    program._run_exit_functions = lambda: None
    # The cache of attributes holds names of what ran: kept here too, they are immortal, and nobody frees them amid the snapshot.
    _kept.extend(compile(source, "warm", "exec") for source in (SOLUTION, ASSERTS, HUMANEVAL, UNITTEST, PROGRAM))
    try:
        for _ in range(4):
            _once(solution, judging, program, streams)
            gc.collect()
    finally:
        candidate.reach, program._run_exit_functions = reach, exits
        for name, value in standard.items():
            setattr(sys, name, value)
        sys.argv = arguments
        sys.modules.clear()
        sys.modules.update(loaded)
        solution._names.clear()
        solution._names.update(names)
        streams._opened.clear()
        vars(candidate.record).clear()
        candidate.forget()
        solution.given.forget()
        solution.forget()
        warnings.filters[:] = filters
        warnings._filters_mutated()
        linecache.clearcache()
        re.purge()


def _once(solution, judging, program, streams):
    encode, decode = judging.encode, judging.decode
    numbers = [1.0, 2.0, 3.9, 4.0, 5.0, 2.2]
    solution.load(SOLUTION, 0)
    streams.flush()
    for back in (False, True):
        solution.serve(encode(("call", "has_close_elements", [numbers, 0.3], {}, back, False)))
    solution.serve(encode(("call", "method", [[1, 2]], {}, True, False)))
    solution.serve(encode(("call", "other", ["a b", {"a": 1}], {}, True, False)))
    options = {"function": "has_close_elements", "layout": None, "prefix": "", "mutates": False}
    for tests in (ASSERTS, HUMANEVAL, UNITTEST):
        _, *prepared, _, code = decode(judging.judge(encode(("prepare", options, tests)), 0))
        judging.judge(encode(("tests", options, tests, *prepared, code)), 0)
    for source in (PROGRAM, ""):
        program.run(source, 0)
