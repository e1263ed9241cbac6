"""Forbidden functions that a source imports under another name, or into a class. Whoever calls the code, or a library that it hands the class
to, may call them by that name, and then the source itself has no use of them: `from builtins import sorted as solve` is a whole answer.
Where the name stays and a judge calls it, the watch tells (`guard.asked`)."""

import ast

from syntax_names import same


def find_imported(tree, wanted):
    """Entry and line of each such import of a function that `calls` names."""
    within = {id(node) for kind in ast.walk(tree) if isinstance(kind, ast.ClassDef) for node in ast.walk(kind)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                value = same(f"{module}.{alias.name}")
                if value in wanted.values and (alias.asname not in (None, alias.name) or id(node) in within):
                    yield wanted.values[value], node.lineno
