"""verifiers: a reward for tasks of its v1, and a function for a ``Rubric`` of its earlier versions.

    class Task(vf.Task[Data, vf.State, Config]):          # verifiers 0.4, `import verifiers.v1 as vf`
        meets_spec = fullmarks.verifiers.reward("spec.yaml")

    rubric = vf.Rubric(funcs=[fullmarks.verifiers.rubric("spec.yaml")])      # verifiers 0.1 and 0.2

Both raise where our side could not judge. v1 records the reward as ``None`` and the trace as not scored. A ``Rubric`` turns every
exception into 0, so the rollout's ``error`` is set first, by which trainers leave it out.

Source: ``verifiers.v1.task.Task.score`` of 0.4.0, ``verifiers.rubrics.rubric.Rubric`` of 0.1.14.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from ._adapt import Spec, judge_one, row_of, scored, task_of
from .errors import Unscored

__all__ = ["reward", "rubric"]


def reward(spec: Spec, *, weight: float = 1.0) -> Callable[..., Any]:
    """A method for a task of verifiers' v1, marked as its ``@vf.reward`` would.

    The task's data are the prompt's row, their ``prompt`` and ``id`` included; the trace's last reply is judged.
    """
    from verifiers.v1 import reward as mark

    task = task_of(spec, "verifiers")

    async def meets_spec(self: Any, trace: Any) -> float:
        row = self.data.model_dump(mode="json", exclude_none=True)
        prompt = row.pop("prompt", None) if task.prompt_column == "prompt" else None
        # A trace that was ended after its turns is not cut in its last reply.
        last = next((call for call in reversed(trace.calls) if call.error is None), None)
        cut = None if last is None else last.finish_reason == "length"
        rollout = await asyncio.to_thread(judge_one, task, trace.last_reply, prompt, row, cut)
        return scored([rollout], "verifiers")[0]

    marked: Callable[..., Any] = mark(weight=weight)(meets_spec)
    return marked


def rubric(spec: Spec) -> Callable[..., Any]:
    """A function for ``Rubric(funcs=[…])``: ``answer`` and ``info`` are the prompt's row, the last message is judged."""
    task = task_of(spec, "verifiers")

    async def fullmarks(
        completion: Any, prompt: Any = None, answer: Any = None, info: Any = None, state: Any = None
    ) -> float:
        row = {**row_of(answer, "answer", task), **row_of(info, "info", task)}
        steps = (state or {}).get("trajectory") or []
        rollout = await asyncio.to_thread(judge_one, task, completion, prompt, row, steps[-1].get("is_truncated") if steps else None)
        try:
            return scored([rollout], "a Rubric")[0]
        except Unscored as error:
            if state is not None:
                from verifiers.errors import Error

                state["error"] = Error(str(error))
            raise

    return fullmarks
