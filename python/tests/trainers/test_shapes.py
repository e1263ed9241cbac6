"""Every row of the table in docs/trainers.md that says what an adapter takes, run with the trainer's own objects."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
import ray
import skyrl_gym
import test_inspect_ai
import test_nemo_gym
import test_openrlhf
import test_verifiers
import test_verl
import tiny
import verifiers.v1 as vf
from datasets import Dataset
from inspect_ai import Task as Evaluation
from inspect_ai import eval as evaluate
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model
from omegaconf import OmegaConf
from tasks import BIRDS
from trl import GRPOConfig, GRPOTrainer
from verifiers.v1.trace import ModelCall

import fullmarks.inspect_ai
import fullmarks.ray
import fullmarks.trl

PAGE = Path(__file__).parents[3] / "docs" / "trainers.md"
OWL, GULL = "An owl is a bird.", "A gull is a bird."

# Thinking that speaks of its own mark. Where it is known to be cut, it is no answer.
CUT = '<think>I end with "</think>" and then an owl'

Run = Callable[[Path], None]
SHAPES: dict[tuple[str, str], Run] = {}


def shape(adapter: str, row: str) -> Callable[[Run], Run]:
    def known(run: Run) -> Run:
        assert (adapter, row) not in SHAPES
        SHAPES[adapter, row] = run
        return run

    return known


def spec(folder: Path, column: str = "words", name: str = "spec.yaml") -> Path:
    """A spec that takes the words of a bird from the column."""
    path = folder / name
    path.write_text(BIRDS.replace("column: words", f"column: {column}"))
    return path


def equals(folder: Path, column: str) -> Path:
    """A spec that takes an answer from the column."""
    path = folder / "equals.yaml"
    path.write_text(f"fullmarks: 1\nname: equals\nconstraints: [{{check: text.equals, with: {{text: {{column: {column}}}}}}}]\nreward: {{scheme: binary}}\n")
    return path


def knows(folder: Path) -> Path:
    """A spec with its prompts in a file."""
    rows = [{"id": name, "prompt": "Which?", "words": [name]} for name in ("owl", "gull")]
    (folder / "prompts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    path = folder / "knows.yaml"
    path.write_text(BIRDS.replace("constraints:", "prompts: {file: prompts.jsonl}\nconstraints:"))
    return path


def thinks(folder: Path) -> Path:
    """A spec that an answer without any word in it does not meet."""
    path = folder / "thinks.yaml"
    path.write_text("fullmarks: 1\nname: thinks\nconstraints: [{check: contains.all, with: {texts: [owl]}}]\nreward: {scheme: binary}\n")
    return path


# TRL


def trl(folder: Path, path: Path, rows: list[dict[str, Any]], completions: list[Any], **settings: Any) -> list[float]:
    """What TRL makes of completions, one of each row. Their last tokens are 2 and 3."""
    tokenizer = tiny.tokenizer(["Which?"])
    trainer = GRPOTrainer(
        model=tiny.model(tokenizer),
        reward_funcs=fullmarks.trl.reward(path, **settings),
        args=GRPOConfig(output_dir=str(folder / "out"), use_cpu=True, report_to=[], per_device_train_batch_size=2, num_generations=2),
        train_dataset=Dataset.from_list(rows),
        processing_class=tokenizer,
    )
    inputs = list(trainer.train_dataset)
    rewards = trainer._calculate_rewards(inputs, [row["prompt"] for row in inputs], completions, [[1, 2 + place] for place in range(len(completions))])
    return [reward[0] for reward in rewards.tolist()]


@shape("TRL", "texts")
def trl_texts(folder: Path) -> None:
    rows = [{"prompt": "Which?", "words": [name]} for name in ("owl", "gull")]
    assert trl(folder, spec(folder), rows, [OWL, OWL]) == [1.0, 0.25]


@shape("TRL", "conversations")
def trl_conversations(folder: Path) -> None:
    rows = [{"prompt": [{"role": "user", "content": "Which?"}], "words": ["owl"]}] * 2
    calls = [{"type": "function", "function": {"name": "look", "arguments": {}}}]
    looked = [{"role": "assistant", "content": None, "tool_calls": calls}, {"role": "tool", "name": "look", "content": OWL}]
    said = [{"role": "assistant", "content": OWL, "reasoning_content": "A gull?"}]
    assert trl(folder, spec(folder), rows, [[*looked, *said], looked]) == [1.0, 0.0]


@shape("TRL", "the data set's columns")
def trl_columns(folder: Path) -> None:
    rows = [{"prompt": "Which?", "id": name, "other": 1} for name in ("owl", "gull")]
    assert trl(folder, knows(folder), rows, [OWL, OWL]) == [1.0, 0.25]


@shape("TRL", "a text prompt that ends in `<think>`")
def trl_thinking(folder: Path) -> None:
    rows = [{"prompt": "Which?<think>\n"}] * 2
    assert trl(folder, thinks(folder), rows, ["An owl, no", "A gull?</think>An owl."]) == [0.0, 1.0]


@shape("TRL", "with `ends=…`, a completion whose last token is none of these")
def trl_cut(folder: Path) -> None:
    rows = [{"prompt": "Which?"}] * 2
    assert trl(folder, thinks(folder), rows, [CUT, CUT]) == [1.0, 1.0]
    assert trl(folder, thinks(folder), rows, [CUT, CUT], ends=[2]) == [1.0, 0.0]


# verl


def verl(path: Path, texts: list[str], truth: Any = None, **columns: Any) -> list[float]:
    data = test_verl.batch(texts, reward_model=[{"style": "rule", "ground_truth": truth}] * len(texts), **columns)
    results = test_verl.run(test_verl.manager_of(test_verl.config(path)), data)
    return [result["reward_score"] for result in results]


@shape("verl", "`extra_info`")
def verl_extra(folder: Path) -> None:
    held = [{"words": numpy.array(["owl"], dtype=object), "index": 7, "split": "train"} for _ in range(2)]
    assert verl(spec(folder), [OWL, GULL], "x", extra_info=held) == [1.0, 0.25]


@shape("verl", "`ground_truth`, where the spec takes that column")
def verl_value(folder: Path) -> None:
    for truth in ("owl", '{"owl": 1}', "[1, 2]"):
        assert verl(equals(folder, "ground_truth"), [truth, "gull"], truth) == [1.0, 0.0]
    assert verl(spec(folder, "ground_truth"), [OWL, GULL], numpy.array(["owl"], dtype=object)) == [1.0, 0.25]


@shape("verl", "`ground_truth`, where it does not: a dict, or JSON text of one")
def verl_row(folder: Path) -> None:
    for truth in ({"words": ["owl"]}, '{"words": ["owl"]}'):
        assert verl(spec(folder), [OWL, GULL], truth) == [1.0, 0.25]


@shape("verl", "`data_source`")
def verl_source(folder: Path) -> None:
    assert verl(equals(folder, "data_source"), ["birds", "owl"]) == [1.0, 0.0]


@shape("verl", "with our manager, a prompt that ends in `<think>`")
def verl_thinking(folder: Path) -> None:
    says = ["An owl, no", "A gull?</think>An owl."]
    for manager, rewards in (("naive", [1.0, 1.0]), ("RewardManager", [0.0, 1.0])):
        data = test_verl.batch(says, prompt="Which?<think>\n")
        results = test_verl.run(test_verl.manager_of(test_verl.config(thinks(folder), manager)), data)
        assert [result["reward_score"] for result in results] == rewards


@shape("verl", "with our manager, a response of `data.max_response_length` that does not end in the tokenizer's end")
def verl_cut(folder: Path) -> None:
    path = thinks(folder)
    for most, end, reward in ((len(CUT), None, 0.0), (len(CUT), ord(CUT[-1]), 1.0), (len(CUT) + 1, None, 1.0), (None, None, 1.0)):
        settings = OmegaConf.merge(test_verl.config(path, "RewardManager"), {"data": {"max_response_length": most}})
        manager = test_verl.manager_of(settings)
        manager.tokenizer.eos_token_id = end
        [result] = test_verl.run(manager, test_verl.batch([CUT]))
        assert result["reward_score"] == reward


# OpenRLHF


def openrlhf(folder: Path, path: Path, says: str, label: Any) -> float:
    """What OpenRLHF makes of one answer, by a file and by our server."""
    file = folder / "reward.py"
    file.write_text(f"import fullmarks.openrlhf\nreward_func = fullmarks.openrlhf.reward({str(path)!r})\n")
    reward: list[float] = test_openrlhf.execute(str(file), says, label)["reward"]
    with serving(path) as url:
        assert test_openrlhf.execute(f"{url}/openrlhf", says, label)["reward"] == reward
    return reward[0]


def serving(path: Path) -> Any:
    from conftest import _serve

    return _serve(path)


@shape("OpenRLHF", "a label, where the spec names a prompts file")
def openrlhf_ids(folder: Path) -> None:
    assert [openrlhf(folder, knows(folder), OWL, label) for label in ("owl", "gull")] == [1.0, 0.25]


@shape("OpenRLHF", "a label, where the spec takes the column `label`")
def openrlhf_value(folder: Path) -> None:
    for label in ("owl", '{"owl": 1}', "[1, 2]"):
        assert [openrlhf(folder, equals(folder, "label"), says, label) for says in (label, "gull")] == [1.0, 0.0]


@shape("OpenRLHF", "another label: a dict, or JSON text of one")
def openrlhf_row(folder: Path) -> None:
    for label in ({"words": ["owl"]}, '{"words": ["owl"]}'):
        assert [openrlhf(folder, spec(folder), says, label) for says in (OWL, GULL)] == [1.0, 0.25]


@shape("OpenRLHF", "a response with the tokens that end it")
def openrlhf_tokens(folder: Path) -> None:
    for token in ("<|im_end|>", "<|im_end|>\n<|endoftext|>", "[EOS]"):
        assert openrlhf(folder, equals(folder, "label"), "owl" + token, "owl") == 1.0


@shape("OpenRLHF", "a prompt that ends in `<think>`")
def openrlhf_thinking(folder: Path) -> None:
    prompt, test_openrlhf.PROMPT = test_openrlhf.PROMPT, "Which?<think>\n"
    try:
        says = ("An owl, no", "A gull?</think>An owl.")
        assert [openrlhf(folder, thinks(folder), text, None) for text in says] == [0.0, 1.0]
    finally:
        test_openrlhf.PROMPT = prompt


# verifiers


@shape("verifiers 0.4", "the task's data, and the trace's last reply")
def verifiers_data(folder: Path) -> None:
    scored = [test_verifiers.scored(spec(folder), OWL, [name]).rewards["meets_spec"].score for name in ("owl", "gull")]
    assert scored == [1.0, 0.25]


@shape("verifiers 0.4", "a trace that says nothing")
def verifiers_nothing(folder: Path) -> None:
    class Bird(vf.Task[test_verifiers.Data, vf.State, vf.TaskConfig]):  # type: ignore[misc,type-arg]
        meets_spec = fullmarks.verifiers.reward(spec(folder))

    data = test_verifiers.Data(idx=0, prompt="Which bird?", words=["owl"])
    trace = vf.Trace.model_construct(rewards={}, metrics={}, info={}, root_reply=None, nodes=[], calls=[], errors=[])
    asyncio.run(Bird(data, vf.TaskConfig()).score(trace))
    assert trace.rewards["meets_spec"].score == 0.0


@shape("verifiers 0.4", "a last call with `finish_reason: length`")
def verifiers_cut(folder: Path) -> None:
    class Thinks(vf.Task[test_verifiers.Data, vf.State, vf.TaskConfig]):  # type: ignore[misc,type-arg]
        meets_spec = fullmarks.verifiers.reward(thinks(folder))

    for reason, reward in (("length", 0.0), ("stop", 1.0)):
        data = test_verifiers.Data(idx=0, prompt="Which?", words=[])
        calls = [ModelCall(finish_reason="stop"), ModelCall(finish_reason=reason)]
        trace = vf.Trace.model_construct(rewards={}, metrics={}, info={}, root_reply=CUT, nodes=[], calls=calls, errors=[])
        asyncio.run(Thinks(data, vf.TaskConfig()).score(trace))
        assert trace.rewards["meets_spec"].score == reward


@shape("verifiers 0.1, 0.2", "`answer` and `info`, as dicts or JSON text of them, or as columns")
def verifiers_rubric(folder: Path) -> None:
    test_verifiers.test_a_rubric_of_earlier_versions_scores_a_rollout(folder)


# NeMo Gym


def nemo_gym(path_of_spec: Path, asked: list[Any]) -> list[float]:
    """The rewards that NeMo Gym's own request and answer carry."""
    path = os.pathsep.join(filter(None, [os.environ["FULLMARKS_NEMO_GYM"], os.environ.get("PYTHONPATH")]))
    ran = subprocess.run(
        [sys.executable, "-c", test_nemo_gym.SERVER, str(path_of_spec)], input="".join(json.dumps(one) + "\n" for one in asked),
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, timeout=300,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


@shape("NeMo Gym", "`response.output`: messages of the assistant among others, thinking and calls")
def nemo_gym_output(folder: Path) -> None:
    outputs = test_nemo_gym.OUTPUTS
    rewards = nemo_gym(spec(folder), [test_nemo_gym.body(output) for output, _ in outputs.values()])
    assert rewards == [reward for _, reward in outputs.values()]


@shape("NeMo Gym", "further fields, and those of `verifier_metadata`")
def nemo_gym_row(folder: Path) -> None:
    plain = test_nemo_gym.body([test_nemo_gym.said(OWL)])
    nested = {name: value for name, value in plain.items() if name != "words"}
    assert nemo_gym(spec(folder), [plain, {**nested, "verifier_metadata": {"words": ["gull"]}}]) == [1.0, 0.25]


@shape("NeMo Gym", "a `response.status` of `incomplete` for `max_output_tokens`")
def nemo_gym_cut(folder: Path) -> None:
    path = thinks(folder)
    path.write_text(path.read_text().replace("{check:", "{id: names_it, check:").replace("}]", "}, {id: short, check: length.max_words, with: {words: 99}}]"))
    cut = {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}
    asked = [test_nemo_gym.body([test_nemo_gym.said(CUT)], **fields) for fields in (cut, {"status": "completed"}, {})]
    assert nemo_gym(path, asked) == [0.0, 1.0, 1.0]
    with serving(path) as url:
        assert [test_nemo_gym.post(url + "/verify", one)["reward"] for one in asked] == [0.0, 1.0, 1.0]


# SkyRL


def skyrl(path: Path, says: Any, prompt: Any = None, **extras: Any) -> float:
    if "fullmarks-shapes" not in skyrl_gym.envs.registration.registry:
        skyrl_gym.register(id="fullmarks-shapes", entry_point="fullmarks.skyrl:Env")
    environment = skyrl_gym.make("fullmarks-shapes", env_config=OmegaConf.create({"spec": str(path)}), extras=extras)
    environment.init(prompt or [{"role": "user", "content": "Which?"}])
    reward: float = environment.step(says)["reward"]
    return reward


@shape("SkyRL", "`extras`, and what `extra_info` has")
def skyrl_extras(folder: Path) -> None:
    assert skyrl(spec(folder), OWL, words=["owl"]) == 1.0
    assert skyrl(spec(folder), OWL, extra_info={"words": ["gull"]}) == 0.25


@shape("SkyRL", "`reward_spec.ground_truth`, where the spec takes the column `ground_truth`")
def skyrl_value(folder: Path) -> None:
    for truth in ("owl", '{"owl": 1}', "[1, 2]"):
        rewards = [skyrl(equals(folder, "ground_truth"), says, reward_spec={"ground_truth": truth}) for says in (truth, "gull")]
        assert rewards == [1.0, 0.0]


@shape("SkyRL", "`reward_spec.ground_truth`, where it does not: a dict, or JSON text of one")
def skyrl_row(folder: Path) -> None:
    for truth in ({"words": ["owl"]}, '{"words": ["owl"]}'):
        assert [skyrl(spec(folder), says, reward_spec={"ground_truth": truth}) for says in (OWL, GULL)] == [1.0, 0.25]


# inspect_ai


def inspect_ai(folder: Path, path: Path, says: str, **sample: Any) -> Any:
    samples = [Sample(input="Which?", **{"id": 1, **sample})]
    return test_inspect_ai.run(fullmarks.inspect_ai.meets_spec(path), [says], samples, folder)[0]["value"]


@shape("inspect_ai", "the sample's `metadata` and id")
def inspect_metadata(folder: Path) -> None:
    assert inspect_ai(folder, spec(folder), OWL, metadata={"words": ["owl"]}) == 1.0
    assert inspect_ai(folder, knows(folder), OWL, id="gull") == 0.25


@shape("inspect_ai", "one target")
def inspect_target(folder: Path) -> None:
    assert inspect_ai(folder, equals(folder, "target"), "owl", target="owl") == 1.0


@shape("inspect_ai", "several targets")
def inspect_targets(folder: Path) -> None:
    path = spec(folder, "target")
    path.write_text(path.read_text().replace("contains.all", "contains.any"))
    assert [inspect_ai(folder, path, says, target=["owl", "gull"]) for says in (OWL, GULL, "An auk.")] == [1.0, 1.0, 0.25]


@shape("inspect_ai", "a `stop_reason` of `max_tokens` or `model_length`")
def inspect_cut(folder: Path) -> None:
    rewards = []
    for reason in ("max_tokens", "model_length", "stop"):
        output = ModelOutput.from_content("mockllm/model", CUT, stop_reason=reason)
        output.usage = ModelUsage()
        model = get_model("mockllm/model", custom_outputs=[output])
        task = Evaluation(dataset=MemoryDataset([Sample(id=1, input="?")]), scorer=fullmarks.inspect_ai.meets_spec(thinks(folder)))
        [sample] = evaluate(task, model=model, display="none", log_dir=str(folder))[0].samples
        rewards.append(next(iter(sample.scores.values())).value)
    assert rewards == [0.0, 0.0, 1.0]


# Ray


def ray_data(path: Path, rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    if not ray.is_initialized():
        ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order, context.enable_progress_bars = True, False
    scored = fullmarks.ray.score(ray.data.from_items(rows), path, workers=1, batch_size=2)
    return [(row["id"], row["index"], row["reward"]) for row in scored.take_all()]


@pytest.fixture(scope="module", autouse=True)
def no_cluster_is_left() -> Iterator[None]:
    yield
    ray.shutdown()


@shape("Ray", "rows with `completions`")
def ray_lists(folder: Path) -> None:
    rows = [{"id": "owl", "completions": [OWL, None]}, {"id": "owl", "completions": [GULL]}]
    assert ray_data(knows(folder), rows) == [("owl", 0, 1.0), ("owl", 1, 0.0), ("owl", 0, 0.25)]


@shape("Ray", "rows with one `completion`")
def ray_single(folder: Path) -> None:
    rows = [{"id": "owl", "completion": text} for text in (OWL, None, GULL, OWL)]
    assert ray_data(knows(folder), rows) == [("owl", 0, 1.0), ("owl", 1, 0.0), ("owl", 2, 0.25), ("owl", 3, 1.0)]


@shape("Ray", "the rows' other columns")
def ray_columns(folder: Path) -> None:
    rows = [{"id": str(n), "completion": OWL, "words": [name], "other": n} for n, name in enumerate(("owl", "gull"))]
    assert ray_data(spec(folder), rows) == [("0", 0, 1.0), ("1", 0, 0.25)]


@shape("Ray", "columns `truncated` and `finish_reason`")
def ray_cut(folder: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "a", "completions": [CUT, CUT, CUT], "truncated": [True, False, None], "finish_reason": ["stop", "length", None]},
        {"id": "b", "completions": [CUT, CUT], "truncated": None, "finish_reason": ["stop", "length"]},
    ]
    assert [reward for _, _, reward in ray_data(thinks(folder), rows)] == [0.0, 0.0, 1.0, 1.0, 0.0]
    single = [{"id": "a", "completion": CUT, "finish_reason": reason} for reason in ("length", "stop")]
    assert [reward for _, _, reward in ray_data(thinks(folder), single)] == [0.0, 1.0]


@pytest.mark.parametrize("adapter,row", SHAPES)
def test_a_shape(adapter: str, row: str, tmp_path: Path) -> None:
    SHAPES[adapter, row](tmp_path)


def test_the_table_has_these_rows_and_no_others() -> None:
    section = PAGE.read_text().split("## What each adapter takes\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+?) \| .+ \|$", section, re.MULTILINE)
    assert [row for row in rows if set(row[0]) != {"-"}][1:] == list(SHAPES)
