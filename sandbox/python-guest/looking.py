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
_DISPLAYS = ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.BinOp


def looks(tree):
    """Whether test code compares a variable that it handed over, asks what is the same object, or changes what it was given."""
    handed, compared = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "")
            if name in _IDENTITY or getattr(node.func, "id", "") == "id" or name in _FILLING and _is_foreign(node.func.value):
                return True
            if name.startswith("assert"):
                compared.update(_roots(node.args))
            else:
                handed.update(_inside([*node.args, *(keyword.value for keyword in node.keywords)]))
        elif isinstance(node, ast.Compare):
            if any(isinstance(op, (ast.Is, ast.IsNot)) for op in node.ops) and not _is_constant(node):
                return True
            compared.update(_roots([node.left, *node.comparators]))
        elif isinstance(node, ast.Assert):
            compared.update(_roots([node.test]))
        elif isinstance(node, (ast.Subscript, ast.Starred)) and not isinstance(node.ctx, ast.Load):
            return True
    return bool(handed & compared) or _looks_again(tree)


def _is_foreign(node):
    """What is not known to be the tests' own: an attribute, what a call gives, a variable."""
    return not isinstance(node, (ast.Constant, *_DISPLAYS))


def _looks_again(tree):
    """Whether something that a call or an attribute gave, or that was handed over, is used after another call."""
    for scope in ast.walk(tree):
        if isinstance(scope, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)) and _is_used_again(scope):
            return True
    return False


def _is_used_again(scope):
    """The same in one scope, by the order of its lines."""
    kept, calls, again = {}, [], {}
    pending = [*scope.body]
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.Call, ast.Attribute, *_DISPLAYS)):
            for target in node.targets:
                for name in getattr(target, "elts", [target]):
                    if isinstance(name, ast.Name):
                        kept.setdefault(name.id, node.end_lineno)
        elif isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in _BUILTIN):
            calls.append(node.lineno)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            # Of an object, what is asked of it.
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            again[node.id] = max(again.get(node.id, 0), node.lineno)
        pending += ast.iter_child_nodes(node)
    return any(any(end < call <= again.get(name, 0) for call in calls) for name, end in kept.items())


def _is_constant(compare):
    return all(isinstance(part, ast.Constant) for part in compare.comparators)


def _roots(nodes):
    """The variables that are themselves looked at, by items, attributes, lengths, or in a display."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, (ast.Subscript, ast.Attribute, ast.Starred)):
            pending.append(node.value)
        elif isinstance(node, (ast.Tuple, ast.List)):
            pending += node.elts
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in _BUILTIN:
            pending += node.args


def _inside(nodes):
    """The variables in what is handed over."""
    for node in nodes:
        yield from (part.id for part in ast.walk(node) if isinstance(part, ast.Name))
