"""verl's reward manager, for responses that our side could not judge: they count for nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

import torch
from verl.experimental.reward_loop.reward_manager.naive import NaiveRewardManager


class RewardManager(NaiveRewardManager):  # type: ignore[misc]
    """As verl's ``naive`` manager, but a score may be ``None``.

    Such a response gets the mean score of its group, which moves no baseline, and none of its tokens are trained on.
    """

    def __init__(self, config: Any, tokenizer: Any, compute_score: Any, *arguments: Any, **keywords: Any) -> None:
        super().__init__(config, tokenizer, partial(compute_score, mask=True), *arguments, **keywords)

    @classmethod
    def assemble_rm_scores(cls, data: Any, scores: list[float | None]) -> Any:
        """The tensor of scores; masks responses without one in ``data``."""
        known = [score for score in scores if score is not None]
        if len(known) < len(scores):
            groups = data.non_tensor_batch.get("uid", [None] * len(scores))
            by_group: dict[Any, list[float]] = {}
            for group, score in zip(groups, scores, strict=True):
                if score is not None:
                    by_group.setdefault(group, []).append(score)
            if "response_mask" not in data.batch:
                length = data.batch["responses"].size(1)
                data.batch["response_mask"] = data.batch["attention_mask"][:, -length:].clone()
            unknown = torch.tensor([score is None for score in scores])
            data.batch["response_mask"][unknown] = 0
            scores = [
                score if score is not None else _mean(by_group.get(group, known))
                for group, score in zip(groups, scores, strict=True)
            ]
        return super().assemble_rm_scores(data, scores)


def _mean(scores: list[float]) -> float:
    # A batch without any score at all: masked throughout, so that any number will do.
    return sum(scores) / len(scores) if scores else 0.0
