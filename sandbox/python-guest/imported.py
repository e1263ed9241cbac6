"""Imports by which tests ask for the completion: `from solution import f`, `import main`, `from .stack import Stack`."""

import ast
import sys
from types import ModuleType

import preload
import under_test

_NAMES = frozenset((
    "solution", "solutions", "main", "__main__", "answer", "submission", "candidate", "response", "program", "module", "student", "impl",
    "implementation", "source", "src", "app", "task", "your_module", "your_code", "your_solution", "your_file", "your_script", "your_program",
    "my_module", "my_code", "my_solution", "code_under_test", "module_under_test", "user_solution", "generated", "generated_code",
))  # fmt: skip


# Packages that are here, or that tests get a small stand-in of.
_STAND_INS = frozenset(("numpy", "pytest", *preload.PACKAGES))


def _parts(name):
    """Words of a name, however it is written."""
    return name.replace("_", "").lower()


def _is_candidate(module, names, function):
    if under_test.module_named(module.partition(".")[0]) and module != "__main__":
        return False
    last = module.rpartition(".")[2]
    return last in _NAMES or module.partition(".")[0] in _NAMES or any(_parts(last) == _parts(name) for name in (*names, function or ""))


class Imports:
    """The modules that stand for the completion, and the names that are taken from them."""

    def __init__(self, tree, function, free=True):
        self.modules, self.names, self.stars = set(), set(), False
        aliases, unknown = {}, {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                names = [alias.name for alias in node.names]
                if node.level or _is_candidate(node.module, names, function):
                    node.level, node.module = 0, node.module or "solution"
                    self.modules.add(node.module)
                    self.names.update(name for name in names if name != "*")
                    self.stars |= "*" in names
                elif not under_test.module_named(node.module.partition(".")[0]) and node.module.partition(".")[0] not in _STAND_INS:
                    unknown.setdefault(node.module, []).append(names)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    if _is_candidate(alias.name, (), function):
                        self.modules.add(alias.name)
                        aliases[alias.asname or alias.name] = alias.name
        if not free and function is None and not self.modules and len(unknown) == 1:
            # There is nothing else that could be tested.
            (module, found), *_ = unknown.items()
            self.modules.add(module)
            self.names.update(name for names in found for name in names if name != "*")
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) in aliases and isinstance(node.ctx, ast.Load):
                self.names.add(node.attr)
        self.names = {name for name in self.names if name[:2] != "__"}


class _Solution(ModuleType):
    """Stands for the completion as a module: names are resolved when they are asked for."""

    def __init__(self, name, resolve, known):
        super().__init__(name)
        vars(self).update(known, __all__=[*known], __path__=[], _resolve=resolve)

    def __getattr__(self, name):
        if name[:2] == "__":
            raise AttributeError(name)
        try:
            value = vars(self)["_resolve"](name)
        except NameError:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}") from None
        setattr(self, name, value)
        return value


def install(modules, resolve, known):
    """Puts a module that stands for the completion in the place of each, and of what it is in."""
    made = _Solution("solution", resolve, known)
    for module in modules:
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            sys.modules[".".join(parts[:end])] = made
        for part in parts[1:]:
            setattr(made, part, made)
