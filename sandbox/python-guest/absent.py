"""What programs ask of the system although nothing depends on the answer: limits of resources, line editing, the standard streams by their
paths."""

import builtins
import functools
import sys
from types import ModuleType

_real_open = builtins.open
_STREAMS = {"/dev/stdin": 0, "/dev/stdout": 1, "/dev/stderr": 2} | {f"/{folder}/fd/{number}": number for folder in ("dev", "proc/self") for number in range(3)}


@functools.wraps(_real_open)
def open(file, *arguments, **keywords):
    if type(file) is str and file in _STREAMS:
        file = _STREAMS[file]
        keywords.setdefault("closefd", False)
    return _real_open(file, *arguments, **keywords)


def _resource():
    made = ModuleType("resource", "Limits of resources, which here are the judge's.")
    names = "CORE CPU FSIZE DATA STACK RSS NPROC NOFILE MEMLOCK AS".split()
    vars(made).update({f"RLIMIT_{name}": number for number, name in enumerate(names)})
    made.RLIM_INFINITY, made.RUSAGE_SELF, made.RUSAGE_CHILDREN, made.error = -1, 0, -1, OSError
    made.setrlimit = lambda kind, limits: None
    made.getrlimit = lambda kind: (-1, -1)
    return made


def _readline():
    made = ModuleType("readline", "Editing of lines, which there is no terminal for.")
    for name in ("parse_and_bind", "set_completer", "read_history_file", "write_history_file", "set_history_length"):
        setattr(made, name, lambda *arguments: None)
    return made


def install():
    builtins.open = open
    for make in (_resource, _readline):
        module = make()
        sys.modules.setdefault(module.__name__, module)
