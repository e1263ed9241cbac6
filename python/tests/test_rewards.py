"""Rewards that look at more than a completion: lengths, groups, the progress of training."""

from __future__ import annotations

import json
import pickle
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import tiny_words

import fullmarks
import fullmarks.openrlhf
import fullmarks.trl
from fullmarks import Task

SPEC = """
fullmarks: 1
name: rewarded
constraints:
  - {{id: short, check: length.max_words, with: {{words: 5}}}}
  - {{id: polite, check: contains.any, with: {{texts: [please]}}, weight: 2}}
  - {{id: plain, check: regex.absent, with: {{pattern: '\\d'}}}}
reward: {reward}
"""

REWARDS = {
    "gate": "{scheme: partial, gate: [plain]}",
    "characters": "{scheme: partial, penalty: {overlong: {max: 20, soft: 10, at_most: 0.5, unit: characters}}}",
    "tokens": "{scheme: partial, penalty: {overlong: {max: 6, soft: 4, at_most: 0.5}}}",
    "annealed": "{scheme: annealed, credit: 1, to: 0, until: 0.5}",
    "difficulty": "{scheme: difficulty, alpha: 2}",
    "decoupled": "{scheme: partial, advantage: {by: decoupled}}",
    "density": "{scheme: binary, advantage: {by: density}}",
    "all": "{scheme: difficulty, gate: [plain], penalty: {overlong: {max: 6, soft: 4, at_most: 0.5}}}",
}


def task(reward: str) -> Task:
    return Task.from_yaml(SPEC.format(reward=REWARDS[reward]))


@pytest.mark.parametrize("name", REWARDS)
def test_lines_are_those_of_the_command(name: str, program: str, tmp_path: Path) -> None:
    """Byte for byte, the parts of the reward and the advantages included."""
    spec, rollouts = tmp_path / "spec.yaml", tmp_path / "rollouts.jsonl"
    spec.write_text(SPEC.format(reward=REWARDS[name]))
    groups = {f"p{n}": tiny_words.texts(n, 8) for n in range(6)}
    tokens = {name: [len(text.split()) for text in texts] for name, texts in groups.items()}
    rows = [{"id": prompt, "completions": texts, "tokens": tokens[prompt]} for prompt, texts in groups.items()]
    rollouts.write_text("".join(json.dumps(row) + "\n" for row in rows))
    progress = 0.2 if name == "annealed" else None
    at = ["--progress", str(progress)] if progress else []
    done = subprocess.run([program, "score", spec, "--rollouts", rollouts, "--quiet", *at], capture_output=True, check=True)
    scored = Task.load(spec).score(
        [text for texts in groups.values() for text in texts],
        ids=[prompt for prompt, texts in groups.items() for _ in texts],
        tokens=[count for counts in tokens.values() for count in counts],
        progress=progress,
    )
    assert "".join(rollout.to_json() + "\n" for rollout in scored).encode() == done.stdout
    for rollout in scored:
        again = pickle.loads(pickle.dumps(rollout))
        assert again == rollout and again.to_json() == rollout.to_json()
        assert (rollout.parts is None) == ("parts" not in rollout.to_dict())
        assert (rollout.advantage is None) == ("advantage" not in rollout.to_dict())
    assert len({rollout.reward for rollout in scored}) > 1


def test_groups_come_in_any_order() -> None:
    difficulty = task("difficulty")
    texts, ids = ["hello please", "hello", "one 2", "please", "four", "five please 5"], [1, 2, 1, 2, 1, 2]
    mixed = difficulty.reward(texts, ids=ids)
    apart = {n: iter(difficulty.reward([text for text, own in zip(texts, ids) if own == n], ids=[n] * 3)) for n in (1, 2)}
    assert mixed == [next(apart[own]) for own in ids]
    assert mixed != difficulty.reward(texts, ids=range(6))


@pytest.mark.parametrize(
    ("name", "beside", "refusal"),
    [
        ("difficulty", {}, "`difficulty` compares the completions of a prompt: give `ids`, for each that of its prompt"),
        ("density", {}, "`density` compares the completions of a prompt: give `ids`, for each that of its prompt"),
        ("annealed", {}, "the scheme `annealed` has to know where training is: give `progress`, from 0 to 1"),
        ("annealed", {"progress": 1.5}, "`progress` is a share of training, from 0 to 1, and not 1.5"),
        ("annealed", {"progress": float("nan")}, "`progress` is a share of training, from 0 to 1, and not NaN"),
        ("gate", {"progress": 0.5}, "`progress` is for the scheme `annealed`, and this one is `partial`: leave it out"),
        ("difficulty", {"ids": ["a"], "progress": 0.5}, "`progress` is for the scheme `annealed`, and this one is `difficulty`: leave it out"),
        ("tokens", {"tokens": [1, 2]}, "`tokens` has 2 entries for 1 completions"),
    ],
)
def test_what_is_missing_is_named(name: str, beside: dict[str, Any], refusal: str) -> None:
    with pytest.raises(fullmarks.BatchError) as error:
        task(name).score(["hello"], **beside)
    assert str(error.value) == refusal


def test_tokens_are_numbers_or_lists() -> None:
    penalised = task("tokens")
    assert penalised.looks_at == ["tokens"] and penalised.advantage is None
    texts = ["hello please"] * 3
    assert penalised.reward(texts, tokens=[2, [1, 2, 3, 4], range(6)]) == [1.0, 0.75, 0.5]
    # Without them its characters are counted, as the command does.
    assert penalised.reward(texts) == [0.5] * 3
    with pytest.raises(fullmarks.SampleError, match="completion 1: `tokens` is a whole number of tokens, or the list of them, not"):
        penalised.reward(texts, tokens=[2, None, 2])


def test_trl_gives_what_they_look_at() -> None:
    texts = ["hello please", "hello", "a b c d e f please", "hello 5"]
    step: dict[str, Any] = {"prompts": ["a", "a", "b", "b"], "completions": texts, "completion_ids": [[1] * n for n in (2, 5, 7, 2)]}
    for name in ("gate", "characters", "tokens", "annealed", "difficulty"):
        at = 0.25 if name == "annealed" else None
        expected = task(name).reward(texts, ids=list("aabb"), tokens=[2, 5, 7, 2], progress=at)
        state = SimpleNamespace(global_step=25, max_steps=100)
        assert fullmarks.trl.reward(task(name))(**step, trainer_state=state) == expected
    with pytest.raises(fullmarks.RewardError, match="TRL takes rewards and makes advantages of them itself: leave `advantage`"):
        fullmarks.trl.reward(task("decoupled"))


def test_a_penalty_beside_a_credit_that_adapts() -> None:
    penalty = "{scheme: adaptive, penalty: {overlong: {max: 6, soft: 4, at_most: 0.5}}}"
    adaptive = fullmarks.Task.from_yaml(SPEC.format(reward=penalty))
    rewards = fullmarks.trl.reward(adaptive)(
        prompts=["a", "a"], completions=["hello please"] * 2, completion_ids=[[1, 2], [1, 2, 3, 4]]
    )
    assert rewards == [1.0, 0.75]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("tokens", "OpenRLHF does not say how many tokens a completion has, which its penalty counts: write `unit: characters` there"),
        ("annealed", "OpenRLHF does not say where training is, which its reward changes with"),
        ("difficulty", "OpenRLHF has one completion judged at a time, and its reward compares those of a prompt"),
        ("density", "OpenRLHF takes rewards and makes advantages of them itself"),
    ],
)
def test_adapters_refuse_before_the_run_what_they_cannot_give(name: str, why: str) -> None:
    with pytest.raises(fullmarks.RewardError) as error:
        fullmarks.openrlhf.reward(task(name))
    assert str(error.value).startswith(f"rewarded: {why}")
    fullmarks.openrlhf.reward(task("characters"))
