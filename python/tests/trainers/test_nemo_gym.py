"""NeMo Gym's request and answer: plain ones, over HTTP, and those of nemo-gym 0.7's own classes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from tasks import BIRDS, trapping

from fullmarks import SampleError, Unscored
from fullmarks.nemo_gym import verify


Row = dict[str, Any]


def request(text: str, **row: Any) -> dict[str, Any]:
    """A request with the fields of ``BaseVerifyRequest``: what the policy was asked, and its response."""
    thinking = {"type": "reasoning", "id": "r", "summary": [{"type": "summary_text", "text": "An owl?"}]}
    parts = [{"type": "output_text", "text": text, "annotations": []}]
    message = {"type": "message", "id": "m", "role": "assistant", "status": "completed", "content": parts}
    return {
        "responses_create_params": {"input": [{"role": "user", "content": "Which bird?"}]},
        "response": {"id": "x", "object": "response", "model": "m", "output": [thinking, message]},
        **row,
    }


def post(url: str, body: Any) -> Any:
    ask = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(ask, timeout=60) as answer:
        return json.load(answer)


def test_the_answer_is_the_request_with_its_reward(birds: Any, tmp_path: Path, serve: Any) -> None:
    spec = tmp_path / "birds.yaml"
    spec.write_text(BIRDS)
    with serve(spec) as url:
        for words, reward, parts in ((["owl"], 1.0, [1.0, 1.0]), (["gull"], 0.25, [0.0, 1.0])):
            body = request("An owl is a bird.", words=words)
            answer = verify(birds, body)
            assert answer == {**body, "reward": reward, "reward_components": dict(zip(("names_it", "short"), parts))}
            assert post(url + "/verify", body) == post(url + "/nemo-gym/birds/verify", body) == answer


def test_what_is_not_understood_is_not_empty(birds: Any, tmp_path: Path, serve: Any) -> None:
    spec = tmp_path / "birds.yaml"
    spec.write_text(BIRDS)
    with serve(spec) as url:
        for content in (None, [{"type": "text", "text": "An owl is a bird."}], [{"type": "output_text", "text": None}], ["An owl is a bird."]):
            body = request("An owl is a bird.", words=["owl"])
            body["response"]["output"][1]["content"] = content
            with pytest.raises(SampleError, match="a message"):
                verify(birds, body)
            with pytest.raises(urllib.error.HTTPError, match="400"):
                post(url + "/verify", body)
        body = request("An owl is a bird.", words=["owl"])
        body["response"]["output"][1]["content"] = [{"type": "refusal", "refusal": "No owl is named by me."}]
        assert verify(birds, body)["reward"] == post(url + "/verify", body)["reward"] == 1.0


def said(text: str, **fields: Any) -> Row:
    return {"type": "message", "id": "m", "role": "assistant", "content": [{"type": "output_text", "text": text, "annotations": []}], **fields}


def given(role: str, content: Any, **fields: Any) -> Row:
    return {"type": "message", "role": role, "content": content, **fields}


CALL = {"type": "function_call", "call_id": "c", "name": "look", "arguments": "{}"}
RESULT = {"type": "function_call_output", "call_id": "c", "output": "an owl"}
THOUGHT = {"type": "reasoning", "id": "r", "summary": [{"type": "summary_text", "text": "An owl?"}]}

# What the policy is paid for naming an owl, by the items of its response.
OUTPUTS: dict[str, tuple[list[Row], float]] = {
    "the answer": ([THOUGHT, said("An owl.")], 1.0),
    "the last answer": ([said("A gull."), CALL, RESULT, said("An owl.")], 1.0),
    "an answer before a call": ([said("An owl."), CALL], 1.0),
    "a user after the answer": ([said("A gull."), given("user", "No, it is an owl.")], 0.25),
    "a user's parts after the answer": ([said("A gull."), given("user", [{"type": "input_text", "text": "An owl."}])], 0.25),
    "a user alone": ([given("user", "An owl.")], 0.0),
    "a system's and a developer's words": ([given("system", "An owl."), given("developer", "An owl.")], 0.0),
    "an answer as text": ([given("assistant", "An owl.")], 1.0),
    "an answer as a request's part": ([given("assistant", [{"type": "input_text", "text": "An owl."}])], 1.0),
    "what is said on the way": ([said("A gull.", phase="final_answer"), said("An owl.", phase="commentary")], 0.25),
    "nothing but the way": ([said("An owl.", phase="commentary"), CALL], 0.0),
    "several parts": ([said("") | {"content": [*said("An ")["content"], *said("owl.")["content"]]}], 1.0),
    "a refusal": ([said("") | {"content": [{"type": "refusal", "refusal": "No owl."}]}], 1.0),
    "calls alone": ([CALL, RESULT], 0.0),
    "nothing": ([], 0.0),
}
# What NeMo Gym's classes would not let through, and other clients send.
PLAIN: dict[str, tuple[list[Row], float]] = {
    "an answer without a type": ([{"role": "assistant", "content": "An owl."}], 1.0),
    "a user without a type": ([said("A gull."), {"role": "user", "content": "An owl."}], 0.25),
    "an answer without a role": ([{"type": "message", "content": said("An owl.")["content"]}], 1.0),
    "an item of a kind yet to come": ([said("An owl."), {"type": "telepathy", "text": "A gull."}], 1.0),
}
FAILED = [{"status": "failed"}, {"status": "cancelled"}, {"status": "in_progress"}, {"error": {"code": "server_error", "message": "no"}}]
NOT_UNDERSTOOD: list[Any] = [
    None, "An owl.", {}, {"output": None}, {"output": "An owl."}, {"output": ["An owl."]}, {"output": [{}]}, {"output": [{"type": 7}]},
    {"output": [{"type": "message", "content": "An owl."}]}, {"output": [given("tool", "An owl.")]}, {"output": [given("assistant", None)]},
]


def response(output: list[Row], **fields: Any) -> Row:
    beside = {"id": "x", "object": "response", "created_at": 0.0, "model": "m", "parallel_tool_calls": False, "tool_choice": "auto", "tools": []}
    return {**beside, "output": output, **fields}


def body(output: list[Row], **fields: Any) -> Row:
    return {"responses_create_params": {"input": "Which?"}, "response": response(output, **fields), "words": ["owl"]}


def test_the_policy_is_paid_for_what_it_said(birds: Any, tmp_path: Path, serve: Any) -> None:
    spec = tmp_path / "birds.yaml"
    spec.write_text(BIRDS)
    with serve(spec) as url:
        for name, (output, reward) in {**OUTPUTS, **PLAIN}.items():
            asked = body(output)
            assert verify(birds, asked)["reward"] == reward, name
            assert post(url + "/verify", asked)["reward"] == reward, name
        for fields in FAILED:
            asked = body([said("An owl.")], **fields)
            with pytest.raises(Unscored, match="no answer to judge"):
                verify(birds, asked)
            with pytest.raises(urllib.error.HTTPError, match="503"):
                post(url + "/verify", asked)
        for bad in NOT_UNDERSTOOD:
            asked = {**body([]), "response": bad}
            with pytest.raises(SampleError):
                verify(birds, asked)
            with pytest.raises(urllib.error.HTTPError, match="400"):
                post(url + "/verify", asked)


def test_columns_lie_in_the_metadata_too(birds: Any, birds_file: Path, tmp_path: Path, serve: Any) -> None:
    spec = tmp_path / "plain.yaml"
    spec.write_text(BIRDS)
    by_metadata = {**body([said("An owl.")]), "verifier_metadata": {"words": ["gull"], "id": "owl"}}
    with serve(birds_file) as knows, serve(spec) as url:
        # What stands in the request itself goes before.
        assert verify(birds, by_metadata)["reward"] == post(url + "/verify", by_metadata)["reward"] == 1.0
        del by_metadata["words"]
        assert verify(birds, by_metadata)["reward"] == post(url + "/verify", by_metadata)["reward"] == 0.25
        # A prompts file is asked by the id: `owl` wants "bird" as well.
        assert verify(birds_file, by_metadata)["reward"] == post(knows + "/verify", by_metadata)["reward"] == 0.625


SERVER = """
import json, sys
import hydra  # Before nemo_gym, which takes the folder that it lies in off the path.
from nemo_gym.base_resources_server import BaseMultiRewardVerifyResponse, BaseVerifyRequest
from nemo_gym.openai_utils import NeMoGymResponse
from pydantic import ConfigDict
import fullmarks.nemo_gym

class Request(BaseVerifyRequest):
    model_config = ConfigDict(extra="allow")

class Response(BaseMultiRewardVerifyResponse):
    model_config = ConfigDict(extra="allow")

spec, = sys.argv[1:]
for line in sys.stdin:
    request = Request.model_validate_json(line)
    assert isinstance(request.response, NeMoGymResponse)
    answer = Response(**fullmarks.nemo_gym.verify(spec, request.model_dump()))
    assert not answer.mask_sample and set(answer.reward_components) == {"names_it", "short"}
    print(json.dumps(answer.reward))
"""


def test_nemo_gyms_own_classes_hold_the_request_and_the_answer(tmp_path: Path) -> None:
    folder = os.environ.get("FULLMARKS_NEMO_GYM")
    if not folder:
        pytest.skip("FULLMARKS_NEMO_GYM names no folder with NeMo Gym")
    spec = tmp_path / "birds.yaml"
    spec.write_text(BIRDS)
    asked = "".join(json.dumps(body(output)) + "\n" for output, _ in OUTPUTS.values())
    path = os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-c", SERVER, str(spec)]
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, timeout=300)
    assert ran.returncode == 0, ran.stderr
    rewards = [json.loads(line) for line in ran.stdout.splitlines()]
    assert dict(zip(OUTPUTS, rewards, strict=True)) == {name: reward for name, (_, reward) in OUTPUTS.items()}


def test_our_failure_is_raised(tmp_path: Path) -> None:
    with pytest.raises(Unscored, match="NeMo Gym has no way"):
        verify(trapping(tmp_path), request("broken!"))
    assert verify(trapping(tmp_path), {"response": {"output": []}})["reward"] == 0.0
