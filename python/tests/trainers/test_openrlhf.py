"""OpenRLHF's own executor, with our function and with our server."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from tasks import SHORT, trapping
from openrlhf.utils.agent import SingleTurnAgentExecutor

import fullmarks.openrlhf
from fullmarks import SampleError, Task, Unscored

PROMPT = "<|user|>Thank me.<|assistant|>"


class Letters:
    """A tokenizer: one token a character."""

    def __call__(self, text: str, add_special_tokens: bool, return_tensors: str) -> Any:
        return {"input_ids": torch.tensor([[ord(letter) for letter in text]])}

    def decode(self, tokens: list[int], skip_special_tokens: bool) -> str:
        return "".join(map(chr, tokens))


class Engine:
    """A language model that always says the same."""

    def __init__(self, says: str) -> None:
        self.says = says

    async def generate(self, prompt: Any, params: Any, multi_modal_data: Any = None) -> Any:
        output = SimpleNamespace(token_ids=[ord(letter) for letter in self.says], finish_reason="stop", logprobs=None)
        return SimpleNamespace(outputs=[output])


def execute(endpoint: str, says: str, label: Any = None) -> Any:
    """What OpenRLHF makes of one answer."""
    executor = SingleTurnAgentExecutor(endpoint)
    params = SimpleNamespace(max_tokens=200, logprobs=None)
    return asyncio.run(executor.execute(PROMPT, label, params, 1000, Letters(), Engine(says)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "spec.yaml").write_text(SHORT)
    file = tmp_path / "reward.py"
    file.write_text(f"import fullmarks.openrlhf\nreward_func = fullmarks.openrlhf.reward({str(tmp_path / 'spec.yaml')!r})\n")
    return file


def test_the_executor_loads_the_function_and_gets_rewards(file: Path) -> None:
    output = execute(str(file), "Thank you, all done.<|im_end|>\n")
    assert (output["reward"], output["scores"]) == ([1.0], [1.0])
    assert output["extra_logs"]["constraints_met"] == [2.0]
    assert execute(str(file), "Done.<|im_end|>")["reward"] == [0.25]


def test_the_executor_gets_the_same_over_http(file: Path, serve: Any) -> None:
    with serve(file.with_name("spec.yaml")) as url:
        for path in ("/openrlhf", "/openrlhf/terse"):
            for says in ("Thank you, all done.<|im_end|>\n", "Done.", ""):
                over_http, here = execute(url + path, says), execute(str(file), says)
                assert over_http["reward"] == here["reward"] and over_http["scores"] == here["scores"]
                assert over_http["extra_logs"]["full"] == here["extra_logs"]["full"]


def test_our_failure_is_no_reward_and_never_zero(tmp_path: Path, serve: Any) -> None:
    spec = trapping(tmp_path)
    reward = fullmarks.openrlhf.reward(spec)
    with pytest.raises(Unscored, match="1 of 2 completions could not be judged.*checker-trapped") as caught:
        reward(["Hi fine", "Hi broken!"], ["Hi", "Hi"], [None, None])
    assert [rollout.id for rollout in caught.value.rollouts] == ["1"]
    file = tmp_path / "reward.py"
    file.write_text(f"import fullmarks.openrlhf\nreward_func = fullmarks.openrlhf.reward({str(spec)!r})\n")
    assert execute(str(file), "broken!")["reward"] is None
    with serve(spec) as url:
        assert execute(url + "/openrlhf", "broken!")["reward"] is None
        assert execute(url + "/openrlhf", "fine")["reward"] == [1.0]


def test_labels_are_ids_or_rows_or_a_column(birds: Task, birds_file: Path) -> None:
    text = "An owl is a bird."
    assert fullmarks.openrlhf.reward(birds_file)([text] * 2, ["", ""], ["owl", "gull"])["rewards"] == [1.0, 0.625]
    rows = [{"words": ["owl"]}, '{"words": ["gull"]}']
    assert fullmarks.openrlhf.reward(birds)([text] * 2, ["", ""], rows)["rewards"] == [1.0, 0.25]
    assert fullmarks.openrlhf.reward(birds, label="words")([text], [""], [["owl"]])["rewards"] == [1.0]


JSON_ANSWER = """
fullmarks: 1
name: json-answer
constraints: [{check: text.equals, with: {text: {column: label}}}]
reward: {scheme: binary}
"""


def test_json_text_is_a_value_where_the_task_takes_the_label(tmp_path: Path, serve: Any) -> None:
    """Not a row of which the column is gone. Here and over HTTP."""
    spec = tmp_path / "spec.yaml"
    spec.write_text(JSON_ANSWER)
    reward = fullmarks.openrlhf.reward(spec)
    with serve(spec) as url:
        for label, says in (
            ('{"a": 1}', '{"a": 1}'), ('{"label": "x"}', '{"label": "x"}'), ("[1]", "[1]"), ("owl", "owl"),
            ({"label": "owl", "words": []}, "owl"),
        ):  # fmt: skip
            asked = {"query": ["Q" + says, "Qgull"], "prompts": ["Q", "Q"], "labels": [label, label]}
            here = reward(asked["query"], asked["prompts"], asked["labels"])
            assert here == post(url + "/openrlhf", asked) and here["rewards"] == [1.0, 0.0]


def test_one_that_could_not_be_judged_leaves_its_batch(tmp_path: Path, serve: Any) -> None:
    with serve(trapping(tmp_path)) as url:
        asked = {"query": ["Hi fine", "Hi broken!", "Hi"], "prompts": ["Hi"] * 3, "labels": [None] * 3}
        answer = post(url + "/openrlhf", asked)
        assert answer["rewards"] == answer["scores"] == [1.0, None, 0.0]
        assert answer["extra_logs"]["constraints_unscored"] == [0.0, 1.0, 0.0]
        with pytest.raises(urllib.error.HTTPError, match="503"):
            post(url + "/openrlhf", {name: values[1:2] for name, values in asked.items()})


END_TOKENS = [
    "<|im_end|>", "<|eot_id|>", "</s>", "<|return|>", "<|user|>", "<|END_OF_TURN_TOKEN|>", "<seed:eos>", "[EOS]", "<|endofturn|>",
    "<|eos|>", "<|finetune_right_pad_id|>", "<|im_end|><|endoftext|><|endoftext|>", "[PAD]", "<unk>", "<|pad|>", "<turn|>", "<|im_user|>",
    "[e~[", "<|end_of_sentence|>", "<|hy_eos|>", "</s><s>", "<|im_end|>\n<|endoftext|>",
]  # fmt: skip


def test_tokens_that_end_a_response_are_no_part_of_it(tmp_path: Path, serve: Any) -> None:
    """As the spec says: it may add tokens, or turn the known ones off."""
    spec, off = tmp_path / "spec.yaml", tmp_path / "off.yaml"
    spec.write_text(JSON_ANSWER)
    off.write_text(JSON_ANSWER.replace("json-answer", "off").replace("constraints:", "extract: {end_tokens: {known: false, also: [<END>]}}\nconstraints:"))
    with serve(spec, off) as url:
        for token in END_TOKENS:
            queries, beside = ['Q{"a": 1}' + token], (["Q"], ['{"a": 1}'])
            asked = {"query": queries, "prompts": ["Q"], "labels": beside[1]}
            assert fullmarks.openrlhf.reward(spec)(queries, *beside)["rewards"] == [1.0], token
            assert post(url + "/openrlhf/json-answer", asked)["rewards"] == [1.0], token
            assert fullmarks.openrlhf.reward(off)(queries, *beside)["rewards"] == [0.0], token
            assert post(url + "/openrlhf/off", asked)["rewards"] == [0.0], token
        assert fullmarks.openrlhf.reward(off)(['Q{"a": 1}<END>'], ["Q"], ['{"a": 1}'])["rewards"] == [1.0]


def post(url: str, body: Any) -> Any:
    ask = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(ask, timeout=60) as answer:
        return json.load(answer)


def test_the_response_is_what_follows_the_prompt() -> None:
    response = fullmarks.openrlhf.response
    assert response(PROMPT + "Hello<|im_end|>", PROMPT) == "Hello<|im_end|>"
    assert response("Say </s> Hello </s> and more", "Say </s>") == " Hello </s> and more"
    with pytest.raises(SampleError, match="completion 3: the query does not begin with its prompt"):
        response("Hello", "Hi", 3)
