"""inspect_ai: a scorer.

    Task(dataset=…, solver=generate(), scorer=fullmarks.inspect_ai.meets_spec("spec.yaml"))

The sample's ``metadata`` are the prompt's row, with its id and, as ``target``, its target: text, or a list where there are several. A sample that our side could not judge is
``Score.unscored``, which no metric counts.

Source: ``inspect_ai.scorer`` of inspect-ai 0.3.285.
"""

from __future__ import annotations

import asyncio
from typing import Any

from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import TaskState

from ._adapt import Spec, judge_one, task_of

__all__ = ["meets_spec"]


@scorer(metrics=[mean(), stderr()])
def meets_spec(spec: Spec) -> Scorer:
    """Scores by the spec's reward, in [0, 1]."""
    task = task_of(spec, "inspect_ai")

    async def score(state: TaskState, target: Target) -> Score:
        targets = list(target)
        one_or_several = targets[0] if len(targets) == 1 else targets
        row: dict[str, Any] = {task.id_column: state.sample_id, "target": one_or_several, **(state.metadata or {})}
        answer = state.output.completion
        cut = not state.output.empty and state.output.stop_reason in ("max_tokens", "model_length")
        rollout = await asyncio.to_thread(judge_one, task, answer, state.input_text, row, cut)
        reasons = [f"{v.constraint}: {v.why or v.unscored}" for v in rollout.verdicts if v.passed is not True]
        explanation = "\n".join(reasons) or None
        metadata = {"verdicts": rollout.to_dict()["verdicts"]}
        if rollout.reward is None:
            return Score.unscored(reason="scoring_failed", answer=answer, explanation=explanation, metadata=metadata)
        return Score(value=rollout.reward, answer=answer, explanation=explanation, metadata=metadata)

    return score
