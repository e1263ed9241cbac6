"""OpenRLHF's own executor, with our function and with our server."""

from __future__ import annotations

import asyncio
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


def test_the_response_is_what_follows_the_prompt() -> None:
    response = fullmarks.openrlhf.response
    assert response(PROMPT + "Hello<|im_end|>\n<|endoftext|>", PROMPT) == "Hello"
    assert response("Say </s> Hello </s> and more", "Say </s>") == " Hello </s> and more"
    with pytest.raises(SampleError, match="completion 3: the query does not begin with its prompt"):
        response("Hello", "Hi", 3)
