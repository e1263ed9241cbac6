"""`functools.lru_cache` in pure Python. The one in C recurses on the guest's small C stack and ends near 2,000 levels."""

import functools
import sys
import types


def install():
    accelerator = sys.modules.pop("_functools")
    sys.modules["_functools"] = None  # Makes the import below fall back to Python.
    pure = types.ModuleType("functools")
    try:
        with open(functools.__file__, encoding="utf-8") as source:
            exec(compile(source.read(), "functools.py", "exec"), vars(pure))
    finally:
        sys.modules["_functools"] = accelerator
    functools._lru_cache_wrapper = pure._lru_cache_wrapper
