"""What the adapters share: a task from whatever names one, rows from whatever a trainer calls them, and what to do without a reward."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ._fullmarks import Rollout, Task
from .errors import RewardError, Unscored

Spec = Task | str | os.PathLike[str]
"""A task, or the path of its spec."""


@lru_cache(maxsize=64)
def _loaded(path: str) -> Task:
    return Task.load(path)


def task_of(spec: Spec, trainer: str, gives: Sequence[str] = (), *, steps: bool = False) -> Task:
    """The task. A spec is loaded once per process, unless its scheme is ``adaptive``: runs in one process must not share its state.

    Args:
        spec: The task, or the path of its spec.
        trainer: Who rewards by it, for messages.
        gives: What that trainer says beside completions and rows: of :attr:`Task.looks_at`.
        steps: Whether one process sees every group of every step, as the scheme ``adaptive`` has to.

    Raises:
        RewardError: Its reward looks at more than that.
    """
    task = spec if isinstance(spec, Task) else _loaded(os.path.abspath(spec))
    check_reward(task, trainer, gives, steps=steps)
    if task.credit is not None and not isinstance(spec, Task):
        return Task.load(os.path.abspath(spec))
    return task


_ABSENT = {
    "ids": "has one completion judged at a time, and its reward compares those of a prompt (`{scheme}`)",
    "progress": "does not say where training is, which its reward changes with (`{scheme}`)",
    "tokens": "does not say how many tokens a completion has, which its penalty counts: write `unit: characters` there",
}


def check_reward(task: Task, trainer: str, gives: Sequence[str], *, steps: bool = False) -> None:
    """Refuses a task whose reward could not be given in the trainer's hook, before anything is judged."""
    if task.advantage is not None:
        raise RewardError(
            f"{task.name}: {trainer} takes rewards and makes advantages of them itself: leave `advantage` ({task.advantage}) out, or call "
            "Task.score in a loop of your own"
        )
    if task.credit is not None and not steps:
        raise RewardError(
            f"{task.name}: {trainer} may have the completions of a step judged apart, and its reward (`{task.scheme}`) has to see every step "
            "whole: take another scheme, or call Task.score in a loop of your own"
        )
    for needed in task.looks_at:
        if needed not in gives:
            raise RewardError(f"{task.name}: {trainer} {_ABSENT[needed].format(scheme=task.scheme)}, or call Task.score in a loop of your own")


def check_columns(task: Task, dataset: Any) -> None:
    """Names all columns that the task needs and a data set lacks, before training starts.

    Raises:
        RewardError: There are some.
    """
    from .tables import lacking

    names = getattr(dataset, "column_names", getattr(dataset, "columns", dataset))
    if names is None:
        # A stream does not say what it has.
        return
    # Each split of a `DatasetDict` has its own; a dict of lists has its columns as keys.
    splits = names.items() if names is not dataset and isinstance(names, Mapping) else [("", names)]
    for split, has in splits:
        known = list(has)
        if absent := lacking(task, known):
            where = f"the split {split!r}" if split else "the data set"
            lacks = ", ".join(map(repr, absent))
            raise RewardError(f"{task.name}: {where} has no {lacks}, which the spec takes from each prompt (it has {', '.join(map(str, known))})")


def judge(
    task: Task,
    completions: Sequence[Any],
    prompts: Sequence[Any] | None,
    columns: Mapping[str, Sequence[Any]],
    *,
    grouped: bool = False,
    **beside: Any,
) -> list[Rollout]:
    """Judges completions that come with columns of their data set: by id where the task knows its prompts, else by their rows.

    Where the reward compares the completions of a prompt, or a monitor does (`grouped`), they are a group: by the id of its row, else by the
    prompt and all that the task takes from its row. One text may be asked with several truths.
    """
    ids = columns.get(task.id_column)
    if task.knows_prompts and ids is not None:
        return task.score(whole(task, completions, prompts), ids=ids, **beside)
    used = {name: columns[name] for name in task.columns if name in columns} or None
    if ids is None and prompts is not None and not task.knows_prompts and (grouped or "ids" in task.looks_at):
        rows = zip(*used.values(), strict=True) if used else [()] * len(prompts)
        ids = [_name(pair) for pair in zip(prompts, rows, strict=True)]
    return task.score(completions, ids=ids, prompts=prompts, columns=used, **beside)


def whole(task: Task, completions: Sequence[Any], prompts: Sequence[Any] | None) -> Sequence[Any]:
    """Completions with the mark that opens their thinking, where the prompt as the policy read it ends in that, and judging is not told it."""

    def one(completion: Any, prompt: Any) -> Any:
        opened = task._opened_by(prompt) if isinstance(prompt, str) else None
        return f"{opened}{completion or ''}" if opened and isinstance(completion, str | None) else completion

    return completions if prompts is None else [one(*pair) for pair in zip(completions, prompts, strict=True)]


def _name(row: Any) -> str:
    return hashlib.sha256(repr(_plain(row)).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The same for equal values, whole: arrays print a part of theirs, and other objects where they lie in memory."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    for whole in ("tolist", "tobytes"):
        if hasattr(value, whole):
            return getattr(value, whole)()
    return value


def judge_one(task: Task, completion: Any, prompt: Any | None, row: Mapping[str, Any], truncated: bool | None = None) -> Rollout:
    """Judges one completion with its row. `truncated` says whether it was cut at a limit on its length, where the trainer knows."""
    columns = {name: [value] for name, value in row.items()}
    return judge(task, [completion], None if prompt is None else [prompt], columns, truncated=[truncated])[0]


def row_of(value: Any, column: str, task: Task) -> dict[str, Any]:
    """A row from the one value that some trainers hand on.

    Where the task takes `column` from its prompts, the value is that column's, unless it is a dict that has a column of the task. Text is then
    never a row, however much it looks like one: data sets hold answers and test cases as JSON text. Else a dict is the row, and so is the
    JSON text of one.
    """
    if value is None:
        return {}
    used = set(task.columns) - {task.id_column, task.prompt_column}
    if isinstance(value, Mapping):
        return dict(value) if column not in used or used & set(value) else {column: dict(value)}
    if isinstance(value, str) and column not in used:
        try:
            row = json.loads(value)
        except ValueError:
            row = None
        if isinstance(row, dict):
            return row
    return {column: value}


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
