"""What can go wrong, one class for each error of the library. Files that cannot be read raise ``OSError``.

A completion that fails its constraints is no error, whatever it does: it earns less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict


class Diagnostic(TypedDict):
    """One mistake in a spec."""

    line: int
    """Line of the spec, from 1."""
    column: int
    """Column in characters, from 1."""
    message: str
    """What is wrong."""
    help: str | None
    """What to write instead, where that can be said."""


class FullmarksError(Exception):
    """Any error of this package."""


class SpecError(FullmarksError, ValueError):
    """The spec has mistakes. Its text shows each with the line underlined."""

    def __init__(self, text: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(text, list(diagnostics))
        self.diagnostics: list[Diagnostic] = list(diagnostics)
        """The mistakes, in the order of the text."""

    def __str__(self) -> str:
        return str(self.args[0])


class PromptsError(FullmarksError, ValueError):
    """The prompts file cannot be used."""

    def __init__(self, text: str, rows: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(text, list(rows))
        self.rows: list[tuple[int, str]] = list(rows)
        """Lines that cannot be used, from 1, and what is wrong with each."""

    def __str__(self) -> str:
        return str(self.args[0])


class SandboxError(FullmarksError, RuntimeError):
    """The sandbox cannot run on this machine."""


class RewardError(FullmarksError, ValueError):
    """The spec's reward looks at what a trainer's hook does not give: whole groups, tokens, the progress of training; or needs a controller."""


class BatchError(FullmarksError, ValueError):
    """What comes with the completions has another length than they have, or is no list."""


class SampleError(FullmarksError, ValueError):
    """A completion or its prompt is not what it should be: not text or messages, a prompt that is not known, a column that is missing."""

    def __init__(self, index: int, message: str) -> None:
        super().__init__(index, message)
        self.index = index
        """Its place in the batch, from 0."""
        self.message = message
        """What is wrong."""

    def __str__(self) -> str:
        return f"completion {self.index}: {self.message}"


class SettingsError(FullmarksError, ValueError):
    """An argument is out of range or names what there is not."""


class Unscored(FullmarksError, RuntimeError):
    """Our side could not judge a completion, and the trainer has no way to leave it out: giving 0 would blame the policy."""

    def __init__(self, message: str, rollouts: Sequence[Any] = ()) -> None:
        super().__init__(message, list(rollouts))
        self.rollouts = list(rollouts)
        """The rollouts without a reward, of type :class:`fullmarks.Rollout`."""

    def __str__(self) -> str:
        return str(self.args[0])
