"""What names of test code may hold: for each variable, attribute and parameter, the calls that its values come from, whichever of them it is."""

import ast


def parts(node):
    """The expressions whose objects a value may be, or be made of: `-a`, `a + b`, `[a, b]`, `a == b`, `max(a, b)`."""
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.UnaryOp):
        return [] if isinstance(node.op, ast.Not) else [node.operand]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return [one for one in node.elts if not isinstance(one, ast.Constant)]
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
        return [node.elt]
    if isinstance(node, (ast.NamedExpr, ast.Starred, ast.Subscript)):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("max", "min") and len(node.args) > 1:
        return node.args
    return []


class Bindings:
    """The values that names are given, and what these come from: a name that is called, `.name` for an attribute or a method."""

    def __init__(self, nodes, names):
        self.names, self.values, self.functions = names, {}, {}
        self.functions = {node.name: node for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
        for node in nodes:
            self._note(node)
        self.sources = self._followed()

    def _bind(self, target, value):
        if isinstance(target, (ast.Tuple, ast.List)):
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                for inner, part in zip(target.elts, value.elts):
                    self._bind(inner, part)
        elif isinstance(target, ast.Name):
            self.values.setdefault(target.id, []).append(value)
        elif isinstance(target, ast.Attribute):
            self.values.setdefault("." + target.attr, []).append(value)

    def _note(self, node):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._bind(target, node.value)
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
            self._bind(node.target, node.value)
        elif isinstance(node, (ast.For, ast.comprehension)):
            for value in node.iter.elts if isinstance(node.iter, (ast.List, ast.Tuple)) else [node.iter] if isinstance(node.iter, ast.Name) else []:
                self._bind(node.target, value)
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            self._bind(node.optional_vars, node.context_expr)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and not node.name.startswith("test"):
            # What a helper gives, and a fixture, whose name is a parameter elsewhere.
            given = [one.value for one in ast.walk(node) if isinstance(one, (ast.Return, ast.Yield)) and one.value is not None]
            self.values.setdefault(node.name, []).extend(given)
        elif isinstance(node, ast.Call):
            self._handed(node)

    def _handed(self, node):
        function = self.functions.get(getattr(node.func, "id", None))
        if function is not None:
            for parameter, value in zip(function.args.args, node.args):
                self.values.setdefault(parameter.arg, []).append(value)
        elif getattr(node.func, "attr", "") == "parametrize" and len(node.args) > 1 and isinstance(node.args[1], (ast.List, ast.Tuple)):
            names, rows = node.args[0], node.args[1].elts
            written = type(getattr(names, "value", None)) is str
            told = names.value.split(",") if written else [getattr(one, "value", "") for one in getattr(names, "elts", ())]
            many = [row.elts for row in rows if isinstance(row, (ast.Tuple, ast.List))]
            for place, name in enumerate(told):
                cells = rows if len(told) == 1 else [row[place] for row in many if len(row) > place]
                self.values.setdefault(str(name).strip(), []).extend(cells)

    def _followed(self):
        """The sources of each name, with those of the names that it is given."""
        found, over = {}, {}
        for name, values in self.values.items():
            found[name], over[name] = set(), set()
            for value in values:
                sources, names = self._direct(value)
                found[name] |= sources
                over[name] |= names
        changed = True
        while changed:
            changed = False
            for name, others in over.items():
                before = len(found[name])
                for other in others:
                    found[name] |= found.get(other, set())
                changed |= len(found[name]) > before
        return found

    def _direct(self, node):
        """The sources that an expression names itself, and the names of variables that it is made of."""
        sources, names, pending = set(), set(), [node]
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute):
                names.add("." + node.attr)
                sources.add("." + node.attr)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in self.functions:
                names.add(node.func.id)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", None) in self.names:
                # A method of a class: `V.of(…)`; or of a module, such as `solution.V(…)`.
                sources |= {node.func.attr} if node.func.attr in self.names else {f"{node.func.value.id}.{node.func.attr}", "." + node.func.attr}
            elif isinstance(node, ast.Call) and (name := getattr(node.func, "id", getattr(node.func, "attr", None))) is not None:
                sources.add(name if name in self.names else "." + name if isinstance(node.func, ast.Attribute) else name)
            pending += parts(node)
        return sources, names

    def of(self, node):
        """What a value comes from."""
        sources, names = self._direct(node)
        return sources.union(*(self.sources.get(name, ()) for name in names))
