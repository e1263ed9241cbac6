"""Files that the tools' own writers wrote are read as they are."""

from __future__ import annotations

import ast
import asyncio
import json
import subprocess
from pathlib import Path
from typing import Any

import datasets
import numpy
import pytest
import tiny
import verifiers.v1 as vf
import verl.trainer.ppo
from openai.types import Completion
from openai.types.chat import ChatCompletion
from openai.types.responses import Response
from trl import GRPOConfig, GRPOTrainer
from verifiers.v1.trace import Reward, TraceTask
from verifiers.v1.utils.trace_store import TRACES_FILE, append_trace

SPEC = """fullmarks: 1
name: birds
prompts: {file: prompts.jsonl, id: bird}
constraints: [{check: contains.all, with: {texts: {column: words}}}]
reward: {scheme: binary}
"""
ANSWERS = {"owl": ["An owl.", "A gull."], "wren": ["No bird.", "A wren."]}
FULL = [True, False, False, True]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "spec.yaml").write_text(SPEC)
    rows = [{"bird": bird, "prompt": f"Which is a {bird}?", "words": [bird]} for bird in ANSWERS]
    write(tmp_path / "prompts.jsonl", rows)
    return tmp_path


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def full(program: str, folder: Path, rollouts: str, *words: str) -> list[bool]:
    command = [program, "score", "spec.yaml", "--rollouts", rollouts, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["full"] for line in done.stdout.splitlines()]


def advised(program: str, folder: Path, rollouts: str) -> tuple[dict[str, Any], str]:
    command = [program, "advise", "--rollouts", rollouts, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report, done.stderr


def test_answers_of_openai_s_client(program: str, folder: Path) -> None:
    common = {"id": "x-1", "created": 0, "model": "m"}

    def chat(answers: list[str]) -> ChatCompletion:
        choices = [
            {"index": place, "finish_reason": "stop", "logprobs": None, "message": {"role": "assistant", "content": answer}}
            for place, answer in enumerate(answers)
        ]
        return ChatCompletion.model_validate({**common, "object": "chat.completion", "choices": choices})

    def text(answers: list[str]) -> Completion:
        choices = [{"index": place, "finish_reason": "stop", "text": answer} for place, answer in enumerate(answers)]
        return Completion.model_validate({**common, "object": "text_completion", "choices": choices})

    def response(answer: str) -> Response:
        part = {"type": "output_text", "text": answer, "annotations": []}
        thought = {"id": "r", "type": "reasoning", "summary": [{"type": "summary_text", "text": "An owl or a wren?"}]}
        message = {"id": "m", "type": "message", "role": "assistant", "status": "completed", "content": [part]}
        return Response.model_validate(
            {
                **common,
                "object": "response",
                "created_at": 0,
                "output": [thought, message],
                "parallel_tool_calls": False,
                "tool_choice": "auto",
                "tools": [],
            }
        )

    for kind in (chat, text):
        write(folder / "answers.jsonl", [{"bird": bird, **kind(answers).model_dump()} for bird, answers in ANSWERS.items()])
        assert full(program, folder, "answers.jsonl") == FULL
    rows = [{"bird": bird, **response(answer).model_dump()} for bird, answers in ANSWERS.items() for answer in answers]
    write(folder / "answers.jsonl", rows)
    assert full(program, folder, "answers.jsonl") == FULL


def test_tables_of_datasets(program: str, folder: Path) -> None:
    def message(answer: str) -> list[dict[str, str]]:
        return [{"role": "assistant", "content": answer}]

    pairs = [(bird, answer) for bird, answers in ANSWERS.items() for answer in answers]
    tables = {
        "texts": datasets.Dataset.from_list([{"bird": bird, "completions": answers} for bird, answers in ANSWERS.items()]),
        "chats": datasets.Dataset.from_list([{"bird": bird, "completion": message(answer)} for bird, answer in pairs]),
    }
    for name, table in tables.items():
        table.save_to_disk(str(folder / name), num_shards=2)
        table.to_parquet(str(folder / f"{name}.parquet"))
        assert full(program, folder, name) == full(program, folder, f"{name}.parquet") == FULL


def test_dumps_of_verl(program: str, folder: Path) -> None:
    # Its module needs more packages than its writer does.
    source = Path(verl.trainer.ppo.__path__[0], "ray_trainer.py").read_text()
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    writer = next(function for function in functions if function.name == "_write_generations")
    writer.decorator_list = []
    scope: dict[str, Any] = {"os": __import__("os"), "json": json, "np": numpy}
    exec(compile(ast.Module([writer], []), "ray_trainer.py", "exec"), scope)
    for step in (9, 10):
        texts = [f"Question {n // 4}" for n in range(16)], ["An owl."] * 16, ["42"] * 16
        scores = [float(n % 3 == 0) for n in range(16)]
        scope["_write_generations"](*texts, scores, {"acc": scores}, str(folder / "dump"), step)
    report, said = advised(program, folder, "dump")
    assert "the reward is `score`" in said and "the rows are of 2 steps" in said
    assert (report["counts"]["completions"], report["counts"]["prompts"]) == (32, 8)


def test_traces_of_verifiers(program: str, folder: Path) -> None:
    class Data(vf.TaskData):  # type: ignore[misc]
        words: list[str]

    async def save() -> None:
        lock = asyncio.Lock()
        for bird, answers in ANSWERS.items():
            for answer in answers:
                data = Data(id=bird, prompt=f"Which is a {bird}?", words=[bird])
                trace = vf.Trace.model_construct(
                    task=TraceTask(type="Bird", data=data),
                    agent={"name": "agent"},
                    rewards={"meets": Reward(score=float(bird in answer), weight=2.0)},
                    root_reply=answer,
                    ok=True,
                    id="t",
                    metrics={},
                    info={},
                )
                await append_trace(folder, trace, lock)

    asyncio.run(save())
    assert full(program, folder, TRACES_FILE) == FULL
    report, said = advised(program, folder, TRACES_FILE)
    assert "the reward is 2 × `meets`" in said
    assert report["counts"]["completions"] == 4


def test_logs_of_trl(program: str, folder: Path) -> None:
    def long(completions: list[Any], **_: Any) -> list[float]:
        return [float(len(str(completion)) % 3) for completion in completions]

    def odd(completions: list[Any], **_: Any) -> list[float | None]:
        return [None if len(str(completion)) % 5 == 0 else 1.0 for completion in completions]

    prompts = ["Name a bird.", "Say something short."]
    tokenizer = tiny.tokenizer(prompts)
    trainer = GRPOTrainer(
        model=tiny.model(tokenizer),
        reward_funcs=[long, odd],
        args=GRPOConfig(
            output_dir=str(folder / "out"),
            per_device_train_batch_size=8,
            num_generations=4,
            max_completion_length=8,
            max_steps=2,
            use_cpu=True,
            report_to=[],
            logging_steps=1,
            log_completions=True,
        ),
        train_dataset=datasets.Dataset.from_list([{"prompt": prompt} for prompt in prompts]),
        processing_class=tokenizer,
    )
    trainer.train()
    report, said = advised(program, folder, "out/completions")
    assert "the reward is `long` + `odd`" in said and "the rows are of 2 steps" in said
    assert (report["counts"]["completions"], report["counts"]["prompts"]) == (16, 4)
    # The first step alone.
    report, said = advised(program, folder, "out/completions/completions_00001.parquet")
    assert "steps" not in said and report["counts"]["completions"] == 8
