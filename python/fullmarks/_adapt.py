"""What the adapters share: a task from whatever names one, rows from whatever a trainer calls them, and what to do without a reward."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ._fullmarks import Adaptive, Rollout, Task
from .errors import Unscored

Spec = Task | str | os.PathLike[str]
"""A task, or the path of its spec."""


@lru_cache(maxsize=64)
def _loaded(path: str) -> Task:
    return Task.load(path)


def task_of(spec: Spec) -> Task:
    """The task. A spec is loaded once per process."""
    return spec if isinstance(spec, Task) else _loaded(os.path.abspath(spec))


def judge(
    task: Task | Adaptive, completions: Sequence[Any], prompts: Sequence[Any] | None, columns: Mapping[str, Sequence[Any]]
) -> list[Rollout]:
    """Judges completions that come with columns of their data set: by id where the task knows its prompts, else by their rows.

    For a credit that adapts they are a step, whose groups are those of one prompt.
    """
    known = task.task if isinstance(task, Adaptive) else task
    ids = columns.get(known.id_column)
    if known.knows_prompts and ids is not None:
        return task.score(completions, ids=ids)
    used = {name: columns[name] for name in known.columns if name in columns} or None
    if isinstance(task, Adaptive) and prompts is not None:
        return task.score(completions, ids=ids or [_name(prompt) for prompt in prompts], prompts=prompts, columns=used)
    return task.score(completions, prompts=prompts, columns=used)


def _name(prompt: Any) -> str:
    return hashlib.sha256(repr(prompt).encode()).hexdigest()


def judge_one(task: Task, completion: Any, prompt: Any | None, row: Mapping[str, Any]) -> Rollout:
    """Judges one completion with its row."""
    columns = {name: [value] for name, value in row.items()}
    return judge(task, [completion], None if prompt is None else [prompt], columns)[0]


def row_of(value: Any, column: str) -> dict[str, Any]:
    """A row from the one value that some trainers hand on: a dict, the JSON text of one, or the value of a column."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            row = json.loads(value)
        except json.JSONDecodeError:
            row = None
        if isinstance(row, dict):
            return row
    return {} if value is None else {column: value}


def scored(rollouts: Sequence[Rollout], trainer: str) -> list[float]:
    """The rewards, for a trainer that has no way to leave a completion out.

    Raises:
        Unscored: Our side could not judge some of them.
    """
    rewards = [rollout.reward for rollout in rollouts]
    unscored = [rollout for rollout in rollouts if rollout.reward is None]
    if unscored:
        causes = sorted({verdict.unscored for rollout in unscored for verdict in rollout.verdicts if verdict.unscored})
        raise Unscored(
            f"{len(unscored)} of {len(rollouts)} completions could not be judged, and {trainer} has no way to leave them out: "
            + "; ".join(causes),
            unscored,
        )
    return [reward for reward in rewards if reward is not None]


def numbers(rollout: Rollout) -> dict[str, float]:
    """What loggers take of a rollout: counts, so that every key has a number for each of a task, whatever came of it."""
    passed = [verdict.passed for verdict in rollout.verdicts]
    return {
        "full": float(rollout.full is True),
        "constraints_met": float(passed.count(True)),
        "constraints_failed": float(passed.count(False)),
        "constraints_unscored": float(passed.count(None)),
    }
