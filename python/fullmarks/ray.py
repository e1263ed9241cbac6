"""Ray: scores data sets that are larger than a machine, audits them, and an actor for trainers.

    scored = fullmarks.ray.score(ray.data.read_json("rollouts.jsonl"), "spec.yaml")
    scored.write_json("scored")

Rows are those of a rollouts file (docs/formats.md): a prompt with its ``completions``, or one ``completion``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ray

from ._adapt import Spec, judge, task_of
from ._fullmarks import Report, Rollout, Task
from ._fullmarks import audit as _audit

ACTOR_GIVES = ("ids", "progress", "tokens")
"""Whoever calls an actor gives what is asked for."""

__all__ = ["Scorer", "actor", "audit", "score"]


class Scorer:
    """Scores batches of rows. For ``map_batches``, of which each worker has one."""

    def __init__(self, task: Task, id_column: str) -> None:
        self.task = task
        self.id_column = id_column

    def __call__(self, batch: Any) -> dict[str, list[Any]]:
        """One row per completion: the line that ``fullmarks score`` writes as ``line``, and the parts of it that are asked for most."""
        rows = batch.to_pylist()
        rollouts: list[Rollout] = []
        flat: list[tuple[dict[str, Any], Any]] = []
        for row in rows:
            completions = row["completions"] if row.get("completions") is not None else [row["completion"]]
            flat += [(row, completion) for completion in completions]
        if flat:
            names = {name for row, _ in flat for name in row if name in self.task.columns}
            columns = {name: [row.get(name) for row, _ in flat] for name in names}
            columns[self.task.id_column] = [row[self.id_column] for row, _ in flat]
            rollouts = judge(self.task, [completion for _, completion in flat], None, columns)
        return {
            "id": [rollout.id for rollout in rollouts],
            "index": [rollout.index for rollout in rollouts],
            "full": [rollout.full for rollout in rollouts],
            "fraction": [rollout.fraction for rollout in rollouts],
            "reward": [rollout.reward for rollout in rollouts],
            "line": [rollout.to_json() for rollout in rollouts],
        }


def score(dataset: Any, spec: Spec, *, id_column: str = "id", workers: int = 2, cpus: int = 1, batch_size: int = 64) -> Any:
    """Scores a Ray Dataset.

    A worker that dies is replaced, and its rows are scored again: nothing is lost and nothing comes twice. The order of the rows is kept
    when the data context says so (``DataContext.get_current().execution_options.preserve_order``).

    Args:
        dataset: Rows of rollouts. Completions of one prompt are numbered within their row; of rows with one ``completion`` each, within
            their batch.
        spec: The task, or the path of its spec. Files that the spec names must be where each worker looks for them.
        id_column: The column of the rollouts with the prompt's id.
        workers: Processes that judge.
        cpus: Threads, and Ray's CPUs, of each.
        batch_size: Rows judged at a time.

    Returns:
        A Dataset with one row per completion: ``id``, ``index``, ``full``, ``fraction``, ``reward`` and ``line``, which is the line
        that ``fullmarks score`` writes.
    """
    return dataset.map_batches(
        Scorer,
        fn_constructor_kwargs={"task": task_of(spec, "Ray Data"), "id_column": id_column},
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ray.data.ActorPoolStrategy(size=workers),
        num_cpus=cpus,
        runtime_env={"env_vars": {"RAYON_NUM_THREADS": str(cpus)}},
    )


def audit(
    dataset: Any,
    *,
    truth: str,
    proxies: Sequence[str],
    id_column: str = "id",
    logprob: str | None = None,
    completion: str | None = None,
    **settings: Any,
) -> Report:
    """Audits rewards in a Ray Dataset, a row per completion, such as :func:`score` gives. Only the columns that are named are fetched.

    Args:
        dataset: Rows of completions.
        truth: The column with what each is worth; true and false are 1 and 0.
        proxies: Columns with what rewards paid.
        id_column: The column with the prompt's id.
        logprob: The column with the log-probability of the whole completion.
        completion: The column with its text, for the examples of the worst mistakes.
        settings: Further keywords of :func:`fullmarks.audit`.
    """
    wanted = [id_column, truth, *proxies, *(column for column in (logprob, completion) if column)]
    rows = dataset.select_columns(list(dict.fromkeys(wanted))).take_all()

    def numbers(column: str) -> list[float | None]:
        return [None if row[column] is None else float(row[column]) for row in rows]

    return _audit(
        [row[id_column] for row in rows],
        numbers(truth),
        {proxy: numbers(proxy) for proxy in proxies},
        logprobs=numbers(logprob) if logprob else None,
        completions=[str(row[completion]) for row in rows] if completion else None,
        **settings,
    )


class Judge:
    """What :func:`actor` starts."""

    def __init__(self, task: Task) -> None:
        self.task = task

    def score(self, completions: Sequence[Any], **beside: Any) -> list[Rollout]:
        """:meth:`fullmarks.Task.score`."""
        return self.task.score(completions, **beside)

    def reward(self, completions: Sequence[Any], **beside: Any) -> list[float | None]:
        """:meth:`fullmarks.Task.reward`."""
        return self.task.reward(completions, **beside)


def actor(spec: Spec, *, cpus: int = 1, **options: Any) -> Any:
    """Starts an actor that judges for trainers: ``ray.get(actor.reward.remote(completions, ids=ids))``.

    Args:
        spec: The task, or the path of its spec.
        cpus: Threads, and Ray's CPUs, of the actor.
        options: Further options of ``ray.remote``.
    """
    environment = {"env_vars": {"RAYON_NUM_THREADS": str(cpus)}}
    return ray.remote(Judge).options(num_cpus=cpus, runtime_env=environment, **options).remote(task_of(spec, "an actor", ACTOR_GIVES))
