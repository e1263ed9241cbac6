"""A real ``GRPOTrainer`` on the processor."""

from __future__ import annotations

import inspect
import json
import math
import os
import pickle
import shlex
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import numpy
import pytest
import tiny
import torch
from tasks import trapping
from datasets import Dataset
from trl import GRPOConfig, GRPOTrainer

import fullmarks.trl
from fullmarks import Task

PROMPTS = ["Name a bird.", "Say something short.", "Write a line of Python."]

# An instruction and a constraint on Python code; the third is the faulty checker's.
CONSTRAINTS = r"""extract: {code: python, fences: optional}
constraints:
  - {id: short, check: length.max_words, with: {words: 2}}
  - {id: plain, check: python.forbids, on: code, with: {imports: [os]}}
"""


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return tiny.tokenizer(PROMPTS)


def test_five_steps_with_a_faulty_checker(tmp_path: Path, tokenizer: Any) -> None:
    """Metrics are logged, the policy is trained, and a completion the checker breaks on is masked: it has no advantage and is no zero."""
    # The checker breaks on about every fourth text. Random text is no Python, so with `binary` all would be known to earn nothing.
    spec = trapping(tmp_path, CONSTRAINTS, "(i32.eqz (i32.and (local.get $last) (i32.const 3)))", "partial")
    given: list[list[float | None]] = []
    seen: list[dict[str, Any]] = []
    reward = fullmarks.trl.reward(spec)

    class Recorded(fullmarks.trl.Reward):
        def __call__(self, **arguments: Any) -> list[float | None]:
            rewards = super().__call__(**arguments)
            given.append(rewards)
            return rewards

    class Trainer(GRPOTrainer):  # type: ignore[misc]
        def _generate_and_score_completions(self, inputs: Any) -> Any:
            scored = super()._generate_and_score_completions(inputs)
            seen.append({"advantages": scored["advantages"].tolist(), "rewards": given[-1]})
            return scored

    trainer = Trainer(
        model=tiny.model(tokenizer),
        reward_funcs=Recorded(reward.task, reward.__name__),
        args=GRPOConfig(
            output_dir=str(tmp_path / "out"),
            per_device_train_batch_size=12,
            num_generations=6,
            max_completion_length=12,
            max_steps=5,
            learning_rate=1e-3,
            beta=0.0,
            use_cpu=True,
            report_to=[],
            logging_steps=1,
            save_strategy="no",
            seed=1,
        ),
        train_dataset=Dataset.from_list([{"prompt": prompt} for prompt in PROMPTS * 8]),
        processing_class=tokenizer,
    )
    before = [parameter.detach().clone() for parameter in trainer.model.parameters()]
    trainer.train()

    rewards = [reward for batch in given for reward in batch]
    assert len(given) == 5 and len(rewards) == 60
    assert None in rewards and any(reward is not None for reward in rewards)
    for step in seen:
        groups = list(zip(step["rewards"], step["advantages"], strict=True))
        for start in range(0, len(groups), 6):
            group = groups[start : start + 6]
            # What our side could not judge moves nothing.
            assert all(advantage == 0 for reward, advantage in group if reward is None)
            known = [reward for reward, _ in group if reward is not None]
            if not known:
                continue
            # The baseline is the mean of what is known. Had None been a 0, it would lie lower.
            mean = sum(known) / len(known)
            for reward, advantage in group:
                if reward is not None and reward != mean:
                    assert math.copysign(1, advantage) == math.copysign(1, reward - mean)
    logged = [entry for entry in trainer.state.log_history if "faulty/unscored" in entry]
    assert len(logged) == 5
    assert 0 < sum(entry["faulty/unscored"] for entry in logged) / 5 < 1
    assert {"faulty/full", "faulty/met/short", "faulty/met/plain"} <= set().union(*logged)
    if any(len({reward for reward in batch if reward is not None}) > 1 for batch in given):
        after = list(trainer.model.parameters())
        assert any(not torch.equal(old, new) for old, new in zip(before, after, strict=True))


def test_columns_reach_the_spec_and_conversations_work(birds: Task) -> None:
    reward = fullmarks.trl.reward(birds, name="bird")
    assert reward.__name__ == "bird"
    arguments: dict[str, Any] = {
        "prompts": [[{"role": "user", "content": "Which?"}]] * 2,
        "completions": [[{"role": "assistant", "content": "An owl is a bird."}]] * 2,
        "completion_ids": [[1], [2]],
        "words": [["owl", "bird"], ["gull", "bird"]],
        "image": [object(), object()],
        "trainer_state": object(),
    }
    logged: dict[str, Any] = {}
    log = {"log_metric": logged.__setitem__, "log_extra": logged.__setitem__}
    assert reward(**arguments, **log) == [1.0, 0.625]
    assert logged["bird/full"] == 0.5 and logged["bird/met/short"] == 1.0 and logged["bird/unscored"] == 0.0
    assert logged["bird/failed"][0] == "" and logged["bird/failed"][1].startswith("names_it: ")
    assert pickle.loads(pickle.dumps(reward))(**arguments) == [1.0, 0.625]


def test_one_text_with_several_truths_is_several_groups() -> None:
    """A reward that compares a prompt's completions compares those of one row."""
    task = Task.from_yaml("""
fullmarks: 1
name: groups
constraints:
  - {id: names_it, check: contains.all, with: {texts: {column: words}}}
  - {id: short, check: length.max_words, with: {words: 3}}
reward: {scheme: difficulty}
""")
    texts = ["owl so so so", "gull", "auk", "auk so so so"]
    truths = [["owl"], ["owl"], ["gull"], ["gull"]]
    rewards = fullmarks.trl.reward(task)(prompts=["Which?"] * 4, completions=texts, words=truths)
    assert rewards == task.reward(texts, columns={"words": truths}, ids=["a", "a", "b", "b"])
    assert rewards != task.reward(texts, columns={"words": truths}, ids=["a"] * 4)
    # Columns that the task does not take, and where their values lie in memory, tell no rows apart.
    again = fullmarks.trl.reward(task)(
        prompts=[[{"role": "user", "content": "Which?"}] for _ in texts], completions=texts,
        words=[numpy.array(truth) for truth in truths], step=[1, 2, 3, 4],
    )  # fmt: skip
    assert again == rewards


BROUGHT = """
fullmarks: 1
name: brought
constraints:
  - from_prompt: {ids: asked, params: with}
  - {id: plain, check: regex.absent, with: {pattern: '\\d'}}
  - {id: ours, check: length.max_words, with: {words: 3}}
reward: {scheme: partial}
"""


def test_every_process_logs_the_same_names(tmp_path: Path) -> None:
    """Whatever its prompts ask for, and whatever is known: TRL's processes gather them by name."""
    task = Task.from_yaml(BROUGHT)
    asked = [
        (["contains.any", "contains.any"], [{"texts": ["owl"]}, {"texts": ["gull"]}]),
        (["length.max_words"], [{"words": 2}]),
        ([], []),
    ]
    names, values = [], []
    for ids, params in asked:
        logged: list[tuple[str, float]] = []
        reward = fullmarks.trl.reward(task, monitor=fullmarks.Monitor(task, group_size=2))
        reward(
            prompts=["?"] * 2, completions=["owl", "gull so so so"], completion_ids=[[1], [2]], asked=[ids] * 2,
            log_metric=lambda name, value: logged.append((name, value)), **{"with": [params] * 2},
        )  # fmt: skip
        names.append([name for name, _ in logged])
        values.append(dict(logged))
    assert names[0] == names[1] == names[2] and len(set(names[0])) == len(names[0])
    assert {"brought/full", "brought/unscored", "brought/met/plain", "brought/met/ours", "brought/met/from_prompt"} <= set(names[0])
    assert [value["brought/met/from_prompt"] for value in values] == [0.0, 0.5, 1.0]
    assert [value["brought/met/ours"] for value in values] == [0.5] * 3 and values[0]["brought/met/plain"] == 1.0
    faulty = fullmarks.trl.reward(trapping(tmp_path))
    unknown: dict[str, float] = {}
    assert faulty(prompts=["?"], completions=["broken!"], log_metric=unknown.__setitem__) == [None]
    assert unknown == {"faulty/full": 0.0, "faulty/unscored": 1.0, "faulty/met/ours": 0.0}


def test_no_completion_is_an_empty_one(birds: Task) -> None:
    reward = fullmarks.trl.reward(birds)
    assert reward(prompts=["?"] * 2, completions=[None, "An owl."], words=[["owl"]] * 2) == [0.0, 1.0]


def test_trl_calls_it_as_recorded() -> None:
    """What TRL passes and reads, in the version that is installed."""
    source = inspect.getsource(GRPOTrainer._calculate_rewards)
    assert "prompts=prompts, completions=completions, completion_ids=completion_ids_list, **reward_kwargs" in source
    assert "reward if reward is not None else torch.nan" in source
    for name in ("trainer_state", "log_extra", "log_metric"):
        assert f'reward_kwargs["{name}"]' in source
        assert name in inspect.signature(fullmarks.trl.Reward.__call__).parameters


WORDS = """fullmarks: 1
name: terse
constraints:
  - {id: short, check: length.max_words, with: {words: 6}}
  - {id: an_e, check: contains.all, with: {texts: [e]}}
reward: {scheme: partial, credit: 0.5}
"""


def maker(folder: Path, tokenizer: Any, **others: Any) -> Any:
    """What a user writes: a fresh trainer, from the same model each time."""

    def make(reward: Any, steps: int, seed: int) -> GRPOTrainer:
        settings = {"max_steps": steps, "seed": seed, **others}
        return GRPOTrainer(
            model=tiny.model(tokenizer),
            reward_funcs=reward,
            args=GRPOConfig(
                output_dir=str(folder / "out"),
                per_device_train_batch_size=8,
                num_generations=4,
                max_completion_length=8,
                learning_rate=1e-3,
                use_cpu=True,
                report_to=[],
                save_strategy="no",
                **settings,
            ),
            train_dataset=Dataset.from_list([{"prompt": f"{prompt} {n}"} for n in range(4) for prompt in PROMPTS]),
            processing_class=tokenizer,
        )

    return make


def test_a_pilot_is_one_call(tmp_path: Path, tokenizer: Any) -> None:
    """Both schemes, two seeds: files that the command reads, and an assessment that says the same."""
    folder = tmp_path / "a pilot"
    (tmp_path / "spec.yaml").write_text(WORDS)
    pilot = fullmarks.trl.pilot(maker(tmp_path, tokenizer), tmp_path / "spec.yaml", steps=2, seeds=2, folder=folder)
    assert {scheme: len(runs) for scheme, runs in pilot.runs.items()} == {"binary": 2, "partial": 2}
    names = {"initial", "binary-seed0", "binary-seed1", "partial-seed0", "partial-seed1"}
    assert {path.stem for path in folder.glob("*.jsonl")} == names
    for path in folder.glob("*.jsonl"):
        rows = [json.loads(line) for line in path.read_text().splitlines()]
        groups = Counter(row["id"] for row in rows)
        # Each of the twelve prompts in whole groups, before and after, whatever the training steps saw.
        assert (len(groups), set(groups.values())) == (12, {4}), path
        paid = {(row["full"], row["fraction"], row["reward"]) for row in rows}
        partly = [(fraction, reward) for full, fraction, reward in paid if not full]
        credit = 0.0 if path.stem.startswith("binary") or path.stem == "initial" else 0.5
        assert all(reward == pytest.approx(credit * fraction) for fraction, reward in partly), path
    # Different seeds write differently; all of them begin where the first began.
    written = {path.stem: path.read_text() for path in folder.glob("*.jsonl")}
    assert written["partial-seed0"] != written["partial-seed1"]
    report = pilot.advise().to_dict()
    assert report["settings"]["group_size"] == 4
    assert sorted(run["scheme"] for run in report["pilots"]) == ["binary"] * 2 + ["partial"] * 2
    program = [os.environ["FULLMARKS_PROGRAM"], *pilot.command[1:], "--json", "-q"]
    said = json.loads(subprocess.run(program, check=True, capture_output=True, text=True).stdout)
    assert {name: said[name] for name in ("decision", "pilots", "rates")} == {
        name: report[name] for name in ("decision", "pilots", "rates")
    }
    assert shlex.split(str(pilot)) == pilot.command


def test_a_pilot_that_would_be_none_is_refused(tmp_path: Path, tokenizer: Any) -> None:
    task = Task.from_yaml(WORDS)
    make = maker(tmp_path, tokenizer)
    for arguments, message in [
        ({"steps": 0}, "at least one step"),
        ({"seeds": 0}, "at least one step and one seed"),
        ({"schemes": ["partial"]}, "compares `binary` with another"),
        ({"schemes": ["partial", "partial:0.3"]}, "compares `binary` with another"),
    ]:
        with pytest.raises(ValueError, match=message):
            fullmarks.trl.pilot(make, task, folder=tmp_path / "none", **arguments)
    with pytest.raises(fullmarks.SettingsError, match="there is no scheme `partail`"):
        fullmarks.trl.pilot(make, task, schemes=["binary", "partail"], folder=tmp_path / "none")
    for others, message in [({"max_steps": 7}, "max_steps=7"), ({"seed": 3}, "seed=3")]:
        with pytest.raises(ValueError, match=message):
            fullmarks.trl.pilot(maker(tmp_path, tokenizer, **others), task, steps=2, folder=tmp_path / "none")
    with pytest.raises(ValueError, match="reward_funcs=reward"):
        fullmarks.trl.pilot(lambda _, *rest: make(fullmarks.trl.reward(task), *rest), task, steps=2, folder=tmp_path / "none")
    assert not (tmp_path / "none").exists()
