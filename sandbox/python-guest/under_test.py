"""Names that the library has too, and that may be what the tests are about: a function `sum`, a class `Counter`.

Such a name is the candidate's where the tests use it as the library's own cannot be used, or call it for its own sake. It is the judge's
where it stands around a call of the candidate, or is compared with one: then it belongs to the question, not to the answer.
"""

import ast
import builtins
import difflib
import importlib
import sys
import typing

import preload

_TYPING = frozenset(typing.__all__)
_ASSERTED = (ast.Compare, ast.UnaryOp, ast.BoolOp, ast.Assert)


def module_named(name):
    """A module of the library that can be imported here."""
    try:
        return importlib.import_module(name) if name in sys.stdlib_module_names and name not in preload.LEFT_OUT else None
    except Exception:
        return None


def is_shared(name):
    return name in sys.stdlib_module_names or name in _TYPING


def doubtful(tree, names, shared_builtins, function):
    """Of these names those that are the candidate's if it defines them. Lists of them: the first of which it defines one counts."""
    sure = {name for name in names if not is_shared(name)} | {function}
    uses = _Uses(tree, sure)
    shared = [name for name in names if name != function and is_shared(name) and uses.is_own(name)]
    if function is not None:
        return [shared]
    called = [name for name in shared_builtins if name in uses.called and name not in uses.around]
    direct = [name for name in called if name in uses.asserted]
    if uses.used_surely:
        # There is something else to test: what is called with variables may be a part of the question.
        return [shared + [name for name in direct if name not in uses.varied | uses.expected]]
    # With nothing else to test, what wraps another of them is the judge's.
    inner = [name for name in called if not uses.wraps[name] & set(called)]
    return [shared, direct, inner]


def mistyped(tree, names, function):
    """Names that nobody is asked for: never called, and almost those that the tests define; or with a known function, almost a builtin."""
    called, bound = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.add(node.func.id)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            bound.add(node.id)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            bound.add(node.name)
    others = [name for name in names if name in called]
    known = {True: list(vars(builtins)) if function is not None else [], False: list(bound) if others or function is not None else []}
    return [name for name in names if name != function and len(name) > 3 and difflib.get_close_matches(name, known[name in called], 1, 0.82)]


class _Uses:
    """How test code uses names."""

    def __init__(self, tree, sure):
        # Names that are called, stand around a call of what is surely the candidate's, are asserted something of; are called with more
        # than literals, are used otherwise than for an attribute; are compared with variables.
        self.called, self.around, self.asserted, self.used = set(), set(), set(), set()
        self.expected, self.varied, self.bare, self.wraps, self.attributes, self.sure = set(), set(), set(), {}, {}, sure
        self._walk(tree, None)
        self.used_surely = bool(self.used & sure)

    def _walk(self, node, parent):
        if isinstance(node, ast.Name):
            self.used.add(node.id)
            if isinstance(parent, ast.Attribute):
                self.attributes.setdefault(node.id, set()).add(parent.attr)
            else:
                self.bare.add(node.id)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            self.called.add(name)
            inside = {part.id for part in self._calls(node) if part.id != name}
            self.wraps.setdefault(name, set()).update(inside)
            if inside & self.sure:
                self.around.add(name)
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if any(isinstance(part, (ast.Name, ast.Call)) for one in given for part in ast.walk(one)):
                self.varied.add(name)
            if isinstance(parent, _ASSERTED) or isinstance(parent, ast.Call) and _asserts(parent):
                self.asserted.add(name)
        if isinstance(node, ast.Compare) or isinstance(node, ast.Call) and _asserts(node):
            parts = [node.left, *node.comparators] if isinstance(node, ast.Compare) else node.args
            found = [{part.id for part in self._calls(part_of)} for part_of in parts]
            read = [{part.id for part in ast.walk(one) if isinstance(part, ast.Name)} for one in parts]
            for at, names in enumerate(found):
                # What is compared with a variable may be what is expected of the candidate.
                if any(other - names for place, other in enumerate(read) if place != at):
                    self.expected |= names - self.sure
                if any(other & self.sure for place, other in enumerate(found) if place != at):
                    self.around |= names - self.sure
        for child in ast.iter_child_nodes(node):
            self._walk(child, node)

    @staticmethod
    def _calls(node):
        return [part.func for part in ast.walk(node) if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)]

    def is_own(self, name):
        """Whether a name that the library has too is used otherwise than the library's can be."""
        if name in _TYPING and name not in sys.stdlib_module_names:
            return name in self.called and not (self.used_surely and name in self.varied | self.around | self.expected)
        return name in self.bare or any(not hasattr(module_named(name), attribute) for attribute in self.attributes.get(name, ()))


def _asserts(call):
    return getattr(call.func, "attr", "").startswith("assert")
