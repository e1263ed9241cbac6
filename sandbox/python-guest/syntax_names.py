"""What the names of a source may stand for: scopes, imports and aliases read off its syntax tree; nothing is run.

A value is a dotted text (`os.system`, `builtins.eval`), a function or class node of the source, or
`("instance", class)`. An expression has the set of values that it may have; an empty set means that nothing is known.
Order is not followed: a name may have every value that it is given anywhere in its scope. Of the texts, `<globals>` is
the module's own namespace, `sys.modules` the table of modules, and `x.__dict__` the namespace of `x`.
"""

import ast

from syntax_scopes import Scope, argument, defaults, literal, pairs, parameters

IMPORTERS = frozenset(("builtins.__import__", "importlib.__import__", "importlib.import_module"))
RUNNERS = frozenset(("builtins.eval", "builtins.exec", "builtins.compile"))
ITEM_METHODS = ("get", "pop", "setdefault", "__getitem__")
BUILTINS = frozenset(__builtins__ if isinstance(__builtins__, dict) else dir(__builtins__)) | {"exit", "help", "quit"}

# The same object under another name.
_SAME = {
    "posix": "os", "nt": "os", "posixpath": "os.path", "ntpath": "os.path", "io.open": "builtins.open",
    "_io.open": "builtins.open", "_operator": "operator", "_random": "random", "_collections": "collections",
    "_heapq": "heapq", "_bisect": "bisect", "_functools": "functools", "importlib._bootstrap": "importlib",
}  # fmt: skip
# Modules that many others have as an attribute: `shutil.os.system`.
_SHARED = frozenset(("builtins", "importlib", "os", "subprocess", "sys"))
_LEFT_OUT = (ast.Constant, ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop)
_NAMESPACES = frozenset(("globals", "locals", "modules", "vars"))
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_NOTHING = frozenset()
_MOST_VALUES = 32
_MOST_PARTS = 8
_MOST_ROUNDS = 8


class Names:
    """The nodes of a source, each with its scope, and what its expressions may stand for."""

    def __init__(self, tree, resolve, unfold):
        """With `resolve`, names get their values; with `unfold`, literals of code that is run are searched as well."""
        self.module = Scope("module", None, tree)
        self.nodes, self.inner, self.stars, self.imported, self.read = [], {}, [], set(), set()
        self._bindings, self._dependents, self._current, self._memo = [], {}, None, {}
        # Names with more values than are followed, and their lines.
        self.overflowed = set()
        self._add(tree, self.module)
        # Who has its own namespace in hand may take names out of it.
        self.shaky = any(
            isinstance(node, ast.Name) and node.id in _NAMESPACES or isinstance(node, ast.Attribute) and node.attr == "modules"
            for node, _ in self.nodes
        )
        if resolve:
            self._settle()
        for _ in range(_MOST_ROUNDS if unfold else 0):
            if not self._unfold():
                break
            self._settle()

    # The tree.

    def _add(self, tree, scope):
        """Notes a tree's nodes, parents first, without those that only say how another is meant."""
        pending = [(tree, scope)]
        while pending:
            node, scope = pending.pop()
            if isinstance(node, _LEFT_OUT):
                continue
            self.nodes.append((node, scope))
            enter = getattr(self, "_enter_" + node.__class__.__name__, None)
            if enter is None or not enter(node, scope, pending):
                pending += [(child, scope) for child in ast.iter_child_nodes(node)]

    def _bind(self, scope, name, value=None, value_scope=None):
        self._bindings.append((scope, name, value, value_scope))

    def _enter_function(self, node, scope, pending):
        named = not isinstance(node, ast.Lambda)
        inner = self.inner[node] = Scope("function" if named else "lambda", scope, node)
        if named:
            self._bind(scope, node.name, node)
        for parameter in parameters(node.args):
            self._bind(inner, parameter.arg)
            pending.append((parameter, scope))
        for parameter, default in defaults(node.args):
            self._bind(inner, parameter.arg, default, scope)
        outside = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        inside = [node.body]
        if named:
            outside += [*node.decorator_list, *filter(None, [node.returns])]
            inside = [*node.body, *getattr(node, "type_params", ())]
            self._bind_self(node, scope, inner)
        pending += [(child, scope) for child in outside] + [(child, inner) for child in inside]
        return True

    _enter_FunctionDef = _enter_AsyncFunctionDef = _enter_Lambda = _enter_function

    def _bind_self(self, node, scope, inner):
        first = (node.args.posonlyargs + node.args.args)[:1]
        static = any(isinstance(item, ast.Name) and item.id == "staticmethod" for item in node.decorator_list)
        if scope.kind == "class" and first and not static:
            self._bind(inner, first[0].arg, ("instance", scope.node))

    def _enter_ClassDef(self, node, scope, pending):
        inner = self.inner[node] = Scope("class", scope, node)
        self._bind(scope, node.name, node)
        pending += [(child, scope) for child in (*node.decorator_list, *node.bases, *node.keywords)]
        pending += [(child, inner) for child in (*node.body, *getattr(node, "type_params", ()))]
        return True

    def _enter_display(self, node, scope, pending):
        inner = Scope("comprehension", scope, node)
        pending += [(child, inner) for child in ast.iter_child_nodes(node)]
        return True

    _enter_ListComp = _enter_SetComp = _enter_DictComp = _enter_GeneratorExp = _enter_display

    def _enter_comprehension(self, node, scope, pending):
        first = node is scope.node.generators[0]
        pending.append((node.iter, scope.parent if first else scope))
        pending += [(child, scope) for child in (node.target, *node.ifs)]
        return True

    def _enter_Name(self, node, scope, pending):
        if isinstance(node.ctx, ast.Store):
            self._bind(scope, node.id)
        elif isinstance(node.ctx, ast.Del):
            self._bind(scope, node.id)
            scope.deleted.add(node.id)
        return True

    def _enter_Attribute(self, node, scope, pending):
        pending.append((node.value, scope))
        return True

    def _enter_FormattedValue(self, node, scope, pending):
        # A format is stored as an f-string of its own.
        pending.append((node.value, scope))
        pending += [(child, scope) for child in getattr(node.format_spec, "values", ())]
        return True

    _enter_Interpolation = _enter_FormattedValue

    def _enter_Import(self, node, scope, pending):
        for alias in node.names:
            root = alias.name.partition(".")[0]
            self.imported.add(root)
            self._bind(scope, alias.asname or root, same(alias.name if alias.asname else root))

    def _enter_ImportFrom(self, node, scope, pending):
        module = "." * node.level + (node.module or "")
        self.imported.add(same(module).partition(".")[0])
        for alias in node.names:
            if alias.name == "*":
                if module not in self.stars:
                    self.stars.append(module)
            else:
                self._bind(scope, alias.asname or alias.name, same(f"{module}.{alias.name}"))

    def _enter_Assign(self, node, scope, pending):
        for target in node.targets:
            for name, value in pairs(target, node.value):
                if isinstance(name, ast.Name) and value is not None:
                    self._bind(scope, name.id, value, scope)

    def _enter_AnnAssign(self, node, scope, pending):
        if isinstance(node.target, ast.Name) and node.value is not None:
            self._bind(scope, node.target.id, node.value, scope)

    def _enter_NamedExpr(self, node, scope, pending):
        outer = scope
        while outer.kind == "comprehension":
            outer = outer.parent
        self._bind(outer, node.target.id, node.value, scope)
        pending += ((node.target, outer), (node.value, scope))
        return True

    def _enter_Global(self, node, scope, pending):
        kind = type(node).__name__
        scope.declared.update((name, kind) for name in node.names)

    _enter_Nonlocal = _enter_Global

    def _enter_ExceptHandler(self, node, scope, pending):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if isinstance(name, str):
            self._bind(scope, name)

    _enter_MatchAs = _enter_MatchStar = _enter_MatchMapping = _enter_ExceptHandler
    _enter_TypeVar = _enter_ParamSpec = _enter_TypeVarTuple = _enter_ExceptHandler

    # What names are bound to.

    def _home(self, scope, name, bound):
        """The scope that a name bound in `scope` belongs to."""
        kind = scope.declared.get(name)
        if kind == "Global":
            return self.module
        outer = scope.parent if kind else None
        while outer is not None:
            if outer.kind in ("function", "lambda") and (outer, name) in bound and name not in outer.declared:
                return outer
            outer = outer.parent
        return scope

    def _settle(self):
        """Gives every name the values it may have: each binding is read again when a name that it uses gains one."""
        self._memo, self._dependents = None, {}
        bindings = []
        bound = {(scope, name) for scope, name, _, _ in self._bindings}
        for scope, name, value, value_scope in self._bindings:
            home = self._home(scope, name, bound)
            homes = [home]
            if home.kind == "exec":
                homes.append(self.module)  # What `exec` runs may bind names of the module.
            for home in homes:
                home.bound[name] = set()
                if name in scope.deleted:
                    home.deleted.add(name)
                if value is not None:
                    bindings.append((home, name, value, value_scope))
        # In rounds, so that a name has gained all it can before those that use it are read again.
        todo = range(len(bindings))
        while todo:
            again = {}
            for self._current in todo:
                scope, name, value, value_scope = bindings[self._current]
                new = self.values(value, value_scope) if isinstance(value, ast.expr) else {value}
                new = scope.bound[name] | new
                if len(new) > _MOST_VALUES:
                    self.overflowed.add((name, getattr(value, "lineno", 1)))
                elif len(scope.bound[name]) < len(new):
                    scope.bound[name] = new
                    again.update(dict.fromkeys(self._dependents.get((scope, name), ())))
            todo = list(again)
        self._current, self._memo = None, {}

    def _read(self, scope, name):
        if self._current is not None:
            self._dependents.setdefault((scope, name), set()).add(self._current)
        return scope.bound[name]

    def lookup(self, name, scope, place):
        """The values of a name read in a scope, at a place (line, column) or, when that is None, in the end."""
        found, first, bound = set(), scope, False
        while scope is not None:
            if scope.declared.get(name) == "Global":
                scope, place = self.module, None
            if name in scope.bound and (scope.kind != "class" or scope is first):
                bound = True
                found |= self._read(scope, name)
                if scope.sure(name, place) and not (self.shaky and scope is self.module):
                    return found
            if scope.kind in ("function", "lambda", "exec"):
                place = None
            scope = scope.parent
        found.update(same(f"{module}.{name}") for module in self.stars)
        if name == "__builtins__":
            found.add("builtins")
        elif name in BUILTINS:
            found.add("builtins." + name)
        elif not bound:
            found.add(name)
        return found

    # What expressions stand for.

    def values(self, node, scope):
        """The values that an expression may have."""
        chain = []
        while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)) and not (self._memo and node in self._memo):
            chain.append(node)
            node = node.func if isinstance(node, ast.Call) else node.value
        known = self._start(node, scope)
        for node in reversed(chain):
            if isinstance(node, ast.Attribute):
                known = set().union(*(self.attribute(value, node.attr) for value in known))
            elif isinstance(node, ast.Subscript):
                known = self._subscript(node, known)
            else:
                known = self._call(node, known, scope)
            if self._memo is not None:
                self._memo[node] = known
        return known

    def _start(self, node, scope):
        """The values of an expression that no other is the beginning of."""
        if self._memo and node in self._memo:
            return self._memo[node]
        evaluate = getattr(self, "_of_" + type(node).__name__, None)
        known = evaluate(node, scope) if evaluate is not None else _NOTHING
        if self._memo is not None and evaluate is not None:
            self._memo[node] = known
        return known

    def _of_Name(self, node, scope):
        return self.lookup(node.id, scope, (node.lineno, node.col_offset))

    def _of_Lambda(self, node, scope):
        return {node}

    def _of_IfExp(self, node, scope):
        return self.values(node.body, scope) | self.values(node.orelse, scope)

    def _of_BoolOp(self, node, scope):
        return set().union(*(self.values(value, scope) for value in node.values))

    def _of_NamedExpr(self, node, scope):
        return self.values(node.value, scope)

    def _subscript(self, node, known):
        key = literal(node.slice)
        if key is None and isinstance(node.slice, ast.Name) and node.slice.id == "__name__":
            key, known = "__main__", known & {"sys.modules"}
        return set().union(*(self._item(value, key) for value in known)) if key is not None else _NOTHING

    def _call(self, node, functions, scope):
        found = set()
        for function in functions:
            if isinstance(function, ast.ClassDef):
                found.add(("instance", function))
            elif isinstance(function, str):
                found |= self._called(function, node, scope)
        return found

    def _called(self, function, node, scope):
        """What a call of a known function gives back."""
        if function in IMPORTERS:
            name = literal(argument(node, 0, "name"))
            if not name:
                return _NOTHING
            self.imported.add(name.partition(".")[0])
            whole = {"__main__" if name == "__main__" else same(name)}
            return whole if function == "importlib.import_module" else whole | {same(name.partition(".")[0])}
        if function == "builtins.getattr":
            name = literal(argument(node, 1))
            values = self.values(argument(node, 0), scope) if name else ()
            return set().union(*(self.attribute(value, name) for value in values))
        if function == "builtins.globals":
            return {"<globals>"}
        if function in ("builtins.vars", "builtins.locals"):
            if not node.args:
                return {"<globals>"} if scope.kind == "module" else _NOTHING
            values = self.values(node.args[0], scope)
            return set().union(*(self.attribute(value, "__dict__") for value in values if isinstance(value, str)))
        namespace, _, method = function.rpartition(".")
        key = literal(argument(node, 0)) if method in ITEM_METHODS else None
        return self._item(namespace, key) if key is not None else _NOTHING

    def attribute(self, value, name):
        """The values of an attribute of a value."""
        if not isinstance(value, str):
            return self.member(value, name)
        if value == "__main__":
            return {"<globals>"} if name == "__dict__" else self.lookup(name, self.module, None)
        if name == "__builtins__" or (name == "__self__" and value.startswith("builtins.")):
            return {"builtins"}
        if value.count(".") >= _MOST_PARTS:
            return _NOTHING
        found = {same(f"{value}.{name}")}
        if name in _SHARED and not value.startswith(("builtins", "<")):
            self.imported.add(name)
            found.add(name)
        return found

    def _item(self, value, key):
        """The values of an entry of a namespace."""
        if value == "<globals>":
            return self.lookup(key, self.module, None)
        if value == "sys.modules":
            return {same(key)}
        if value == "builtins":
            return {"builtins." + key}
        if isinstance(value, str) and value.endswith(".__dict__"):
            return self.attribute(value[: -len(".__dict__")], key)
        return _NOTHING

    def member(self, value, name):
        """An attribute of a class of the source, or of an instance of one, looked up in its bases as well."""
        found, seen = set(), set()
        pending = [value[1] if isinstance(value, tuple) else value]
        while pending:
            owner = pending.pop()
            if owner in seen or not isinstance(owner, ast.ClassDef):
                continue
            seen.add(owner)
            inner = self.inner[owner]
            if name in inner.bound:
                found |= self._read(inner, name)
                continue
            for base in owner.bases:
                for known in self.values(base, inner.parent):
                    if isinstance(known, str):
                        found |= self.attribute(known, name)
                    else:
                        pending.append(known)
        return found

    # Code in strings.

    def _unfold(self):
        """Adds the code of literals that are run; whether there was any."""
        added = False
        for node, scope in self.nodes[::-1]:
            if "doctest" in self.imported and isinstance(node, _DOCUMENTED) and node not in self.read:
                added = self._examples(node) or added
            if not isinstance(node, ast.Call) or node in self.read:
                continue
            runners = {value for value in self.values(node.func, scope) if isinstance(value, str)} & RUNNERS
            code = code_literal(argument(node, 0, "source")) if runners else None
            if code is None:
                continue
            self.read.add(node)
            added = self._run(code.lstrip(" \t") if "builtins.eval" in runners else code, node, scope) or added
        return added

    def _examples(self, node):
        """Adds the examples of a docstring, which `doctest` runs; whether there were any."""
        self.read.add(node)
        lines = (ast.get_docstring(node) or "").splitlines()
        examples = [line.strip()[4:] for line in lines if line.strip().startswith((">>>", "..."))]
        return bool(examples) and self._run("\n".join(examples), node, self.module)

    def _run(self, code, node, scope):
        """Adds code that runs where a node is; whether it can."""
        try:
            tree = ast.parse(code)
        except (SyntaxError, ValueError):
            return False
        for inner in ast.walk(tree):
            if hasattr(inner, "lineno"):
                inner.lineno = inner.end_lineno = getattr(node, "lineno", 1)
        self._add(tree, Scope("exec", scope, tree))
        return True


def code_literal(node):
    """The code in a literal that is given to `eval`, `exec` or `compile`, or None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, bytes):
        try:
            return node.value.decode()
        except UnicodeDecodeError:
            return None
    return literal(node) if node is not None else None


def same(name):
    """One name for objects that have several."""
    if name in _SAME:
        return _SAME[name]
    head, _, rest = name.partition(".")
    return f"{_SAME[head]}.{rest}" if head in _SAME and rest else name
