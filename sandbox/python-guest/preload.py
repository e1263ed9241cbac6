"""Imports the standard library, and a few packages, before the snapshot is taken, so that `import` costs a run nothing and needs no file."""

import importlib
import pkgutil
import sys

LIBRARY = "/python"

# No use without a terminal, a browser, files or a network; or they do something on import.
LEFT_OUT = {
    "__hello__", "__phello__", "_pyrepl", "antigravity", "ensurepip", "idlelib", "lib2to3", "pip", "pydoc_data", "test",
    "this", "tkinter", "turtle", "turtledemo", "venv",
}  # fmt: skip


# What packages.txt lists, by the names that programs import.
PACKAGES = ["more_itertools", "sortedcontainers"]


def wanted(name):
    parts = name.split(".")
    known = parts[0] in sys.stdlib_module_names and parts[0] not in LEFT_OUT
    return known and "__main__" not in parts and "test" not in parts


def preload():
    names = set(sys.stdlib_module_names)
    names.update(module.name for module in pkgutil.walk_packages([LIBRARY], onerror=lambda name: None))
    for name in sorted(names):
        if wanted(name):
            try:
                importlib.import_module(name)
            except Exception:
                pass  # Not built for WASI: a program that imports it is told so.
    for name in PACKAGES:
        importlib.import_module(name)
