"""OpenRLHF: the ``reward_func`` of the file that ``--reward.remote_url`` names.

    # reward.py
    import fullmarks.openrlhf
    reward_func = fullmarks.openrlhf.reward("spec.yaml")

Queries hold the prompt and the response with its special tokens; judging leaves those out that end it (``end_tokens`` in the spec). A label is
the id of its prompt where the task knows its prompts. Else it is the value of a column where the spec takes that from a prompt, also where it
is JSON text; else the prompt's row, or the JSON text of one. ``fullmarks serve`` answers the same over HTTP.

Source: ``openrlhf.utils.agent.SingleTurnAgentExecutor`` of openrlhf 0.11.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ._adapt import Spec, judge, numbers, row_of, scored, task_of, whole
from ._fullmarks import Rollout, Task
from .errors import SampleError

__all__ = ["response", "reward"]

RewardFunction = Callable[[Sequence[str], Sequence[str], Sequence[Any]], dict[str, Any]]


def reward(spec: Spec, *, label: str = "label") -> RewardFunction:
    """A reward function for OpenRLHF.

    Args:
        spec: The task, or the path of its spec.
        label: The column that a label is the value of, when it is no row.
    """
    task = task_of(spec, "OpenRLHF")

    def reward_func(queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any]) -> dict[str, Any]:
        """``rewards`` and ``scores`` in [0, 1] and ``extra_logs``, each a list as long as the queries.

        Raises:
            Unscored: Our side could not judge one of them. OpenRLHF logs it and goes on without a reward.
        """
        pairs = enumerate(zip(queries, prompts, strict=True))
        answers = [response(query, prompt, index) for index, (query, prompt) in pairs]
        rollouts = judge_labels(task, answers, prompts, labels, label)
        rewards = scored(rollouts, "OpenRLHF")
        logs = [numbers(rollout) for rollout in rollouts]
        return {"rewards": rewards, "scores": rewards, "extra_logs": {name: [log[name] for log in logs] for name in logs[0]}}

    return reward_func


def response(query: str, prompt: str, index: int = 0) -> str:
    """What the policy wrote of a query, with the special tokens that end it."""
    if not query.startswith(prompt):
        raise SampleError(index, "the query does not begin with its prompt, so that the response cannot be told from it")
    return query[len(prompt) :]


def judge_labels(
    task: Task, answers: Sequence[str], prompts: Sequence[str], labels: Sequence[Any], label: str
) -> list[Rollout]:
    """Judges responses by what their labels say of their prompts."""
    if task.knows_prompts:
        return task.score(whole(task, answers, prompts), ids=labels)
    rows = [row_of(value, label, task) for value in labels]
    columns = {name: [row.get(name) for row in rows] for name in task.columns if any(name in row for row in rows)}
    return judge(task, answers, prompts, columns)
