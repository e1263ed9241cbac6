"""The judge's side of what tests put around a call: what they patched, their standard input, and their standard output, to which what the
candidate writes is written. Only where the tests look (`looks`), since telling it with each call costs time."""

import ast
import io
import operator
import os
import sys
import warnings
from types import ModuleType
from unittest import mock

# Whether the tests look at it, and whether they look for the exception that ends a program.
looks = exits = False

_FIXED = (("builtins", "input"), ("builtins", "print"), ("builtins", "open"), ("sys", "argv"))
_WORDS = frozenset((
    "stdout", "stderr", "stdin", "capsys", "capfd", "redirect_stdout", "redirect_stderr", "patch", "monkeypatch", "StringIO", "argv",
    "input", "print", "environ", "catch_warnings", "warns", "deprecated_call", "assertWarns", "assertWarnsRegex",
))  # fmt: skip

# What was there before, and what is patched: by module and name.
_original, _patches = {}, {}
# What a candidate warned of in a call.
_warned = []
# The module of the tests, and names of its classes that the candidate has not heard of.
_tests, _offers = None, set()


def looked_at(tree):
    """Whether test code has words of those that look at streams or patch something, and whether it looks for `SystemExit`."""
    exits = any(getattr(node, "id", None) == "SystemExit" for node in ast.walk(tree))
    return _has_words(tree), exits


def _has_words(tree):
    for node in ast.walk(tree):
        words = getattr(node, "attr", None), getattr(node, "id", None), getattr(node, "arg", None)
        stored = isinstance(getattr(node, "ctx", None), ast.Store)
        if isinstance(node, ast.alias):
            words = (node.name, node.name.rpartition(".")[2])
        if any(word in _WORDS and (word not in ("input", "print") or stored) for word in words):
            return True
    return False


def begin(tests_look, offers, tests):
    """Before tests run. Classes that they define and do not call tests are there for a completion that uses them without its own."""
    global looks, exits, _tests
    looks, exits = any(tests_look) or bool(offers), tests_look[1]
    _tests = tests
    _offers.clear()
    _offers.update(offers)
    _original.clear()
    _patches.clear()
    if looks:
        _original.update({key: getattr(sys.modules[key[0]], key[1], None) for key in _FIXED})
        _original["stdin"], _original["environ"] = sys.stdin, dict(os.environ)


def offers(tree):
    """Names of classes at the left margin that hold data and nothing else: no tests, and nothing that knows an answer."""
    return [node.name for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("Test") and not _is_case(node) and _is_plain(node)]


def _is_plain(node):
    """Whether a class has fields, and methods that every object may have."""
    for part in node.body:
        named = isinstance(part, ast.FunctionDef) and part.name[:2] == part.name[-2:] == "__" and part.name != "__call__"
        if not (named or isinstance(part, (ast.AnnAssign, ast.Pass, ast.Expr)) or isinstance(part, ast.Assign) and ast.unparse(part.targets[0]) == "__slots__"):
            return False
    return True


def _is_case(node):
    return any("TestCase" in ast.unparse(base) for base in node.bases)


def _place(target, name):
    """The module of what is patched, and its name there."""
    if isinstance(target, ModuleType):
        return target.__name__, name
    if isinstance(target, type) and getattr(sys.modules.get(target.__module__), target.__qualname__.partition(".")[0], None) is not None:
        return target.__module__, f"{target.__qualname__}.{name}"
    return None


def note(target, name, gone=False):
    """Something of a module was patched, or is as before."""
    place = _place(target, name)
    if place is None or place[0] in ("tests", "__main__"):
        return
    if gone:
        _patches.pop(place, None)
    else:
        _patches[place] = None


def around():
    """What a call needs to know: the rest of standard input unless it is the real one, and what is patched."""
    found = {}
    for module, name in [*_FIXED, *_patches]:
        # Not by `getattr`, which asks the candidate for what the completion's module lacks.
        value = vars(sys.modules[module]).get(name) if "." not in name else operator.attrgetter(name)(sys.modules[module])
        if (module, name) in _patches or value is not _original[module, name]:
            found[module, name] = value
    if (environment := dict(os.environ)) != _original["environ"]:
        found["os", "environ"] = environment
    stream, text = sys.stdin, None
    if stream is not _original["stdin"] and isinstance(stream, io.TextIOBase) and not stream.closed:
        place = stream.tell()
        text = stream.read()
        stream.seek(place)
    offered = [(name, vars(_tests)[name]) for name in _offers if isinstance(vars(_tests).get(name), type)]
    _offers.difference_update(name for name, _ in offered)
    patches = [(module, name, value) for (module, name), value in found.items()]
    return {"stdin": text, "patches": patches, "offers": offered, "exits": exits}


def write(stream, text):
    to = getattr(sys, stream)
    if type(text) is str and text and to is not getattr(sys, f"__{stream}__"):
        to.write(text)


def written(answer, decode):
    """Writes what an answer says was written, and gives the answer within."""
    if not answer.startswith(b"t\x06\0\0\0s\x06\0\0\0around"):
        return answer
    _, out, err, read, inner, warned = decode(answer)
    write("stdout", out)
    write("stderr", err)
    if sys.stdin is not _original["stdin"] and type(read) is int and isinstance(sys.stdin, io.TextIOBase):
        sys.stdin.read(read)
    _warned.extend((str(message), kind) for message, kind in decode(warned, lambda *_: None, None) if issubclass(kind, Warning))
    return inner


def warn():
    """Warns of what the candidate warned of, where the tests may wait for it."""
    told = _warned[:]
    _warned.clear()
    for message, kind in told:
        warnings.warn(message, kind, stacklevel=2)


def install():
    mock._patch.__enter__, mock._patch.__exit__ = _enter, _exit


_real_enter, _real_exit = mock._patch.__enter__, mock._patch.__exit__


def _enter(self):
    made = _real_enter(self)
    note(self.target, self.attribute)
    return made


def _exit(self, *error):
    target, name = self.target, self.attribute
    try:
        return _real_exit(self, *error)
    finally:
        note(target, name, gone=True)
