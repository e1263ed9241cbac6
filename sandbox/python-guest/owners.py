"""Where tests work with objects of the completion's own classes: what such an object makes of plain data is then its class's to say, as
in any Python, and nowhere else.

Two things must be so. The reader of the tests sees it at that line: what stands there is made by a class that the tests treat as one, or
by operators on such. And the object is one: it came from calling that class, or from operators on what did. What a method or a function
gives is neither, since a number may be expected there.
"""

import sys

# What tests do with objects at a line: compare them with plain data, order them, reckon with them, ask what comes of that for attributes; and wait
# for `StopIteration`.
EQUAL, ORDER, RECKON, OPEN, STOP = range(5)
_NONE = {}, frozenset(), False, frozenset(), frozenset()

# The lines of each kind, the names of classes, whether members of enumerations are objects, classes of the tests that the candidate decorates, and
# methods that give objects.
_lines, classes, members, decorated, factories = _NONE
# Numbers of objects that came of such classes, and of their types.
made, kinds = set(), set()
# Numbers of objects that comparisons gave, whose truth would be the candidate's word about plain data.
doubted = set()
_file = ""


def begin(found, file):
    global _lines, classes, members, decorated, factories, _file
    _lines, classes, members, decorated, factories = found if found is not None else _NONE
    _file = file


def forget():
    made.clear()
    kinds.clear()
    doubted.clear()
    begin(None, "")


def allows(kind):
    """Whether the tests do that with such an object where they are."""
    lines = _lines.get(kind)
    if not lines:
        return False
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != _file:
        frame = frame.f_back
    return frame is not None and frame.f_lineno in lines
