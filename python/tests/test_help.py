"""What `help()` says of the compiled part is what its stub file says, and everything has something to say."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import fullmarks
from fullmarks import _fullmarks

STUBS = ast.parse((Path(fullmarks.__file__).parent / "_fullmarks.pyi").read_text())


def described() -> dict[str, str]:
    """Every public item by its name, with its docstring."""
    found: dict[str, str] = {}
    for node in STUBS.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            found[node.name] = ast.get_docstring(node) or ""
        if isinstance(node, ast.ClassDef):
            found[node.name] = ast.get_docstring(node) or ""
            for item in node.body:
                if isinstance(item, ast.FunctionDef) and item.name == "__new__":
                    found[node.name] += "\n\n" + (ast.get_docstring(item) or "")
                elif isinstance(item, ast.FunctionDef) and not item.name.startswith("_"):
                    found[f"{node.name}.{item.name}"] = ast.get_docstring(item) or ""
    return found


def test_help_says_what_the_stubs_say() -> None:
    items = described()
    assert len(items) > 50
    for name, text in items.items():
        item: object = _fullmarks
        for part in name.split("."):
            item = getattr(item, part)
        assert text, f"{name} has nothing to say"
        assert inspect.getdoc(item) == text, name
