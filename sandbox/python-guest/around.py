"""The candidate's side of what tests put around a call: while it is done, standard input is theirs, what they patched is patched, and what
is written to the standard streams is kept for them."""

import builtins
import sys
import warnings
from io import StringIO

import objects
from plain import encode

__builtins__ = vars(builtins).copy()

_WARNINGS = {kind for kind in vars(builtins).values() if isinstance(kind, type) and issubclass(kind, Warning)}
_modules, _missing = sys.modules, object()
# The streams of the calls under way.
_open = []
# How answers begin that end the instance: the host reads them.
_ENDS = b"t\x01\0\0\0s\x06\0\0\0exited", b"t\x03\0\0\0s\x06\0\0\0raiseds\x0b\0\0\0MemoryError"


def output():
    """What was written since, to standard output and standard error."""
    if not _open:
        return ()
    texts = []
    for stream in _open[-1]:
        # What it closed is lost, as in any Python.
        texts.append("" if stream.closed else stream.getvalue())
        if not stream.closed:
            stream.seek(0)
            stream.truncate()
    return texts


def _put(names, module, name, value):
    """Puts a value into a module, or a class of one, and gives what undoes that."""
    target = names if module == "solution" else vars(_modules[module]) if module in _modules else {}
    *path, name = name.split(".")
    for part in path:
        target = target.get(part, {}) if type(target) is dict else vars(target).get(part, {})
    if type(target) is dict:
        before = target.get(name, _missing)
        target[name] = value
        return lambda: target.pop(name, None) if before is _missing else target.update({name: before})
    before = vars(target).get(name, _missing)
    setattr(target, name, value)
    return lambda: delattr(target, name) if before is _missing else setattr(target, name, before)


def done(around, work, names):
    """The bytes of what was written, of how much of standard input was read, and of the answer to the work."""
    stdin, patches = around["stdin"], around["patches"]
    before = []
    for name, value in around["offers"]:
        names.setdefault(name, value)
    for module, name, value in patches:
        before.append(_put(names, module, name, value))
    streams = sys.stdin, sys.stdout, sys.stderr
    read, out, err = StringIO(stdin or ""), StringIO(), StringIO()
    for stream in (read, out, err):
        stream.mode = "r" if stream is read else "w"
    if stdin is not None:
        sys.stdin = read
    sys.stdout, sys.stderr = out, err
    _open.append((out, err))
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            answer = work()
        texts = output()
    finally:
        _open.pop()
        sys.stdin, sys.stdout, sys.stderr = streams
        for undo in reversed(before):
            undo()
    if answer.startswith(_ENDS):
        return answer
    told = [(str(one.message), one.category if one.category in _WARNINGS else UserWarning) for one in warned]
    return encode(("around", *texts, 0 if read.closed else read.tell(), answer, encode(told, objects.encode_object)))
