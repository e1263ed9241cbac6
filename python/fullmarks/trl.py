"""TRL: a reward function for ``GRPOTrainer(reward_funcs=…)`` and its relatives.

    trainer = GRPOTrainer(model=…, reward_funcs=fullmarks.trl.reward("spec.yaml"), train_dataset=…)

The data set's columns reach the spec by their names. A completion that our side could not judge gets ``None``, which TRL leaves out of
its group, as long as *all* reward functions return it: beside another function ``None`` adds 0. Combine rewards inside one spec.

Source: ``GRPOTrainer._calculate_rewards`` of trl 1.16.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ._adapt import Spec, check_columns, judge, task_of
from ._fullmarks import Monitor, Rollout, Task

__all__ = ["Reward", "reward"]


GIVES = ("ids", "progress", "tokens")
"""What TRL says beside completions and columns: groups by their prompts, the step, and the tokens."""


class Reward:
    """A reward function with TRL's signature. Can be pickled, unless a monitor watches; a copy whose credit adapts goes on by itself."""

    def __init__(self, task: Task, name: str, monitor: Monitor | None = None, ends: Iterable[int] | None = None) -> None:
        self.task = task
        self.ends = None if ends is None else frozenset(ends)
        self.monitor = monitor
        self.__name__ = name
        # What a monitor cannot say of a step keeps the value it had.
        self._watched = {} if monitor is None else dict.fromkeys(WATCHED, 0.0)

    def __call__(
        self,
        *,
        prompts: Sequence[Any],
        completions: Sequence[Any],
        completion_ids: Sequence[Sequence[int]] | None = None,
        trainer_state: Any = None,
        log_extra: Callable[[str, list[Any]], None] | None = None,
        log_metric: Callable[[str, float], None] | None = None,
        **columns: Any,
    ) -> list[float | None]:
        """Rewards, one per completion; ``None`` where our side could not judge."""
        rows = {name: values for name, values in columns.items() if name in self.task.columns}
        numbers: dict[str, float] = {}
        beside: dict[str, Any] = {} if completion_ids is None else {"tokens": completion_ids}
        if self.ends is not None and completion_ids is not None:
            beside["truncated"] = [len(ids) > 0 and int(ids[-1]) not in self.ends for ids in completion_ids]
        credit = self.task.credit
        if credit is not None:
            numbers["credit"] = credit
        if "progress" in self.task.looks_at:
            beside["progress"] = progress(trainer_state)
        rollouts = judge(self.task, completions, prompts, rows, grouped=True, **beside)
        numbers |= metrics(self.task, rollouts)
        if self.monitor is not None:
            self.monitor.observe(getattr(trainer_state, "global_step", 0), rollouts)
            self._watched |= watched(self.monitor)
            numbers |= {f"monitor/{name}": value for name, value in self._watched.items()}
        if log_metric is not None:
            for name, value in numbers.items():
                log_metric(f"{self.__name__}/{name}", value)
        if log_extra is not None:
            log_extra(f"{self.__name__}/failed", [failed(rollout) for rollout in rollouts])
        return [rollout.reward for rollout in rollouts]


def reward(
    spec: Spec,
    *,
    name: str | None = None,
    monitor: Monitor | None = None,
    ends: Iterable[int] | None = None,
    dataset: Any = None,
) -> Reward:
    """A reward function for TRL.

    Args:
        spec: The task, or the path of its spec. Where its credit adapts, the credit is logged too.
        name: What TRL's metrics call it, the task's name by default.
        monitor: Watches the run; its numbers are logged as ``NAME/monitor/…``.
        ends: Ids of the tokens that end a completion, as ``[tokenizer.eos_token_id]``. One that ends in none of them was cut. TRL does not say it
            otherwise.
        dataset: The data set that the trainer gets: columns that the spec needs and it lacks are named now, all at once.

    Raises:
        RewardError: The reward cannot be given in TRL's hook, or the data set lacks columns.
    """
    task = task_of(spec, "TRL", GIVES, steps=True)
    if dataset is not None:
        check_columns(task, dataset)
    return Reward(task, name or task.name, monitor, ends)


def progress(trainer_state: Any) -> float | None:
    """Where training is, from 0 to 1, when TRL says so."""
    steps = getattr(trainer_state, "max_steps", 0)
    return min(1.0, trainer_state.global_step / steps) if steps > 0 else None


def metrics(task: Task, rollouts: Sequence[Rollout]) -> dict[str, float]:
    """Shares of a batch, each in [0, 1], under the same names whatever is in it: TRL's processes gather what they log name by name.

    ``full`` and ``unscored``; ``met/CONSTRAINT`` for each constraint of the spec, and ``met/from_prompt`` for all that a prompt brings. A
    completion of which our side does not know it counts as ``unscored``, and not as ``full`` or ``met``.
    """
    met = {name: 0 for name in [*task.constraints, *([BROUGHT] if task.from_prompt else [])]}
    for rollout in rollouts:
        failing = {_own(task, verdict.constraint) for verdict in rollout.verdicts if verdict.passed is not True}
        for name in met.keys() - failing:
            met[name] += 1
    count = max(len(rollouts), 1)
    shares = {
        "full": sum(rollout.full is True for rollout in rollouts) / count,
        "unscored": sum(rollout.reward is None for rollout in rollouts) / count,
    }
    return shares | {f"met/{name}": number / count for name, number in met.items()}


BROUGHT = "from_prompt"
"""What constraints that prompts bring are counted as, together: each process has other prompts."""


def _own(task: Task, constraint: str) -> str:
    """The constraint of the spec that a verdict is of, without what tells several of one name apart in a prompt."""
    name, _, position = constraint.rpartition("#")
    family = name if name and position.isdigit() else constraint
    return next((own for own in (constraint, family) if own in task.constraints), BROUGHT)


WATCHED = (
    "p_full", "mean_fraction", "reward", "mixed_groups", "unscored", "trend/p_full", "trend/reward",
    *(f"advice/{code}" for code in Monitor._codes),
)
"""A monitor's numbers that are logged: those whose names do not depend on the prompts."""


def watched(monitor: Monitor) -> dict[str, float]:
    """What the monitor says now, with 0 for advice that does not apply."""
    said = monitor.metrics()
    advice = {name: 0.0 for name in WATCHED if name.startswith("advice/")}
    return advice | {name: value for name, value in said.items() if name in WATCHED}


def failed(rollout: Rollout) -> str:
    """The constraints a completion fails, for the table of completions: public reasons only."""
    return "; ".join(f"{verdict.constraint}: {verdict.why}" for verdict in rollout.verdicts if verdict.passed is False)
