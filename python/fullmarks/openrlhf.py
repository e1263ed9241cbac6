"""OpenRLHF: the ``reward_func`` of the file that ``--reward.remote_url`` names.

    # reward.py
    import fullmarks.openrlhf
    reward_func = fullmarks.openrlhf.reward("spec.yaml")

Queries hold the prompt and the response with its special tokens. A label is the id of its prompt where the task knows its prompts, else the
prompt's row (a dict or the JSON text of one), else the value of one column. ``fullmarks serve`` answers the same over HTTP.

Source: ``openrlhf.utils.agent.SingleTurnAgentExecutor`` of openrlhf 0.11.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ._adapt import Spec, judge, numbers, row_of, scored, task_of
from ._fullmarks import Rollout, Task
from .errors import SampleError

__all__ = ["END_TOKENS", "response", "reward"]

END_TOKENS = (
    "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|end|>", "<|endoftext|>", "<|end_of_text|>",
    "<｜end▁of▁sentence｜>", "<end_of_turn>", "</s>", "<eos>", "<pad>",
)
"""What ends a response in common chat templates. Removed from its end."""

RewardFunction = Callable[[Sequence[str], Sequence[str], Sequence[Any]], dict[str, Any]]


def reward(spec: Spec, *, label: str = "label", end_tokens: Sequence[str] = END_TOKENS) -> RewardFunction:
    """A reward function for OpenRLHF.

    Args:
        spec: The task, or the path of its spec.
        label: The column that a label is the value of, when it is no row.
        end_tokens: Special tokens that end a response.
    """
    task = task_of(spec, "OpenRLHF")

    def reward_func(queries: Sequence[str], prompts: Sequence[str], labels: Sequence[Any]) -> dict[str, Any]:
        """``rewards`` and ``scores`` in [0, 1] and ``extra_logs``, each a list as long as the queries.

        Raises:
            Unscored: Our side could not judge one of them. OpenRLHF logs it and goes on without a reward.
        """
        pairs = enumerate(zip(queries, prompts, strict=True))
        answers = [response(query, prompt, index, end_tokens) for index, (query, prompt) in pairs]
        rollouts = judge_labels(task, answers, prompts, labels, label)
        rewards = scored(rollouts, "OpenRLHF")
        logs = [numbers(rollout) for rollout in rollouts]
        return {"rewards": rewards, "scores": rewards, "extra_logs": {name: [log[name] for log in logs] for name in logs[0]}}

    return reward_func


def response(query: str, prompt: str, index: int = 0, end_tokens: Sequence[str] = END_TOKENS) -> str:
    """What the policy wrote of a query."""
    if not query.startswith(prompt):
        raise SampleError(index, "the query does not begin with its prompt, so that the response cannot be told from it")
    text = query[len(prompt) :]
    while True:
        shorter = text.rstrip()
        end = next((token for token in end_tokens if shorter.endswith(token)), None)
        if end is None:
            return text
        text = shorter[: -len(end)]


def judge_labels(
    task: Task, answers: Sequence[str], prompts: Sequence[str], labels: Sequence[Any], label: str
) -> list[Rollout]:
    """Judges responses by what their labels say of their prompts."""
    if task.knows_prompts:
        return task.score(answers, ids=labels)
    rows = [row_of(value, label) for value in labels]
    columns = {name: [row.get(name) for row in rows] for name in task.columns if any(name in row for row in rows)}
    return judge(task, answers, prompts, columns)
