"""A task of verifiers' v1 scores a trace, and a ``Rubric`` of its earlier versions scores a rollout."""

from __future__ import annotations

import asyncio
import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest
import verifiers.v1 as vf
from tasks import BIRDS, trapping

import fullmarks.verifiers
from fullmarks import Task


class Data(vf.TaskData):  # type: ignore[misc]
    words: list[str]


def scored(spec: Path | Task, text: str, words: list[str]) -> vf.Trace:
    """The trace of one answer, scored by verifiers."""

    class Bird(vf.Task[Data, vf.State, vf.TaskConfig]):  # type: ignore[misc,type-arg]
        meets_spec = fullmarks.verifiers.reward(spec, weight=2.0)

    data = Data(idx=0, prompt="Which bird?", words=words)
    task = Bird(data, vf.TaskConfig())
    trace = trace_of(data, text)
    asyncio.run(task.score(trace))
    return trace


def trace_of(data: Data, text: str) -> vf.Trace:
    trace = vf.Trace.model_construct(rewards={}, metrics={}, info={}, root_reply=text, nodes=[], calls=[], errors=[])
    assert trace.last_reply == text
    return trace


def test_a_trace_gets_the_reward_of_the_spec(birds: Task) -> None:
    trace = scored(birds, "An owl is a bird.", ["owl"])
    reward = trace.rewards["meets_spec"]
    assert (reward.score, reward.weight) == (1.0, 2.0)
    assert scored(birds, "An owl is a bird.", ["gull"]).rewards["meets_spec"].score == 0.25


def test_our_failure_is_an_error_of_the_task_and_no_reward(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="could not be judged") as caught:
        scored(trapping(tmp_path), "broken!", ["x"])
    assert type(caught.value).__name__ == "TaskError"


RUBRIC = """
import asyncio, sys
import verifiers as vf
from fullmarks.verifiers import rubric

async def score(spec, text, trajectory=(), **fields):
    one = vf.Rubric(funcs=[rubric(spec)], weights=[1.0])
    message = [{"role": "assistant", "content": text}]
    state = vf.State(input={"prompt": [{"role": "user", "content": "?"}], "example_id": 0, "task": "t", **fields})
    state.update(completion=message, trajectory=list(trajectory), timing=None, error=None)
    await one.score_rollout(state)
    return state

birds, faulty, equals, thinks = sys.argv[1:]
state = asyncio.run(score(birds, "An owl is a bird.", info={"words": ["owl"]}, answer=""))
assert state["reward"] == 1.0, state["reward"]
state = asyncio.run(score(birds, "An owl is a bird.", info={"words": ["gull"]}, answer=""))
assert state["reward"] == 0.25, state["reward"]
for fields in ({"info": '{"words": ["gull"]}', "answer": ""}, {"info": {}, "answer": '{"words": ["gull"]}'}):
    assert asyncio.run(score(birds, "An owl is a bird.", **fields))["reward"] == 0.25
for answer in ("owl", '{"owl": 1}', "[1, 2]"):
    assert asyncio.run(score(equals, answer, info={}, answer=answer))["reward"] == 1.0
    assert asyncio.run(score(equals, "gull", info={}, answer=answer))["reward"] == 0.0
assert asyncio.run(score(birds, None, info={"words": ["owl"]}, answer=""))["reward"] == 0.0
says = '<think>I end with "</think>" and then an owl'
for cut, reward in ((True, 0.0), (False, 1.0)):
    steps = [{"is_truncated": False}, {"is_truncated": cut}]
    assert asyncio.run(score(thinks, says, steps, info={}, answer=""))["reward"] == reward
state = asyncio.run(score(faulty, "broken!", info={}, answer=""))
assert isinstance(state["error"], vf.Error) and "could not be judged" in str(state["error"]), state.get("error")
print("scored")
"""


def test_a_rubric_of_earlier_versions_scores_a_rollout(tmp_path: Path) -> None:
    folder = os.environ.get("FULLMARKS_VERIFIERS_0_1")
    if not folder:
        pytest.skip("FULLMARKS_VERIFIERS_0_1 names no folder with verifiers 0.1")
    birds = tmp_path / "birds.yaml"
    birds.write_text(BIRDS)
    plain = "fullmarks: 1\nname: plain\nconstraints: [{check: %s}]\nreward: {scheme: binary}\n"
    equals, thinks = tmp_path / "equals.yaml", tmp_path / "thinks.yaml"
    equals.write_text(plain % "text.equals, with: {text: {column: answer}}")
    thinks.write_text(plain % "contains.all, with: {texts: [owl]}")
    (tmp_path / "faulty").mkdir()
    faulty = trapping(tmp_path / "faulty")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH")]))}
    ran = subprocess.run(
        [sys.executable, "-c", RUBRIC, birds, faulty, equals, thinks], capture_output=True, text=True, env=environment, timeout=300
    )
    assert ran.stdout.strip().endswith("scored"), ran.stderr


def test_a_rubric_asks_for_parameters_by_their_names() -> None:
    function = fullmarks.verifiers.rubric(Task.from_yaml(BIRDS))
    assert list(inspect.signature(function).parameters) == ["completion", "prompt", "answer", "info", "state"]
    assert inspect.iscoroutinefunction(function)
