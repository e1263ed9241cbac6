"""What tests look at that cannot be seen of a candidate in another instance, whatever it does: then no completion is judged by them, and `check` says
so before a run."""

import ast

# Functions that look into source, memory or frames, by the module that tests take them from.
_BY_MODULE = {
    "inspect": frozenset(("getsource", "getsourcelines", "getsourcefile", "getfile", "getclosurevars")),
    "sys": frozenset(("getsizeof", "getrefcount", "settrace", "setprofile")),
    "gc": frozenset(("get_referrers", "get_referents", "get_objects")),
    "dis": frozenset(("dis", "get_instructions", "Bytecode")),
}
# Methods that look at what was logged.
_LOGS = frozenset(("assertLogs", "assertNoLogs"))
_ATTRIBUTES = frozenset(("__code__", "__closure__", "__globals__", "__defaults__", "__kwdefaults__"))


def found(tree, names):
    """What the tests look at of the candidate, whose `names` they take, and at which line; else nothing."""
    imported = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in _BY_MODULE:
            imported.update((alias.asname or alias.name, alias.name) for alias in node.names if alias.name in _BY_MODULE[node.module])
        elif isinstance(node, ast.Call):
            function = node.func
            of = getattr(getattr(function, "value", None), "id", None)
            looks = getattr(function, "attr", None) in _BY_MODULE.get(of, ()) or getattr(function, "id", None) in imported
            if getattr(function, "attr", None) in _LOGS or looks and any(_is_of(one, names) for one in node.args):
                return _said(node, ast.unparse(function))
        elif isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES and isinstance(node.value, ast.Name) and node.value.id in names:
            return _said(node, ast.unparse(node))
    return None


def _is_of(node, names):
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def _said(node, what):
    return f"line {node.lineno} looks by `{what}` at what cannot be seen of a completion, which runs in an instance of its own"
