"""Reading single nodes of a syntax tree, and the scopes of a source: which names each binds, and from where on surely."""

import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def literal(node):
    """The text that an expression of string literals joined by `+` spells, or None."""
    texts, pending = [], [node]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            pending += (node.right, node.left)
        elif isinstance(node, ast.JoinedStr):
            pending += reversed(node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
        else:
            return None
    return "".join(texts)


def argument(call, place, *keywords):
    """An argument by its place or name. A starred one before it could be anything, and is given back instead."""
    for index, value in enumerate(call.args):
        if index == place or isinstance(value, ast.Starred):
            return value
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg in keywords:
            return keyword.value if keyword.arg else keyword
    return None


def pairs(target, value):
    """Each target of an assignment with the value it takes, or with None where that cannot be told."""
    pending = [(target, value)]
    while pending:
        target, value = pending.pop()
        if not isinstance(target, (ast.Tuple, ast.List)):
            yield (target.value, None) if isinstance(target, ast.Starred) else (target, value)
            continue
        values = value.elts if isinstance(value, (ast.Tuple, ast.List)) else ()
        starred = any(isinstance(item, ast.Starred) for item in (*target.elts, *values))
        same = len(values) == len(target.elts) and not starred
        pending += zip(target.elts, values if same else [None] * len(target.elts))


def defaults(arguments):
    """Each parameter that has a default, with it."""
    places = arguments.posonlyargs + arguments.args
    if arguments.defaults:
        yield from zip(places[-len(arguments.defaults) :], arguments.defaults)
    for parameter, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        if default is not None:
            yield parameter, default


def parameters(arguments):
    """All parameters, in the order of their writing."""
    found = arguments.posonlyargs + arguments.args
    found += [arguments.vararg] if arguments.vararg else []
    found += arguments.kwonlyargs
    return found + ([arguments.kwarg] if arguments.kwarg else [])


def _bound_by(statement):
    """The names that a statement of a block surely binds in its own scope."""
    if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    targets = []
    if isinstance(statement, ast.Assign):
        targets = statement.targets
    elif isinstance(statement, (ast.AugAssign, ast.For, ast.AsyncFor)):
        targets = [statement.target]
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        targets = [statement.target]
    elif isinstance(statement, (ast.With, ast.AsyncWith)):
        targets = [item.optional_vars for item in statement.items if item.optional_vars]
    found = (name for target in targets for name, _ in pairs(target, None))
    return {name.id for name in found if isinstance(name, ast.Name)}


def _flow(block, regions):
    """The names that are surely bound after a block; notes from where to where each of them is."""
    bound = set()
    for statement in block:
        new = _bound_by(statement)
        start = (statement.end_lineno, statement.end_col_offset)
        if isinstance(statement, ast.If):
            new = _flow(statement.body, regions)
            while len(statement.orelse) == 1 and isinstance(statement.orelse[0], ast.If):
                statement = statement.orelse[0]
                new &= _flow(statement.body, regions)
            new &= _flow(statement.orelse, regions)
        elif isinstance(statement, (ast.For, ast.AsyncFor, ast.While)):
            first, last = statement.body[0], statement.body[-1]
            for name in new:
                span = (first.lineno, first.col_offset), (last.end_lineno, last.end_col_offset)
                regions.setdefault(name, []).append(span)
            new = set()
            _flow(statement.body, regions)
            _flow(statement.orelse, regions)
        elif isinstance(statement, (ast.With, ast.AsyncWith)):
            start = (statement.body[0].lineno, statement.body[0].col_offset)
            # What it manages may end it early and go on after it.
            _flow(statement.body, regions)
        elif type(statement).__name__ in ("Try", "TryStar"):
            new = _flow(statement.body, regions) | _flow(statement.orelse, regions)
            for handler in statement.handlers:
                new &= _flow(handler.body, regions)
            new |= _flow(statement.finalbody, regions)
        elif isinstance(statement, ast.Match):
            for case in statement.cases:
                _flow(case.body, regions)
        end = (block[-1].end_lineno, block[-1].end_col_offset)
        for name in new - bound:
            regions.setdefault(name, []).append((start, end))
        bound |= new
    return bound


def _bound_first(block):
    """The names that are bound before a module does anything that could call its functions."""
    bound = set()
    for statement in block:
        bound |= _flow([statement], {})
        if not _only_defines(statement):
            break
    return bound


def _only_defines(statement):
    """Whether a statement runs no function of the source. An import of a module of the library does not."""
    if isinstance(statement, FUNCTIONS):
        return not statement.decorator_list
    if isinstance(statement, ast.ClassDef):
        return not statement.decorator_list and not statement.keywords and all(map(_only_defines, statement.body))
    if isinstance(statement, (ast.Assign, ast.AnnAssign)):
        return not any(isinstance(node, (ast.Call, ast.Await)) for node in ast.walk(statement))
    if isinstance(statement, (ast.Try, ast.If)):
        parts = [*statement.body, *statement.orelse]
        if isinstance(statement, ast.Try):
            parts += [*statement.finalbody, *(part for handler in statement.handlers for part in handler.body)]
        return all(map(_only_defines, parts))
    plain = (ast.Import, ast.ImportFrom, ast.Pass, ast.Global)
    return isinstance(statement, plain) or isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


class Scope:
    """A place that binds names; its kind is module, class, function, lambda, comprehension or exec."""

    __slots__ = ("kind", "parent", "node", "bound", "declared", "deleted", "regions", "at_end")

    def __init__(self, kind, parent, node):
        self.kind, self.parent, self.node = kind, parent, node
        self.bound, self.declared, self.deleted = {}, {}, set()
        self.regions, self.at_end = {}, set()
        if kind in ("module", "class"):
            self.at_end = _flow(node.body, self.regions)
        if kind == "module":
            self.at_end &= _bound_first(node.body)

    def sure(self, name, place):
        """Whether the name is bound whenever the place is reached; without a place, whether it is in the end.

        Before that, and in a branch that may not be taken, the name still means the builtin.
        """
        if self.kind in ("function", "lambda", "comprehension"):
            return True
        if name in self.deleted:
            return False
        if place is None:
            return name in self.at_end
        return any(start <= place <= end for start, end in self.regions.get(name, ()))
