"""Pilots: short runs under each scheme, from the same start, and what their policies wrote. Knows no trainer."""

from __future__ import annotations

import json
import shlex
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ._fullmarks import Assessment, Monitor, Rollout, Task, advise


@dataclass
class Sample:
    """What a policy wrote, judged."""

    rollouts: list[Rollout] = field(default_factory=list)
    """In the order in which they were written."""
    completions: list[Any] = field(default_factory=list)
    """Their texts or messages."""

    @property
    def distinct(self) -> float:
        """Share of different completions in a group, on average."""
        groups: dict[str, list[str]] = {}
        for rollout, completion in zip(self.rollouts, self.completions, strict=True):
            groups.setdefault(rollout.id, []).append(repr(completion))
        shares = [len(set(texts)) / len(texts) for texts in groups.values() if len(texts) > 1]
        return sum(shares) / len(shares) if shares else 1.0

    @property
    def pass_rate(self) -> float | None:
        """Share of completions that meet every constraint, of those of which it is known; ``None`` where it is known of none."""
        known = [rollout.full for rollout in self.rollouts if rollout.full is not None]
        return sum(known) / len(known) if known else None

    def write(self, path: Path) -> None:
        """Writes the rows that ``advise --verdicts verdicts`` takes: one for each completion."""
        with path.open("w", encoding="utf-8") as file:
            for rollout, completion in zip(self.rollouts, self.completions, strict=True):
                file.write(json.dumps({**rollout.to_dict(), "completion": completion}, ensure_ascii=False) + "\n")


@dataclass
class Pilot:
    """Short runs under each scheme, from the same start. ``str()`` of it is the command that reads their files."""

    task: Task
    """What they were rewarded by, but for the scheme."""
    folder: Path
    """Where the files are."""
    steps: int
    """How many steps each run took."""
    initial: Sample
    """What the policy wrote before."""
    runs: dict[str, list[Sample]]
    """What it wrote after them, by scheme, a sample for each seed."""
    settings: dict[str, Any]
    """What is known of the trainer: arguments of :func:`fullmarks.advise`."""

    def advise(self, **settings: Any) -> Assessment:
        """What the pilots and the samples say: :func:`fullmarks.advise` on them, as the command does with their files."""
        pilots = {scheme: [{self.steps: run.rollouts} for run in runs] for scheme, runs in self.runs.items()}
        return advise(self.initial.rollouts, pilots=pilots, **{**self.settings, **settings})

    @property
    def command(self) -> list[str]:
        """The command that says the same of the files, word by word."""
        words = ["fullmarks", "advise", "--rollouts", str(self.folder / INITIAL), "--verdicts", "verdicts"]
        for scheme, runs in self.runs.items():
            for seed in range(len(runs)):
                words += ["--pilot", f"{scheme}@{self.steps}={self.folder / name(scheme, seed)}"]
        words += ["--trainer", str(self.folder / TRAINER)]
        return words + (["--algorithm", self.settings["algorithm"]] if "algorithm" in self.settings else [])

    def __str__(self) -> str:
        return shlex.join(self.command)


INITIAL = "initial.jsonl"
"""The file of what the policy wrote before."""

TRAINER = "trainer.json"
"""The file with the trainer's configuration."""


def name(scheme: str, seed: int) -> str:
    """The file of a run."""
    return f"{scheme.replace(':', '-')}-seed{seed}.jsonl"


def warn_of_diversity(scheme: str, before: Sample, after: Sample) -> None:
    """Warns where completions became alike before they were right, as some stalls begin."""
    rate = after.pass_rate
    if scheme != "binary" and rate is not None and Monitor._became_alike(before.distinct, after.distinct, rate):
        warnings.warn(
            f"under {scheme}, completions became alike before they were right: {before.distinct:.0%} of a group's were different before the "
            f"pilot and {after.distinct:.0%} after it, and {rate:.0%} are full. Some stalls begin so (docs/monitor.md)",
            stacklevel=3,
        )


def check(steps: int, seeds: int, schemes: Sequence[str]) -> None:
    """Refuses what would be no pilot."""
    if steps < 1 or seeds < 1:
        raise ValueError(f"a pilot takes at least one step and one seed, not steps={steps}, seeds={seeds}")
    if len(set(schemes)) < 2 or "binary" not in schemes:
        raise ValueError(f"a pilot compares `binary` with another scheme, such as `partial`, and not {list(schemes)}")
