"""Forbidden functions that a source imports. Whoever calls the code may call them by the name that the import gave them, and then the source
itself has no use of them: `from builtins import sorted as solve` is a whole answer."""

import ast

from syntax_names import same


def find_imported(tree, wanted):
    """Entry and line of each import of a function that `calls` names."""
    own = {name for statement in tree.body for name in _defines(statement)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            if alias.name == "*":
                inside = [value for value in wanted.values if value.rpartition(".")[0] == same(module)]
                found = [value for value in inside if value.rpartition(".")[2] not in own]
            else:
                value = same(f"{module}.{alias.name}")
                found = [value] if value in wanted.values else []
            for value in found:
                yield wanted.values[value], node.lineno


def _defines(statement):
    """What a statement of the module defines under a name of its own: a star cannot bring that."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name
