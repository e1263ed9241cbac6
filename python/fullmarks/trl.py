"""TRL: a reward function for ``GRPOTrainer(reward_funcs=…)`` and its relatives.

    trainer = GRPOTrainer(model=…, reward_funcs=fullmarks.trl.reward("spec.yaml"), train_dataset=…)

The data set's columns reach the spec by their names. A completion that our side could not judge gets ``None``, which TRL leaves out of
its group, as long as *all* reward functions return it: beside another function ``None`` adds 0. Combine rewards inside one spec.

Source: ``GRPOTrainer._calculate_rewards`` of trl 1.16.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from ._adapt import Spec, check_columns, judge, task_of
from ._fullmarks import Monitor, Rollout, Task
from ._pilot import INITIAL, TRAINER, Pilot, Sample, check, name as file_name, warn_of_diversity

__all__ = ["Pilot", "Reward", "pilot", "reward"]


GIVES = ("ids", "progress", "tokens")
"""What TRL says beside completions and columns: groups by their prompts, the step, and the tokens."""


class Reward:
    """A reward function with TRL's signature. Can be pickled, unless a monitor watches; a copy whose credit adapts goes on by itself."""

    def __init__(self, task: Task, name: str, monitor: Monitor | None = None, ends: Iterable[int] | None = None) -> None:
        self.task = task
        self.ends = None if ends is None else frozenset(ends)
        self.monitor = monitor
        self.__name__ = name
        # What a pilot gathers.
        self._sample: Sample | None = None
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
        if self._sample is not None:
            self._sample.rollouts += rollouts
            self._sample.completions += completions
        if self.monitor is not None:
            written = completions if completion_ids is None else completion_ids
            self.monitor.observe(getattr(trainer_state, "global_step", 0), rollouts, written)
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


def pilot(
    make_trainer: Callable[[Reward, int, int], Any],
    spec: Spec,
    *,
    steps: int = 40,
    seeds: int = 2,
    schemes: Sequence[str] = ("binary", "partial"),
    prompts: Any = None,
    folder: str | PathLike[str] = "pilot",
) -> Pilot:
    """Trains briefly under each scheme and seed, and writes what ``fullmarks advise --pilot`` takes: one call says which scheme.

    The policy is sampled by ``trainer.evaluate`` before the first run and after each, in groups of ``num_generations_eval``.

    Args:
        make_trainer: Makes a fresh ``GRPOTrainer`` from the initial policy: ``make_trainer(reward, steps, seed)``, with
            ``reward_funcs=reward``, ``max_steps=steps`` and ``seed=seed``.
        spec: The task, or the path of its spec. Its own scheme does not matter.
        steps: Steps of each run.
        seeds: Runs of each scheme. One run is one draw: a second seed turned the answer of one in six.
        schemes: ``binary`` and what to compare it with: ``partial`` or ``partial:CREDIT``.
        prompts: The data set that the policy is sampled on: the trainer's ``eval_dataset`` by default, or the first 128 rows of its
            ``train_dataset``. Give at least ten prompts, and 1,000 completions for an answer that can be told from chance.
        folder: Where the files go: ``initial.jsonl`` and one for each run.

    Raises:
        ValueError: It would be no pilot, or the trainer was not made as told.
    """
    check(steps, seeds, schemes)
    task = task_of(spec, "TRL", GIVES)
    paid = {scheme: task_of(task.paid_by(scheme), "TRL", GIVES) for scheme in schemes}
    folder = Path(folder)
    initial: Sample | None = None
    runs: dict[str, list[Sample]] = {scheme: [] for scheme in schemes}
    known: dict[str, Any] = {}
    for seed in range(seeds):
        for scheme in schemes:
            reward = Reward(paid[scheme], f"{task.name}_{scheme}".replace(":", "_"))
            trainer = make_trainer(reward, steps, seed)
            _as_told(trainer, reward, steps, seed)
            if initial is None:
                known = _settings(trainer)
                folder.mkdir(parents=True, exist_ok=True)
                (folder / TRAINER).write_text(json.dumps(known["trainer"]), encoding="utf-8")
                initial = _sampled(trainer, reward, prompts)
                _write(trainer, initial, folder / INITIAL)
            trainer.train()
            run = _sampled(trainer, reward, prompts)
            _write(trainer, run, folder / file_name(scheme, seed))
            warn_of_diversity(scheme, initial, run)
            runs[scheme].append(run)
    assert initial is not None
    return Pilot(task, folder, steps, initial, runs, known)


def _as_told(trainer: Any, reward: Reward, steps: int, seed: int) -> None:
    """Refuses a trainer whose pilot would be another one than was asked for."""
    for setting, wanted in (("max_steps", steps), ("seed", seed)):
        has = getattr(trainer.args, setting)
        if has != wanted:
            raise ValueError(f"make_trainer made a trainer with {setting}={has}, and was asked for {wanted}: hand the argument on")
    if trainer.reward_funcs != [reward]:
        raise ValueError("make_trainer must hand on the reward that it is given, and no other: reward_funcs=reward")


def _settings(trainer: Any) -> dict[str, Any]:
    """What of the trainer an assessment needs: its configuration, and its algorithm where that does not say it."""
    keys = ("num_generations", "scale_rewards", "beta")
    config = {key: getattr(trainer.args, key) for key in keys if hasattr(trainer.args, key)}
    rloo = type(trainer).__name__.startswith("RLOO")
    return {"trainer": config, **({"algorithm": "rloo"} if rloo else {})}


def _sampled(trainer: Any, reward: Reward, prompts: Any) -> Sample:
    """What the policy writes now, of all processes."""
    data = prompts if prompts is not None else trainer.eval_dataset
    if data is None:
        data = trainer.train_dataset.select(range(min(128, len(trainer.train_dataset))))
    size = trainer.num_generations_eval
    # Whole groups in each batch.
    trainer.args.per_device_eval_batch_size = size * max(1, trainer.args.per_device_eval_batch_size // size)
    reward._sample = sample = Sample()
    try:
        trainer.evaluate(eval_dataset=data)
    finally:
        reward._sample = None
    if trainer.accelerator.num_processes > 1:
        from accelerate.utils import gather_object

        sample = Sample(gather_object(sample.rollouts), gather_object(sample.completions))
    return sample


def _write(trainer: Any, sample: Sample, path: Path) -> None:
    if trainer.accelerator.is_main_process:
        sample.write(path)


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
    "p_full", "mean_fraction", "reward", "mixed_groups", "no_full_groups", "tied_groups", "distinct", "lost_prompts", "unscored",
    "trend/p_full", "trend/reward",
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
