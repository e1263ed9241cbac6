"""verl's reward manager, for responses that our side could not judge: they count for nothing."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy
import torch
from omegaconf import OmegaConf
from verl.experimental.reward_loop.reward_manager.naive import NaiveRewardManager

from .verl import CUT, PROMPT


PROMPT_END = 32
"""Tokens of a prompt that are looked at: more than any mark has."""


class RewardManager(NaiveRewardManager):  # type: ignore[misc]
    """As verl's ``naive`` manager, but a score may be ``None``.

    Such a response leaves its group, so that it counts in no mean and no deviation, and none of its tokens are trained on. Its own score is the
    mean of the group it left.
    """

    def __init__(self, config: Any, tokenizer: Any, compute_score: Any, *arguments: Any, **keywords: Any) -> None:
        super().__init__(config, tokenizer, partial(compute_score, mask=True), *arguments, **keywords)

    async def run_single(self, data: Any) -> Any:
        """As verl's, and says beside how the prompt ends that the policy read, where a chat template may have opened thinking, and whether the
        response was cut."""
        one = data[-1:]
        if "prompts" not in one.batch:
            return await super().run_single(one)
        prompts = one.batch["prompts"][0]
        read = prompts[one.batch["attention_mask"][0][: prompts.size(0)].bool()][-PROMPT_END:]
        prompt = await self.loop.run_in_executor(None, lambda: self.tokenizer.decode(read, skip_special_tokens=False))
        beside = numpy.empty(1, dtype=object)
        beside[0] = {**(one.non_tensor_batch.get("extra_info", [None])[0] or {}), PROMPT: prompt, CUT: self._was_cut(one.batch)}
        one.non_tensor_batch["extra_info"] = beside
        return await super().run_single(one)

    def _was_cut(self, batch: Any) -> bool | None:
        """Whether the response is as long as one may be and ends in no end; ``None`` where the settings do not say how long that is."""
        most = OmegaConf.select(self.config, "data.max_response_length")
        responses = batch["responses"][0]
        length = int(batch["attention_mask"][0][-responses.size(0) :].sum())
        if most is None or length == 0:
            return None
        return length >= most and int(responses[length - 1]) != getattr(self.tokenizer, "eos_token_id", None)

    @classmethod
    def assemble_rm_scores(cls, data: Any, scores: list[float | None]) -> Any:
        """The tensor of scores; masks responses without one in ``data``, and takes them out of their groups."""
        unknown = [index for index, score in enumerate(scores) if score is None]
        if unknown:
            if "response_mask" not in data.batch:
                length = data.batch["responses"].size(1)
                data.batch["response_mask"] = data.batch["attention_mask"][:, -length:].clone()
            data.batch["response_mask"][torch.tensor(unknown)] = 0
            return super().assemble_rm_scores(data, cls._filled(data, scores, unknown))
        return super().assemble_rm_scores(data, scores)

    @staticmethod
    def _filled(data: Any, scores: list[float | None], unknown: list[int]) -> list[float]:
        known = [score for score in scores if score is not None]
        groups = list(data.non_tensor_batch.get("uid", [None] * len(scores)))
        by_group: dict[Any, list[float]] = {}
        for group, score in zip(groups, scores, strict=True):
            if score is not None:
                by_group.setdefault(group, []).append(score)
        of_group = [by_group.get(group, known) for group in groups]
        if "uid" in data.non_tensor_batch:
            for index in unknown:
                # Beside one score alone it stays, equal to it: verl takes a group of one for a score without a baseline.
                if len(by_group.get(groups[index], ())) > 1:
                    groups[index] = f"{groups[index]} unscored {index}"
            uids = numpy.empty(len(groups), dtype=object)
            uids[:] = groups
            data.non_tensor_batch["uid"] = uids
        return [_mean(of_group[index]) if score is None else score for index, score in enumerate(scores)]


def _mean(scores: list[float]) -> float:
    # A batch without any score at all: masked throughout, so that any number will do.
    return sum(scores) / len(scores) if scores else 0.0
