"""Whether test code looks at arguments after a call, or at which object something is: then what a candidate left of its arguments
is copied back, and what it returns of them is told from a copy."""

import ast

_IDENTITY = frozenset(("assertIs", "assertIsNot"))


def looks(tree):
    """Whether test code compares a variable that it handed over, asks what is the same object, or changes what it was given."""
    handed, compared = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "")
            if name in _IDENTITY or getattr(node.func, "id", "") == "id":
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
        elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
            return True
    return bool(handed & compared)


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
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "len":
            pending += node.args


def _inside(nodes):
    """The variables in what is handed over."""
    for node in nodes:
        yield from (part.id for part in ast.walk(node) if isinstance(part, ast.Name))
