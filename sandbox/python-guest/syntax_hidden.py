"""Finds what could hide a forbidden name from a reader of the syntax tree."""

import ast
import builtins

from syntax_allowed import find_unallowed
from syntax_names import IMPORTERS, ITEM_METHODS, RUNNERS
from syntax_scopes import FUNCTIONS, argument, defaults, literal, pairs
from syntax_finders import READS, is_read, shorten, spelling, texts

# They look at what they are given and do not hand it on.
_LOOKS = frozenset("builtins." + name for name in (
    "bool", "callable", "dir", "getattr", "hasattr", "help", "id", "isinstance", "print", "repr", "str", "type", "vars",
))  # fmt: skip

def find_hidden(names, wanted):
    """Rule, text and line of what could do the forbidden out of sight."""
    handed = _handed(names)
    yield from find_unallowed(names, wanted, handed)
    for text, line in _find_hidden(names, wanted, handed):
        yield "hidden", text, line


def _find_hidden(names, wanted, handed):
    for node, scope in reversed(names.nodes):
        if not isinstance(node, (ast.Name, *READS)):
            continue
        line = node.lineno
        if not is_read(node):
            continue
        for value in texts(names.values(node, scope)):
            if _escapes(wanted, value, handed.get(node)):
                yield f"`{shorten(spelling(node))}` passed along could hide a forbidden name", line
        if isinstance(node, ast.Call) and _hides_code(names, wanted, node, scope):
            yield f"`{shorten(spelling(node.func))}` could hide a forbidden name", line
        elif _hides_entry(names, wanted, node, scope):
            yield f"`{shorten(spelling(node))}` could hide a forbidden name", line


def _handed(names):
    """Where the value of an expression goes, for those whose value stays in sight."""
    handed = {}
    for node, scope in names.nodes:
        for child, way in _children(names, node, scope):
            pending = [child]
            while pending:
                child = pending.pop()
                handed[child] = way
                if isinstance(child, ast.IfExp):
                    pending += (child.body, child.orelse)
                elif isinstance(child, ast.BoolOp):
                    pending += child.values
                elif isinstance(child, ast.NamedExpr):
                    pending.append(child.value)
    return handed


def _children(names, node, scope):
    if isinstance(node, ast.Attribute):
        yield node.value, "attribute"
    elif isinstance(node, ast.Subscript):
        yield node.value, "item"
    elif isinstance(node, ast.Expr):
        yield node.value, "nowhere"
    elif isinstance(node, ast.Compare):
        yield from ((child, "nowhere") for child in (node.left, *node.comparators))
    elif isinstance(node, (ast.If, ast.IfExp, ast.While, ast.Assert)):
        yield node.test, "nowhere"
    elif isinstance(node, ast.Assign):
        found = (pair for target in node.targets for pair in pairs(target, node.value))
        yield from ((value, "name") for name, value in found if isinstance(name, ast.Name) and value is not None)
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        yield node.value, "name"
    elif isinstance(node, (*FUNCTIONS, ast.Lambda)):
        yield from ((default, "name") for _, default in defaults(node.args))
    elif isinstance(node, ast.Call):
        yield node.func, "call"
        if texts(names.values(node.func, scope)) & _LOOKS:
            yield from ((child, "nowhere") for child in node.args)


def _escapes(wanted, value, way):
    """Whether a value that must stay in sight goes out of it."""
    if value in wanted.values:
        return False
    if value in RUNNERS or value in IMPORTERS or value == "builtins.globals":
        return way not in ("name", "nowhere", "call")
    # Who is handed a builtin type (`map(list, rows)`) calls it; a method of it has a name of its own to be found by.
    return value in wanted.guarded and way is None and not _is_type(value)


def find_computed(names, rules):
    """Text and line of code that is run and not written there, which could hold any name and kind of syntax."""
    kinds = set(rules.get("nodes", ()))
    for node, scope in names.nodes:
        if not isinstance(node, ast.Call) or node in names.read:
            continue
        code = argument(node, 0, "source")
        compiled = isinstance(code, ast.Call) and "builtins.compile" in names.values(code.func, scope)
        for value in texts(names.values(node.func, scope)) & RUNNERS if code is not None and not compiled else ():
            expression = bool(rules.get("names") or rules.get("attributes") or kinds & _EXPRESSIONS)
            if value != "builtins.eval" or expression:
                yield f"`{shorten(spelling(node.func))}` could hide what is forbidden", node.lineno


_EXPRESSIONS = frozenset(("comprehension", "conditional", "f-string", "lambda", "print", "recursion", "walrus"))


def _hides_code(names, wanted, node, scope):
    """Whether a call runs or imports what is not written there, or reads a namespace by a name that is not."""
    functions = texts(names.values(node.func, scope))
    for value in functions:
        if value in wanted.values:
            continue
        code = argument(node, 0, "source", "name")
        if value in RUNNERS and code is not None and node not in names.read:
            compiled = isinstance(code, ast.Call) and "builtins.compile" in names.values(code.func, scope)
            if not compiled:
                return True
        if value in IMPORTERS and code is not None and (literal(code) or ".").startswith("."):
            return True
        if value == "builtins.getattr" and literal(argument(node, 1)) is None:
            receiver = argument(node, 0)
            if receiver is not None and texts(names.values(receiver, scope)) & wanted.guarded:
                return True
        namespace, _, method = value.rpartition(".")
        if namespace in wanted.guarded and method in ITEM_METHODS and _is_namespace(namespace):
            if literal(argument(node, 0)) is None:
                return True
    return False


def _is_type(value):
    return isinstance(getattr(builtins, value.removeprefix("builtins."), None), type)


def _is_namespace(value):
    return value in ("<globals>", "sys.modules") or value.endswith(".__dict__")


def _hides_entry(names, wanted, node, scope):
    """Whether a namespace is read by a name that is not literal, or by a method that gives more than one entry."""
    if isinstance(node, ast.Subscript):
        key = node.slice
        own = isinstance(key, ast.Name) and key.id == "__name__"
        values = {value for value in texts(names.values(node.value, scope)) & wanted.guarded if _is_namespace(value)}
        return literal(key) is None and bool(values - {"sys.modules"} if own else values)
    if isinstance(node, ast.Attribute):
        values = texts(names.values(node.value, scope)) & wanted.guarded
        if node.attr in ("__getattribute__", "__getattr__"):
            return bool(values)
        plain = (*ITEM_METHODS, "keys", "update", "__setitem__", "__contains__")
        return node.attr not in plain and any(_is_namespace(value) for value in values)
    return False
