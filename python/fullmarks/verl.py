"""verl: ``compute_score`` for ``custom_reward_function``, and a reward manager that masks what our side could not judge.

    reward.custom_reward_function.path=pkg://fullmarks.verl
    reward.custom_reward_function.name=compute_score
    +reward.custom_reward_function.reward_kwargs.spec=spec.yaml

    reward.reward_manager.source=importlib
    reward.reward_manager.module.path=pkg://fullmarks.verl
    reward.reward_manager.name=RewardManager

The spec's columns are looked for in ``extra_info``, then ``ground_truth`` and ``data_source`` under these names.

Source: ``verl.trainer.ppo.reward`` and ``verl.experimental.reward_loop`` of verl 0.9.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._adapt import Spec, judge_one, numbers, row_of, scored, task_of, whole

__all__ = ["compute_score"]

PROMPT = "__fullmarks_prompt"
"""Where in ``extra_info`` our reward manager says how the prompt ends."""
CUT = "__fullmarks_cut"
"""Where it says whether the response was cut."""


def compute_score(
    data_source: str,
    solution_str: str | None,
    ground_truth: Any,
    extra_info: Mapping[str, Any] | None = None,
    *,
    spec: Spec,
    mask: bool = False,
    **reward_kwargs: Any,
) -> dict[str, Any]:
    """The score of one response, with the same keys for every one.

    Args:
        data_source: The data set's name.
        solution_str: The response; ``None``, as no response at all, is an empty one.
        ground_truth: What the data set has under ``reward_model.ground_truth``: the column of that name where the spec takes it from a prompt,
            also where it is JSON text; else a row of the prompt, or the JSON text of one.
        extra_info: Further columns.
        spec: The task, or the path of its spec.
        mask: Whether the caller masks a response whose score is ``None``. :class:`RewardManager` does; verl's own managers do not.
        reward_kwargs: What verl adds; not used.

    Returns:
        ``score`` in [0, 1], ``full`` (0 or 1), and how many constraints are met, failed and unscored.

    Raises:
        Unscored: Our side could not judge the response, and nobody would mask it.
    """
    del reward_kwargs
    task = task_of(spec, "verl")
    row = {"data_source": data_source, **row_of(ground_truth, "ground_truth", task), **(extra_info or {})}
    prompt, cut = row.pop(PROMPT, None), row.pop(CUT, None)
    [answer] = whole(task, [solution_str], [prompt])
    rollout = judge_one(task, answer, None, row, cut)
    score = rollout.reward if mask else scored([rollout], "verl's reward manager")[0]
    return {"score": score, **numbers(rollout)}


def __getattr__(name: str) -> Any:
    """The reward manager, made when asked for: it extends a class of verl."""
    if name != "RewardManager":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from ._verl_manager import RewardManager

    return RewardManager
