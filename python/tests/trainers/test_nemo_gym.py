"""NeMo Gym's request and answer, as recorded from nemo-gym 0.4: `base_resources_server.py`, `example_tool_call_multireward`."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from tasks import BIRDS, trapping

from fullmarks import SampleError, Unscored
from fullmarks.nemo_gym import verify


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


def test_our_failure_is_raised(tmp_path: Path) -> None:
    with pytest.raises(Unscored, match="NeMo Gym has no way"):
        verify(trapping(tmp_path), request("broken!"))
    assert verify(trapping(tmp_path), {"response": {"output": []}})["reward"] == 0.0
