"""The reader of tests for `owners.py`: which names they take for classes of the completion, and at which lines they compare, order or reckon with
what comes of them. It goes by what is said in the tests alone, before any completion is seen."""

import ast
import collections
import datetime
import decimal
import fractions
import pathlib
import re
import types
import uuid

from bindings import Bindings, parts
from owners import EQUAL, OPEN, ORDER, RECKON, STOP


def read(tree, names):
    """For the names that tests take from a candidate: the lines of each kind, the names of classes, whether members of enumerations are asked for
    their names, classes of the tests that the candidate decorates, and methods that give objects."""
    reader = _Reader(tree, frozenset(names))
    factories = (source.rpartition(".")[2] for source in reader.given if "." in source)
    return reader.lines(), frozenset(reader.classes | reader.reckoned), reader.members, frozenset(reader.decorated), frozenset(factories)


def _attributes(*kinds):
    return frozenset(name for kind in kinds for name in dir(kind)) | {"cache_clear", "cache_info"}


# Attributes of what functions give, and of what else crosses as what it is: they tell no object of the completion.
_BUILTIN = _attributes(list, dict, set, frozenset, str, bytes, bytearray, int, float, complex, tuple, range)
_PLAIN = _BUILTIN | {"name"} | _attributes(
    slice, decimal.Decimal, fractions.Fraction, datetime.datetime, datetime.timedelta, datetime.timezone, collections.deque, collections.Counter,
    collections.OrderedDict, collections.defaultdict, types.FunctionType, types.GeneratorType, types.CoroutineType, BaseException, pathlib.PosixPath,
    re.Pattern, re.Match, uuid.UUID,
)  # fmt: skip
_SHOWN = ("str", "repr", "format", "hasattr", "getattr", "setattr", "vars", "hash")
_ASSERTIONS = {
    **dict.fromkeys(("assertEqual", "assertNotEqual", "assertIn", "assertNotIn", "assertEquals", "assertCountEqual", "assertListEqual"), EQUAL),
    **dict.fromkeys(("assertLess", "assertLessEqual", "assertGreater", "assertGreaterEqual"), ORDER),
}
_METHODS = {"__eq__": EQUAL, "__ne__": EQUAL, "__lt__": ORDER, "__le__": ORDER, "__gt__": ORDER, "__ge__": ORDER}
# Names of special methods that tests call.
_ASKED = frozenset((*_METHODS, *(name for name in dir(int) if name.startswith(("__r", "__add", "__sub", "__mul")))))
_DIFFERENCES, _NO_NUMBERS = (ast.Sub, ast.Mod, ast.BitXor, ast.Div, ast.FloorDiv), (ast.List, ast.Tuple, ast.Dict, ast.JoinedStr)
_EQUALITY, _ORDERING = (ast.Eq, ast.NotEq, ast.In, ast.NotIn), (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class _Reader:
    def __init__(self, tree, names):
        # Classes; such that only reckoning speaks for, of which nothing is asked but that; and what else gives objects.
        self.names, self.classes, self.reckoned, self.given = names, set(), set(), set()
        # Operators whose results are used as objects.
        self.opened = set()
        # Statements within which `StopIteration` is waited for.
        self.waiting = []
        # Whether the tests ask something for its name or value, as members of enumerations have; and classes of theirs that the completion changes.
        self.members, self.decorated = False, set()
        self.nodes, self.above, self.seen = [], {}, set()
        self._note(tree)
        self.bindings = Bindings(self.nodes, names)
        for node in self.nodes:
            self._learn(node)

    def _note(self, tree):
        """All nodes but literals, which are most of many tests, and what each stands in."""
        pending = [tree]
        while pending:
            node = pending.pop()
            self.nodes.append(node)
            for child in ast.iter_child_nodes(node):
                if not isinstance(child, (ast.Constant, ast.expr_context)):
                    self.above[id(child)] = node
                    pending.append(child)

    def _learn(self, node):
        above = self.above.get(id(node))
        if isinstance(node, ast.Attribute):
            self.members |= node.attr in ("name", "value")
            if node.attr not in _BUILTIN or node.attr in _ASKED:
                self._used(node.value, node.attr)
        if isinstance(node, (ast.Name, ast.Attribute)):
            self._named(node, above)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            self._told(node.args[:1] if name in _SHOWN else ())
            for one in node.args if name == "divmod" else ():
                self.reckoned |= self._classes_of(one)
        elif isinstance(node, (ast.FormattedValue, ast.Expr)):
            # A statement whose value nobody looks at is to raise.
            self._told([node.value] if isinstance(node, ast.FormattedValue) else parts(node.value))
        elif isinstance(node, ast.withitem):
            self._told([node.context_expr])
        elif isinstance(node, ast.Dict):
            self._told(key for key in node.keys if key is not None)
        elif isinstance(node, ast.Set):
            self._told(node.elts)
        elif isinstance(node, ast.Subscript):
            self._told([node.slice, *([] if isinstance(node.ctx, ast.Load) or not isinstance(node.value, ast.Name) else [node.value])])
        elif isinstance(node, ast.AugAssign):
            self._told([node.target])
        elif isinstance(node, ast.Compare):
            sources = [self.bindings.of(part) for part in parts(node)]
            is_reckoned = isinstance(above, (ast.BinOp, ast.UnaryOp)) and not isinstance(above.op, ast.Not)
            if is_reckoned or all(sources) and len(set.union(*sources)) == 1:
                self._told(parts(node))
        elif isinstance(node, ast.BinOp):
            self._reckoned(node)
        elif isinstance(node, ast.ClassDef):
            roots = {getattr(one.func if isinstance(one, ast.Call) else one, "id", None) for one in node.decorator_list}
            self.decorated |= {node.name} if roots & self.names else set()
        elif isinstance(node, ast.With) and any(_names_stop(item.context_expr) for item in node.items):
            self.waiting.append(node.body)
        elif isinstance(node, ast.Try) and any(one.type is not None and _names_stop(one.type) for one in node.handlers):
            self.waiting.append(node.body)

    def _classes_of(self, node):
        return {source for source in self.bindings.of(node) if source in self.names and _is_class(source)}

    def _told(self, nodes):
        """Used as only objects are."""
        for node in nodes:
            self.classes |= self._classes_of(node)
            self.given |= {source for source in self.bindings.of(node) if "." in source[1:] and _is_class(source)}

    def _used(self, node, attribute):
        """What has attributes that no plain data has is an object."""
        self._told([node])
        if attribute not in _PLAIN or attribute in _ASKED:
            self._open(node)
            for source in self.bindings.of(node):
                if source in self.names and not _is_class(source) or source[:1] == "." and source[1:] not in _PLAIN:
                    self.given.add(source)

    def _open(self, node):
        if isinstance(node, ast.BinOp):
            self.opened.add(id(node))
        if isinstance(node, (ast.BinOp, ast.UnaryOp)):
            for part in parts(node):
                self._open(part)
        elif isinstance(node, ast.Name) and node.id not in self.seen:
            self.seen.add(node.id)
            for value in self.bindings.values.get(node.id, ()):
                self._open(value)

    def _named(self, node, above):
        name = getattr(node, "id", getattr(node, "attr", None))
        called = isinstance(above, ast.Call) and above.func is node
        if name in self.names and _is_class(name) and not called and not isinstance(above, (ast.alias, ast.ImportFrom)):
            self.classes.add(name)

    def _reckoned(self, node):
        left, right = self._classes_of(node.left), self._classes_of(node.right)
        for sources, others, other in ((left, right, node.right), (right, left, node.left)):
            no_number = isinstance(other, _NO_NUMBERS) or isinstance(other, ast.Constant) and type(other.value) is str
            if not isinstance(node.op, _DIFFERENCES) or sources == others or no_number:
                self.reckoned |= sources

    def is_object(self, node):
        return not self.bindings.of(node).isdisjoint(self.known)

    def lines(self):
        self.known = self.classes | self.reckoned | self.given
        weak = self.reckoned - self.classes
        found = {kind: set() for kind in (EQUAL, ORDER, RECKON, OPEN, STOP)}
        for node in self.nodes:
            for kind in self._does(node, weak):
                found[kind].update(range(node.lineno, node.end_lineno + 1))
        for body in self.waiting:
            found[STOP].update(line for node in body for line in range(node.lineno, node.end_lineno + 1))
        return found

    def _does(self, node, weak):
        if isinstance(node, ast.Compare):
            if any(map(self.is_object, parts(node))) and not any(weak & self.bindings.of(part) for part in parts(node)):
                yield from (kind for kind, ops in ((EQUAL, _EQUALITY), (ORDER, _ORDERING)) if any(isinstance(op, ops) for op in node.ops))
        elif isinstance(node, (ast.BinOp, ast.AugAssign)):
            if any(map(self.is_object, parts(node) or [node.target, node.value])):
                yield RECKON
            if id(node) in self.opened:
                yield OPEN
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in _ASSERTIONS:
                if any(map(self.is_object, node.args[:2])) and not any(weak & self.bindings.of(part) for part in node.args[:2]):
                    yield _ASSERTIONS[name]
            elif name in _METHODS and isinstance(node.func, ast.Attribute) and self.is_object(node.func.value):
                yield _METHODS[name]
            elif any(map(self.is_object, node.args)):
                # `divmod`, `sum`, `max`, and what the tests define themselves.
                yield RECKON
                yield EQUAL if name in ("index", "count", "remove") else ORDER


def _names_stop(node):
    return any(getattr(part, "id", "") in ("StopIteration", "StopAsyncIteration") for part in ast.walk(node))


def _is_class(name):
    return name.lstrip("_")[:1].isupper()
