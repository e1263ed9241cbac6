"""The standard streams of a run, opened afresh: the snapshot's own were made for the build."""

import builtins
import sys
from io import BufferedReader, BufferedWriter, FileIO, TextIOWrapper

__builtins__ = vars(builtins).copy()

_opened = []


def _output(descriptor, size, **options):
    raw = BufferedWriter(FileIO(descriptor, "w", closefd=False), size)
    return TextIOWrapper(raw, encoding="utf-8", errors="surrogateescape", **options)


def install():
    stdin = BufferedReader(FileIO(0, "r", closefd=False))
    sys.stdin = sys.__stdin__ = TextIOWrapper(stdin, encoding="utf-8", errors="surrogateescape")
    sys.stdin.mode = "r"
    sys.stdout = sys.__stdout__ = _output(1, 1 << 16)
    sys.stderr = sys.__stderr__ = _output(2, 1 << 13, line_buffering=True)
    sys.stdout.mode = sys.stderr.mode = "w"
    _opened[:] = sys.stdout, sys.stderr


def flush():
    """Writes out what is left, also when the program put other objects into `sys.stdout` and `sys.stderr`."""
    for stream in (sys.stdout, sys.stderr, *_opened):
        try:
            stream.flush()
        except BaseException:
            pass  # Closed or broken by the program: what it wrote there is lost, as in any Python.
