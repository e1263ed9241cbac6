"""The reader of tests for `owners.py`: which names they take for classes of the completion, and at which lines they compare, order or reckon with
what comes of them. It goes by what is said in the tests alone, before any completion is seen."""

import ast
import collections
import datetime
import decimal
import fractions
import types

from owners import EQUAL, OPEN, ORDER, RECKON, STOP


def read(tree, names):
    """For the names that tests take from a candidate: the lines of each kind, the names of classes, whether members of enumerations are asked for
    their names, and classes of the tests that the candidate decorates."""
    reader = _Reader(tree, frozenset(names))
    return reader.lines(), frozenset(reader.classes | reader.reckoned), reader.members, frozenset(reader.decorated)


# Attributes of what crosses as what it is, and of functions and generators: they tell no object of the completion.
_PLAIN = frozenset(
    name
    for kind in (
        list, dict, set, frozenset, str, bytes, bytearray, int, float, complex, tuple, range, slice, decimal.Decimal, fractions.Fraction,
        datetime.datetime, datetime.timedelta, datetime.timezone, collections.deque, collections.Counter, collections.OrderedDict,
        collections.defaultdict, types.FunctionType, types.GeneratorType, types.CoroutineType, BaseException,
    )
    for name in dir(kind)
) | {"cache_clear", "cache_info", "name"}  # fmt: skip
_SHOWN = ("str", "repr", "format", "hasattr", "getattr", "setattr", "vars", "hash")
_ASSERTIONS = {
    **dict.fromkeys(("assertEqual", "assertNotEqual", "assertIn", "assertNotIn", "assertEquals", "assertCountEqual", "assertListEqual"), EQUAL),
    **dict.fromkeys(("assertLess", "assertLessEqual", "assertGreater", "assertGreaterEqual"), ORDER),
}
_METHODS = {"__eq__": EQUAL, "__ne__": EQUAL, "__lt__": ORDER, "__le__": ORDER, "__gt__": ORDER, "__ge__": ORDER}
# Names of special methods that tests call.
_ASKED = frozenset((*_METHODS, *(name for name in dir(int) if name.startswith(("__r", "__add", "__sub", "__mul")))))
_THROUGH, _DIFFERENCES = ("abs", "max", "min", "sum", "round", "list", "tuple"), (ast.Sub, ast.Mod, ast.BitXor, ast.Div, ast.FloorDiv)
_EQUALITY, _ORDERING = (ast.Eq, ast.NotEq, ast.In, ast.NotIn), (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


_TOLD = (
    ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.AugAssign, ast.For, ast.comprehension, ast.withitem, ast.Return, ast.Call, ast.Attribute,
    ast.Name, ast.Compare, ast.BinOp,
)  # fmt: skip


class _Reader:
    def __init__(self, tree, names):
        # Of names that only reckoning speaks for, nothing is asked but that.
        self.names, self.classes, self.reckoned, self.bound = names, set(), set(), {}
        # Variables, attributes and methods that hold or give objects; and variables that hold displays of objects.
        self.held, self.given, self.many = set(), set(), set()
        # Operators whose results are used as objects.
        self.opened = {}
        # Statements within which `StopIteration` is waited for.
        self.waiting = []
        # Whether the tests ask something for its name or value, as members of enumerations have; and classes of theirs that the completion changes.
        self.members, self.decorated = False, set()
        self.nodes, self.above, self.loads, self.assigned = [], {}, {}, {}
        self._note(tree)
        before = None
        while before != (before := tuple(map(len, (self.classes, self.reckoned, self.bound, self.held, self.given, self.many)))):
            self.seen = set()
            for node in self.nodes:
                self._learn(node)

    def _note(self, tree):
        """The nodes that matter, what each stands in, and where variables are read and assigned to. Literals are most of many tests."""
        pending = [tree]
        while pending:
            node = pending.pop()
            for child in ast.iter_child_nodes(node):
                if not isinstance(child, (ast.Constant, ast.expr_context)):
                    self.above[id(child)] = node
                    pending.append(child)
            if isinstance(node, ast.Attribute):
                self.members |= node.attr in ("name", "value")
            if isinstance(node, _TOLD):
                self.nodes.append(node)
            elif isinstance(node, ast.ClassDef):
                roots = {getattr(one.func if isinstance(one, ast.Call) else one, "id", None) for one in node.decorator_list}
                self.decorated |= {node.name} if roots & self.names else set()
            elif isinstance(node, ast.With) and any(_names_stop(item.context_expr) for item in node.items):
                self.waiting.append(node.body)
            elif isinstance(node, ast.Try) and any(one.type is not None and _names_stop(one.type) for one in node.handlers):
                self.waiting.append(node.body)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                self.loads.setdefault(node.id, []).append(node)
            elif isinstance(node, ast.Assign) and not isinstance(node.value, ast.Name):
                for target in node.targets:
                    self.assigned.setdefault(getattr(target, "id", None), []).append(node.value)

    def _called(self, node):
        """The name of what is called, if it may be the candidate's: `V(…)`, `solution.V(…)`."""
        if not isinstance(node, ast.Call):
            return None
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)
        return name if name in self.names else None

    def is_object(self, node):
        if isinstance(node, ast.Name):
            return node.id in self.held
        if isinstance(node, ast.Call):
            function = node.func
            name = self._called(node)
            return name in self.classes or name in self.reckoned or name in self.given or getattr(function, "attr", getattr(function, "id", None)) in self.given
        if isinstance(node, ast.Attribute):
            return node.attr in self.held or node.attr in self.given
        if isinstance(node, ast.BinOp):
            return self.is_object(node.left) or self.is_object(node.right)
        if isinstance(node, ast.Subscript):
            return isinstance(node.value, ast.Name) and node.value.id in self.many
        if isinstance(node, ast.NamedExpr):
            return self.is_object(node.value)
        return isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not) and self.is_object(node.operand)

    def _all(self, node):
        """Whether it is a display of objects."""
        if isinstance(node, ast.Name):
            return node.id in self.many
        if isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            return self.is_object(node.elt)
        return isinstance(node, (ast.List, ast.Tuple, ast.Set)) and bool(node.elts) and all(map(self.is_object, node.elts))

    def _bind(self, target, value, one, many):
        name = getattr(target, "id", getattr(target, "attr", None))
        if isinstance(target, (ast.Tuple, ast.List)):
            parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts) else []
            for inner, part in zip(target.elts, parts):
                self._bind(inner, part, self.is_object(part), self._all(part))
        elif name is not None:
            self.held |= {name} if one else set()
            self.many |= {name} if many else set()

    def _learn(self, node):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value, self.is_object(node.value), self._all(node.value))
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
            self._bind(node.target, node.value, self.is_object(node.value), self._all(node.value))
        elif isinstance(node, (ast.For, ast.comprehension)):
            self._bind(node.target, None, self._all(node.iter), False)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._bind(node.optional_vars, None, self.is_object(node.context_expr), False)
        elif isinstance(node, ast.Return) and node.value is not None and self.is_object(node.value):
            self._returned(node)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "parametrize":
            self._parametrized(node)
        elif isinstance(node, ast.Attribute) and (node.attr not in _PLAIN or node.attr in _ASKED):
            self._used(node.value)
        elif isinstance(node, (ast.Name, ast.Attribute)):
            self._named(node)

    def _returned(self, node):
        """A function of the tests that gives an object: what is called so, and a fixture of that name."""
        while node is not None and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node = self.above.get(id(node))
        if node is not None and not node.name.startswith("test"):
            self.given.add(node.name)
            if node.decorator_list:
                self.held.add(node.name)

    def _parametrized(self, node):
        if len(node.args) < 2 or not isinstance(node.args[1], (ast.List, ast.Tuple)):
            return
        names, rows = node.args[0], node.args[1].elts
        names = names.value.split(",") if isinstance(names, ast.Constant) and type(names.value) is str else [getattr(one, "value", "") for one in getattr(names, "elts", ())]
        for place, name in enumerate(names):
            cells = rows if len(names) == 1 else [row.elts[place] for row in rows if isinstance(row, (ast.Tuple, ast.List)) and len(row.elts) > place]
            if any(map(self.is_object, cells)):
                self.held.add(str(name).strip())

    def _used(self, node):
        """What has attributes that no plain data has is an object."""
        while isinstance(node, (ast.BinOp, ast.UnaryOp)):
            self.opened[id(node)] = node
            node = node.operand if isinstance(node, ast.UnaryOp) else node.left if self._root(node.left) or not self._root(node.right) else node.right
        name = self._called(node)
        if name is not None and _is_class(name):
            self.classes.add(name)
        elif name is not None:
            self.given.add(name)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr not in _PLAIN:
            self.given.add(node.func.attr)
        elif isinstance(node, ast.Attribute) and node.attr not in _PLAIN:
            self.given.add(node.attr)
        elif isinstance(node, ast.Name):
            self._used_variable(node.id)

    def _used_variable(self, name):
        if name not in self.seen:
            self.seen.add(name)
            for value in self.assigned.get(name, ()):
                self._used(value)

    def _named(self, node):
        """A name that is used as only a class is."""
        name, parent = getattr(node, "id", getattr(node, "attr", None)), self.above.get(id(node))
        if name not in self.names or not _is_class(name):
            return
        if not (isinstance(parent, ast.Call) and parent.func is node):
            if not isinstance(parent, (ast.alias, ast.ImportFrom)):
                self.classes.add(name)
        elif self._is_used(parent, name):
            self.classes.add(name)

    def _is_used(self, node, name):
        """Whether what a call of that name gives, or a variable that it is kept in, is used as an object."""
        around = self.above.get(id(node))
        while isinstance(around, (ast.BinOp, ast.UnaryOp)) or isinstance(around, ast.Call) and getattr(around.func, "id", "") in _THROUGH:
            if isinstance(around, ast.BinOp) and (not isinstance(around.op, _DIFFERENCES) or self._root(around.left) == name == self._root(around.right)):
                self.reckoned.add(name)
            around = self.above.get(id(around))
        if isinstance(around, ast.Call):
            function = getattr(around.func, "id", "")
            if function == "divmod":
                self.reckoned.add(name)
            return function in _SHOWN
        if isinstance(around, ast.Compare):
            roots = {self._root(part) for part in (around.left, *around.comparators)}
            return roots == {name} or isinstance(self.above.get(id(around)), ast.Expr)
        if isinstance(around, ast.Expr):
            # Nobody looks at what it gives: it is to raise.
            return self.above.get(id(node)) is not around
        if isinstance(variable := self._kept_in(node, around), ast.Name):
            self.bound.setdefault(variable.id, set()).add(name)
            if (variable.id, name) in self.seen:
                return False
            self.seen.add((variable.id, name))
            return any([self._is_used(one, name) for one in self.loads.get(variable.id, ())])
        return isinstance(around, (ast.FormattedValue, ast.withitem))

    def _kept_in(self, node, around):
        """What a value is assigned to: `v = V()`, `v, w = V(), V()`."""
        if isinstance(around, ast.Assign):
            return around.targets[0] if around.value is node and len(around.targets) == 1 else None
        above = self.above.get(id(around))
        if isinstance(around, ast.Tuple) and isinstance(above, ast.Assign) and isinstance(above.targets[0], ast.Tuple):
            return next((target for target, value in zip(above.targets[0].elts, around.elts) if value is node), None)
        return None

    def _root(self, node):
        """The name whose call, or calls of nothing else, a value comes from."""
        if isinstance(node, ast.UnaryOp):
            return self._root(node.operand)
        if isinstance(node, ast.BinOp):
            return self._root(node.left) or self._root(node.right)
        if isinstance(node, ast.Name) and len(self.bound.get(node.id, ())) == 1:
            return [*self.bound[node.id]][0]
        return self._called(node)

    def lines(self):
        found = {kind: set() for kind in (EQUAL, ORDER, RECKON, OPEN, STOP)}
        for node in self.nodes:
            for kind in self._does(node):
                found[kind].update(range(node.lineno, node.end_lineno + 1))
        for body in self.waiting:
            found[STOP].update(line for node in body for line in range(node.lineno, node.end_lineno + 1))
        return found

    def _is_weak(self, parts):
        return bool({self._root(part) for part in parts} & (self.reckoned - self.classes))

    def _does(self, node):
        if isinstance(node, ast.Compare):
            parts = [node.left, *node.comparators]
            if any(map(self.is_object, parts)) or any(map(self._all, parts)):
                kinds = {kind for kind, ops in ((EQUAL, _EQUALITY), (ORDER, _ORDERING)) if any(isinstance(op, ops) for op in node.ops)}
                yield from () if self._is_weak(parts) else kinds
        elif isinstance(node, (ast.BinOp, ast.AugAssign)):
            parts = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
            if any(map(self.is_object, parts)):
                yield RECKON
            if id(node) in self.opened:
                yield OPEN
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in _ASSERTIONS and any(self.is_object(one) or self._all(one) for one in node.args[:2]):
                if not self._is_weak(node.args[:2]):
                    yield _ASSERTIONS[name]
            elif name in _METHODS and isinstance(node.func, ast.Attribute) and self.is_object(node.func.value):
                yield _METHODS[name]
            elif any(self.is_object(one) or self._all(one) for one in node.args):
                # `divmod`, `sum`, `max`, and what the tests define themselves.
                yield RECKON
                yield ORDER
            elif isinstance(node.func, ast.Attribute) and name in ("index", "count", "remove"):
                yield from (EQUAL for one in node.args[:1] if self.is_object(one))


def _names_stop(node):
    return any(getattr(part, "id", "") in ("StopIteration", "StopAsyncIteration") for part in ast.walk(node))


def _is_class(name):
    return name.lstrip("_")[:1].isupper()
