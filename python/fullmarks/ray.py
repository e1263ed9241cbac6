"""Ray: scores data sets that are larger than a machine, audits them, and an actor for trainers.

    scored = fullmarks.ray.score(ray.data.read_json("rollouts.jsonl"), "spec.yaml")
    scored.write_json("scored")

Rows are those of a rollouts file (docs/formats.md): a prompt with its ``completions``, or one ``completion``.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import pyarrow
import ray

from ._adapt import Spec, judge, task_of
from ._fullmarks import Report, Rollout, Task
from ._fullmarks import audit as _audit
from .errors import SettingsError

ACTOR_GIVES = ("ids", "progress", "tokens")
"""Whoever calls an actor gives what is asked for."""

__all__ = ["Scorer", "actor", "audit", "score"]


# Ray types neither of what is asked of it here.
_cluster: Any = ray

TURN = "__fullmarks_turn"
"""The column with a row's number among those of its id."""


class Scorer:
    """Scores batches of rows. For ``map_batches``, of which each worker has one."""

    def __init__(self, task: Task, id_column: str) -> None:
        self.task = task
        self.id_column = id_column

    def __call__(self, batch: Any) -> dict[str, list[Any]]:
        """One row per completion: the line that ``fullmarks score`` writes as ``line``, and the parts of it that are asked for most."""
        rows = batch.to_pylist()
        rollouts: list[Rollout] = []
        flat: list[tuple[dict[str, Any], Any, int]] = []
        ended: dict[str, list[Any]] = {"truncated": [], "finish_reason": []}
        for row in rows:
            if row.get("completions") is not None:
                flat += [(row, completion, place) for place, completion in enumerate(row["completions"])]
            else:
                flat.append((row, row["completion"], row.get(TURN) or 0))
            for name, values in ended.items():
                values += _of_each(row, name)
        if flat:
            names = {name for row, _, _ in flat for name in row if name in self.task.columns}
            columns = {name: [row.get(name) for row, _, _ in flat] for name in names}
            columns[self.task.id_column] = [row[self.id_column] for row, _, _ in flat]
            completions = [completion for _, completion, _ in flat]
            judged = judge(
                self.task, completions, None, columns, truncated=ended["truncated"], finish_reasons=ended["finish_reason"]
            )
            rollouts = [rollout._numbered(number) for rollout, (_, _, number) in zip(judged, flat, strict=True)]
        return {
            "id": [rollout.id for rollout in rollouts],
            "index": [rollout.index for rollout in rollouts],
            "full": [rollout.full for rollout in rollouts],
            "fraction": [rollout.fraction for rollout in rollouts],
            "reward": [rollout.reward for rollout in rollouts],
            "line": [rollout.to_json() for rollout in rollouts],
        }


def _of_each(row: dict[str, Any], name: str) -> list[Any]:
    """What a column says of each completion of a row: one value, or a list beside a list of completions."""
    value = row.get(name)
    if row.get("completions") is None:
        return [value]
    return value if isinstance(value, list) else [value] * len(row["completions"])


class Turns:
    """Numbers rows of one ``completion`` by their turn among those of their id. One of them sees all rows."""

    def __init__(self, id_column: str) -> None:
        self.id_column = id_column
        self.next: dict[str, int] = {}

    def __call__(self, batch: Any) -> Any:
        if _cluster.get_runtime_context().was_current_actor_reconstructed:
            raise RuntimeError(
                "the process that numbers the completions of each id has died, and another would begin to count again: score again, or "
                "give rows with `completions`, which are numbered by themselves"
            )
        turns = []
        for row in batch.select([name for name in batch.column_names if name in (self.id_column, "completions")]).to_pylist():
            # Completions of a list are numbered within it.
            turn = None
            if row.get("completions") is None:
                name = row[self.id_column]
                # As ids are written out: 1, "1" and a table's 1.0 are one.
                name = str(int(name) if isinstance(name, float) and name.is_integer() else name)
                turn = self.next.get(name, 0)
                self.next[name] = turn + 1
            turns.append(turn)
        return batch.append_column(TURN, pyarrow.array(turns, pyarrow.int64()))


def score(dataset: Any, spec: Spec, *, id_column: str = "id", workers: int | None = None, cpus: int = 1, batch_size: int = 64) -> Any:
    """Scores a Ray Dataset.

    A worker that dies is replaced, and its rows are scored again: nothing is lost and nothing comes twice. The order of the rows is kept
    when the data context says so (``DataContext.get_current().execution_options.preserve_order``).

    Args:
        dataset: Rows of rollouts. Completions of a list are numbered within it; of rows with one ``completion`` each, all of an id in
            the order in which they are read, as ``fullmarks score`` does. One process counts them; if it dies, so does the run.
        spec: The task, or the path of its spec. Files that the spec names must be where each worker looks for them.
        id_column: The column of the rollouts with the prompt's id.
        workers: Processes that judge: by default two, or one where the cluster has no processors for more.
        cpus: Threads, and Ray's CPUs, of each.
        batch_size: Rows judged at a time.

    Returns:
        A Dataset with one row per completion: ``id``, ``index``, ``full``, ``fraction``, ``reward`` and ``line``, which is the line
        that ``fullmarks score`` writes.

    Raises:
        SettingsError: The cluster has not so many processors beside the one that reads, so that the run would wait for ever.
    """
    task = task_of(spec, "Ray Data")
    workers = _workers(workers, cpus)
    if "completion" in (dataset.columns() or []):
        dataset = dataset.map_batches(
            Turns,
            fn_constructor_args=(id_column,),
            batch_format="pyarrow",
            batch_size=None,
            compute=ray.data.ActorPoolStrategy(size=1, max_tasks_in_flight_per_actor=1),
            num_cpus=0,
        )
    return dataset.map_batches(
        Scorer,
        fn_constructor_kwargs={"task": task, "id_column": id_column},
        batch_format="pyarrow",
        batch_size=batch_size,
        compute=ray.data.ActorPoolStrategy(size=workers),
        num_cpus=cpus,
        runtime_env={"env_vars": {"RAYON_NUM_THREADS": str(cpus)}},
    )


def _workers(asked: int | None, cpus: int) -> int:
    """How many workers find place on the cluster beside a process that reads: Ray lets a run wait for processors without a word."""
    if cpus < 1 or (asked is not None and asked < 1):
        raise SettingsError(f"`workers` and `cpus` are at least 1, not {asked} and {cpus}")
    of_nodes = [int(node["Resources"].get("CPU", 0)) for node in _cluster.nodes() if node["Alive"]]
    place = min(sum(of_node // cpus for of_node in of_nodes), (sum(of_nodes) - 1) // cpus)
    if (asked or 1) > place:
        fewer = f" Give `workers={place}`, or" if place > 0 else " Give"
        raise SettingsError(
            f"{asked or 1} workers of {cpus} processors each, and one processor to read with, find no place on the cluster: its nodes have "
            f"{' + '.join(map(str, of_nodes)) or 0}.{fewer} Ray more: `ray.init(num_cpus={(asked or 1) * cpus + 1})`"
        )
    free = int(_cluster.available_resources().get("CPU", 0))
    workers = asked or min(2, place, max(1, (free - 1) // cpus))
    if workers * cpus >= free:
        warnings.warn(
            f"{free} of the cluster's processors are free now: scoring with {workers} workers needs {workers * cpus + 1}, one of them to read "
            "with, and waits until others end",
            stacklevel=3,
        )
    return workers


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
        completions=[None if row[completion] is None else str(row[completion]) for row in rows] if completion else None,
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
