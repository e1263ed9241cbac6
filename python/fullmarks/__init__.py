"""Rewards that can be verified, for reinforcement learning of language models.

A task spec in YAML says what a completion must meet; :class:`Task` judges completions by it in a sandbox and gives their rewards;
:func:`advise` says from a few samples of the policy what a reward will do to its training, and :class:`Monitor` watches it. Adapters for trainers are modules of their
own: ``fullmarks.trl``, ``verl``, ``openrlhf``, ``verifiers``, ``nemo_gym``, ``skyrl``, ``inspect_ai`` and ``ray``.
"""

import os as _os
from pathlib import Path as _Path
from typing import TYPE_CHECKING as _TYPE_CHECKING

from . import errors
from ._fullmarks import (
    Assessment,
    Monitor,
    Report,
    Rollout,
    Task,
    Verdict,
    __version__,
    _after_fork,
    _before_fork,
    _look_in,
    advice_page,
    advise,
    audit,
    compare,
)
from .errors import (
    BatchError,
    FullmarksError,
    PromptsError,
    RewardError,
    SampleError,
    SandboxError,
    SettingsError,
    SpecError,
    Unscored,
)

# The Python runtime of the sandbox ships in this folder.
_look_in(_Path(__file__).parent)

if hasattr(_os, "register_at_fork"):
    _os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_after_fork)

if not _TYPE_CHECKING:
    # Adapters load with their first use, since each may bring its trainer along. Type checkers see the modules themselves.
    _ADAPTERS = frozenset({"inspect_ai", "nemo_gym", "openrlhf", "ray", "skyrl", "tables", "trl", "verifiers", "verl"})

    def __getattr__(name: str) -> object:
        if name in _ADAPTERS:
            import importlib

            try:
                return importlib.import_module(f"{__name__}.{name}")
            except ModuleNotFoundError as error:
                if (error.name or "").partition(".")[0] == __name__:
                    raise
                # `hasattr` and `help` ask for everything, whether its trainer is installed or not.
                raise AttributeError(
                    f"module {__name__!r} has {name!r} only where {error.name!r} is installed: install it, and import {__name__}.{name}"
                ) from error
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *_ADAPTERS})


__all__ = [
    "Assessment",
    "BatchError",
    "FullmarksError",
    "Monitor",
    "PromptsError",
    "Report",
    "RewardError",
    "Rollout",
    "SampleError",
    "SandboxError",
    "SettingsError",
    "SpecError",
    "Task",
    "Unscored",
    "Verdict",
    "__version__",
    "advice_page",
    "advise",
    "audit",
    "compare",
    "errors",
]
