"""Lists the objects of the snapshot, so that the build can make them immortal: CPython then no longer counts references to
them (PEP 683), and a run leaves the memory pages that they lie on as they are.

The list holds the address of each object and of its type. `cargo xtask python-guest` finds it in the built guest by its mark.
"""

import gc
import sys
from array import array
from types import CodeType

MARK = b"fullmarks: the immortal objects\n"
END = b"fullmarks: no more of them\n"

_CODE = (
    "co_consts", "co_names", "co_varnames", "co_freevars", "co_cellvars", "co_filename", "co_name", "co_qualname",
    "co_linetable", "co_exceptiontable",
)  # fmt: skip


def _code_parts(code):
    """What a code object holds. What it makes anew for whoever asks is not held."""
    for name in _CODE:
        first, second = getattr(code, name), getattr(code, name)
        if first is second:
            yield first


def listed():
    """The mark, a count, as many pairs of addresses, of 32 bits each, and the end mark."""
    found, todo = set(), gc.get_objects()
    pairs = array("I")
    found.update((id(found), id(todo), id(pairs), id(sys._getframe())))
    while todo:
        value = todo.pop()
        if id(value) in found:
            continue
        found.add(id(value))
        pairs.extend((id(value), id(type(value))))
        todo.extend(gc.get_referents(value))
        if type(value) is CodeType:
            todo.extend(_code_parts(value))
    return b"".join((MARK, (len(pairs) // 2).to_bytes(4, "little"), pairs.tobytes(), END))
