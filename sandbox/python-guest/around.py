"""The candidate's side of what tests put around a call: while it is done, standard input is theirs, what they patched is patched, and what
is written to the standard streams is kept for them."""

import builtins
import sys
from io import StringIO

from plain import encode

__builtins__ = vars(builtins).copy()

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


def done(around, work, names):
    """The bytes of what was written, of how much of standard input was read, and of the answer to the work."""
    stdin, patches = around["stdin"], around["patches"]
    before = []
    for name, value in around["offers"]:
        names.setdefault(name, value)
    for module, name, value in patches:
        target = names if module == "solution" else vars(_modules[module]) if module in _modules else None
        if target is not None:
            before.append((target, name, target.get(name, _missing)))
            target[name] = value
    streams = sys.stdin, sys.stdout, sys.stderr
    read, out, err = StringIO(stdin or ""), StringIO(), StringIO()
    for stream in (read, out, err):
        stream.mode = "r" if stream is read else "w"
    if stdin is not None:
        sys.stdin = read
    sys.stdout, sys.stderr = out, err
    _open.append((out, err))
    try:
        answer = work()
        texts = output()
    finally:
        _open.pop()
        sys.stdin, sys.stdout, sys.stderr = streams
        for target, name, value in reversed(before):
            if value is _missing:
                target.pop(name, None)
            else:
                target[name] = value
    if answer.startswith(_ENDS):
        return answer
    return encode(("around", *texts, 0 if read.closed else read.tell(), answer))
