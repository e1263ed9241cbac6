"""verl's own way of loading a reward function and a reward manager, and of calling them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import numpy
import pytest
import torch
from tasks import BIRDS, SHORT, trapping
from omegaconf import OmegaConf
from verl import DataProto
from verl.trainer.ppo.core_algos import (
    compute_grpo_outcome_advantage,
    compute_grpo_vectorized_outcome_advantage,
    compute_rloo_outcome_advantage,
)
from verl.trainer.ppo.reward import get_custom_reward_fn, resolve_reward_manager_cls

from fullmarks import Unscored
from fullmarks.verl import compute_score


def config(spec: Path, manager: str = "naive") -> Any:
    source = {"source": "register", "name": manager} if manager == "naive" else {
        "source": "importlib", "name": manager, "module": {"path": "pkg://fullmarks.verl"}
    }
    function = {"path": "pkg://fullmarks.verl", "name": "compute_score", "reward_kwargs": {"spec": str(spec)}}
    return OmegaConf.create({"reward": {"custom_reward_function": function, "reward_manager": source}})


class Letters:
    eos_token_id: int | None = None

    def decode(self, tokens: Any, skip_special_tokens: bool) -> str:
        return "".join(chr(token) for token in tokens.tolist())


def batch(texts: list[str], prompt: str = "Q?", **columns: Any) -> DataProto:
    """Responses as verl holds them: padded on the right."""
    longest = max(map(len, texts))
    responses = torch.tensor([[ord(letter) for letter in text.ljust(longest)] for text in texts])
    own = torch.tensor([[1] * len(text) + [0] * (longest - len(text)) for text in texts])
    prompts = torch.tensor([[ord(letter) for letter in prompt]] * len(texts))
    mask = torch.cat([torch.ones_like(prompts), own], dim=1)
    tensors = {"prompts": prompts, "responses": responses, "attention_mask": mask}
    other = {
        "data_source": numpy.array(["birds"] * len(texts), dtype=object),
        "reward_model": numpy.array([{"ground_truth": None}] * len(texts), dtype=object),
        "extra_info": numpy.array([{}] * len(texts), dtype=object),
        **{name: numpy.array(values, dtype=object) for name, values in columns.items()},
    }
    return DataProto.from_dict(tensors=tensors, non_tensors=other)


def run(manager: Any, data: DataProto) -> list[dict[str, Any]]:
    async def each() -> list[Any]:
        manager.loop = asyncio.get_running_loop()
        return [await manager.run_single(data[index : index + 1]) for index in range(len(data))]

    return asyncio.run(each())


def manager_of(settings: Any) -> Any:
    return resolve_reward_manager_cls(settings)(settings, Letters(), get_custom_reward_fn(settings))


def test_verl_loads_the_function_and_its_manager_calls_it(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SHORT)
    results = run(manager_of(config(spec)), batch(["Thank you.", "Done."]))
    assert [result["reward_score"] for result in results] == [1.0, 0.25]
    assert [result["reward_extra_info"]["full"] for result in results] == [1.0, 0.0]
    # verl builds one array per key: every sample must have the same ones.
    assert len({tuple(result["reward_extra_info"]) for result in results}) == 1


def test_columns_come_from_the_ground_truth_and_the_extra_info(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(BIRDS)
    text = "An owl is a bird."
    assert compute_score("birds", text, {"words": ["owl"]}, spec=spec)["score"] == 1.0
    assert compute_score("birds", text, '{"words": ["gull"]}', {}, spec=spec)["score"] == 0.25
    assert compute_score("birds", None, {"words": ["owl"]}, spec=spec)["score"] == 0.0
    assert compute_score("birds", text, "x", {"words": ["owl"], "split": "train"}, spec=spec, num_turns=1)["score"] == 1.0


JSON_ANSWER = """
fullmarks: 1
name: json-answer
constraints: [{check: text.equals, with: {text: {column: ground_truth}}}]
reward: {scheme: binary}
"""
SUMS = """
fullmarks: 1
name: sums
extract: {code: python}
constraints: [{check: python.stdio, with: {cases: {column: ground_truth}}}]
reward: {scheme: partial}
"""


def test_json_text_is_a_value_where_the_task_takes_the_ground_truth(tmp_path: Path) -> None:
    """As PRIME's and LiveCodeBench's code data have it. verl hands on what the data set has."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(JSON_ANSWER)
    for truth in ('{"a": 1}', '{"ground_truth": "x"}', "[1]", "owl"):
        manager = manager_of(config(spec))
        results = run(manager, batch([truth, "gull"], reward_model=[{"style": "rule", "ground_truth": truth}] * 2))
        assert [result["reward_score"] for result in results] == [1.0, 0.0], truth
    assert compute_score("x", "owl", {"ground_truth": "owl"}, spec=spec)["score"] == 1.0
    spec = tmp_path / "sums.yaml"
    spec.write_text(SUMS)
    says = "```python\nprint(sum(map(int, input().split())))\n```"
    cases = {"inputs": ["1 2\n", "3 4\n"], "outputs": ["3\n", "7\n"]}
    listed = [{"input": "1 2\n", "output": "3\n", "testtype": "stdin"}]
    for held in (json.dumps(cases), cases, json.dumps(listed), listed, {"ground_truth": json.dumps(cases)}):
        assert compute_score("taco", says, held, {"index": 1}, spec=spec)["score"] == 1.0
        assert compute_score("taco", "```python\nprint(8)\n```", held, {"index": 1}, spec=spec)["score"] == 0.0


def test_our_failure_is_raised_where_nothing_masks_it(tmp_path: Path) -> None:
    spec = trapping(tmp_path)
    with pytest.raises(Unscored, match="verl's reward manager has no way"):
        compute_score("x", "broken!", None, spec=spec)
    with pytest.raises(Unscored):
        run(manager_of(config(spec)), batch(["fine", "broken!"]))


def test_our_manager_masks_it(tmp_path: Path) -> None:
    """The tokens are not trained on, and it counts in no mean and no deviation: advantages are those of the others alone."""
    manager = manager_of(config(trapping(tmp_path), "RewardManager"))
    data = batch(["fine", "broken!", "", "fine"], uid=["a", "a", "a", "b"])
    results = run(manager, data)
    scores = [result["reward_score"] for result in results]
    assert scores == [1.0, None, 0.0, 1.0]
    rewards = type(manager).assemble_rm_scores(data, scores)
    assert rewards.sum(dim=1).tolist() == [1.0, 0.5, 0.0, 1.0]
    assert data.batch["response_mask"].sum(dim=1).tolist() == [4, 0, 0, 4]


@pytest.mark.parametrize("estimator", [compute_grpo_outcome_advantage, compute_grpo_vectorized_outcome_advantage, compute_rloo_outcome_advantage])
def test_advantages_are_those_of_the_others_alone(estimator: Any, tmp_path: Path) -> None:
    manager = resolve_reward_manager_cls(config(tmp_path, "RewardManager"))

    def advantages(scores: list[float | None], groups: list[str]) -> list[float]:
        data = batch(["a"] * len(scores), uid=groups)
        data.batch["response_mask"] = torch.ones(len(scores), 1)
        rewards = manager.assemble_rm_scores(data, scores)
        found, _ = estimator(rewards, data.batch["response_mask"], data.non_tensor_batch["uid"])
        return found.sum(dim=1).tolist()

    alone = advantages([1.0, 0.0, 0.5, 0.25, 1.0], ["a", "a", "a", "b", "b"])
    with_unknown = advantages([1.0, None, 0.0, 0.5, None, 0.25, None, 1.0], ["a", "a", "a", "a", "a", "b", "b", "b"])
    assert [with_unknown[index] for index in (0, 2, 3, 5, 7)] == pytest.approx(alone, abs=1e-6)
    assert [with_unknown[index] for index in (1, 4, 6)] == [0.0, 0.0, 0.0]
    # One score alone has no baseline: its advantage is 0, and no reward by itself.
    assert advantages([1.0, None, None, 0.0], ["a", "a", "b", "b"]) == pytest.approx([0.0] * 4)
    assert advantages([None, None], ["a", "a"]) == [0.0, 0.0]


def test_a_mask_that_is_there_is_kept(tmp_path: Path) -> None:
    manager = resolve_reward_manager_cls(config(tmp_path, "RewardManager"))
    data = batch(["aaaa", "bbbb"])
    data.batch["response_mask"] = torch.tensor([[1, 0, 0, 1], [1, 1, 1, 1]])
    rewards = manager.assemble_rm_scores(data, [0.5, None])
    assert rewards.sum(dim=1).tolist() == [0.5, 0.5]
    assert data.batch["response_mask"].tolist() == [[1, 0, 0, 1], [0, 0, 0, 0]]
