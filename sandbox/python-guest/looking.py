"""Whether test code can see that a list, dict or set of one side is a copy of the other's: it looks at arguments after a call, at which object
something is, fills what it was given, or looks at something again after another call. Then containers are shared (`shared.py`)."""

import ast
import builtins

_IDENTITY = frozenset(("assertIs", "assertIsNot"))
_FILLING = frozenset((
    "append", "extend", "insert", "remove", "clear", "sort", "reverse", "add", "discard", "update", "setdefault", "popitem", "popleft",
    "appendleft", "extendleft", "rotate", "pop",
))  # fmt: skip
_BUILTIN = frozenset(vars(builtins))
_DISPLAYS = ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp
# What is shared: nothing, what a candidate gives, or that and what it is handed.
NOTHING, GIVEN, HANDED = range(3)


def looks(tree, names):
    """How much of it test code can see, where `names` are the candidate's.

    What is handed over is shared only where the tests say something of it. Else what is expected may be worked out from it after the call, as in
    `f(xs) == sorted(xs)`, and a candidate that empties it would be right.
    """
    handed, compared, filled, own, given = set(), set(), set(), set(), False
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "")
            if name in _IDENTITY or getattr(node.func, "id", "") == "id":
                return HANDED
            if name in _FILLING:
                filled.update(_roots([node.func.value], ()))
                given |= not isinstance(node.func.value, (ast.Name, ast.Constant))
            if name.startswith("assert"):
                compared.update(_compared(node.args))
            else:
                handed.update(_inside([*node.args, *(keyword.value for keyword in node.keywords)]))
        elif isinstance(node, ast.Compare):
            if any(isinstance(op, (ast.Is, ast.IsNot)) for op in node.ops) and not _is_constant(node):
                return HANDED
            compared.update(_compared([node.left, *node.comparators]))
        elif isinstance(node, ast.Assert):
            compared.update(_compared([node.test]))
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            return HANDED
        elif isinstance(node, (ast.Return, ast.Lambda)):
            # What a function of the tests gives to the candidate that calls it.
            handed.update(_roots([node.value if isinstance(node, ast.Return) else node.body], ()))
        elif isinstance(node, ast.Assign) and isinstance(node.value, _DISPLAYS):
            own.update(getattr(target, "id", "") for target in node.targets)
    if handed & (compared | filled):
        return HANDED
    return GIVEN if given or filled - own or _looks_again(tree, names) else NOTHING


def _looks_again(tree, names):
    """Whether something that a call or an attribute gave is used after another call of the candidate."""
    modules = {(alias.asname or alias.name).partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    scopes = (node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)))
    return any(_is_used_again(scope, names, modules - names) for scope in scopes)


def _is_used_again(scope, names, modules):
    """The same in one scope, by the order of its statements."""
    kept, calls, again = {}, [], {}
    # In their order, so that a variable is known where it is called.
    pending = [(statement, statement) for statement in reversed(scope.body)]
    while pending:
        node, statement = pending.pop()
        statement = node if isinstance(node, ast.stmt) else statement
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Call, ast.Attribute)) and not _is_builtin(node.value):
            for target in node.targets:
                for name in getattr(target, "elts", [target]):
                    if isinstance(name, ast.Name):
                        kept.setdefault(name.id, node.end_lineno)
        elif isinstance(node, ast.Call) and (_asks(node.func, names, modules) or getattr(node.func, "id", "") in kept):
            # What is used within the same statement is not used after it.
            calls.append(statement.end_lineno if not hasattr(statement, "body") else node.end_lineno)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            # Of an object, what is asked of it.
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            again[node.id] = max(again.get(node.id, 0), node.lineno)
        pending += ((child, statement) for child in ast.iter_child_nodes(node))
    return any(any(end < call < again.get(name, 0) for call in calls) for name, end in kept.items())


def _asks(function, names, modules):
    """Whether calling this may ask the candidate for something."""
    if isinstance(function, ast.Name):
        return function.id in names
    return not (isinstance(function, ast.Attribute) and (getattr(function.value, "id", "") in modules or function.attr.startswith("assert")))


def _is_constant(compare):
    return all(isinstance(part, ast.Constant) for part in compare.comparators)


def _compared(parts):
    """The variables that are looked at; through other functions than `len` only beside literals, since what is expected may be worked out of them."""
    found = {*_roots(parts, ("len",))}
    for part in parts:
        others = [one for one in parts if one is not part]
        if others and not any(isinstance(inner, (ast.Name, ast.Call)) for one in others for inner in ast.walk(one)):
            found |= _roots([part], _BUILTIN)
    return found


def _is_builtin(call):
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _BUILTIN


def _roots(nodes, through):
    """The variables that are themselves looked at, by items, attributes, or in a display, or through functions of these names."""
    return {*_looked_at(nodes, through)}


def _looked_at(nodes, through):
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, (ast.Subscript, ast.Attribute, ast.Starred)):
            pending.append(node.value)
        elif isinstance(node, (ast.Tuple, ast.List)):
            pending += node.elts
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in through:
            pending += node.args


def _inside(nodes):
    """The variables in what is handed over."""
    for node in nodes:
        yield from (part.id for part in ast.walk(node) if isinstance(part, ast.Name))
