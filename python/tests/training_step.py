"""The reward of a training step, judged in four ways in one run: for docs/benchmarks.md.

    python python/tests/training_step.py problems.jsonl completions.jsonl

Real completions of HumanEval (up to 128 prompts, 8 each), judged by this package in one process with as many threads as there are cores;
by a pool of as many subprocesses (``python3 -I -S``, one for each completion, ended after 3 s); by Monty, which does not share memory with
its host but runs a part of Python alone; and by ``exec`` in a pool of processes, without any isolation. The four take turns.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pydantic_monty

import fullmarks

PROMPTS, COMPLETIONS, ROUNDS, SECONDS = 128, 8, 3, 3
ROOT = Path(__file__).parents[2]
CORES = os.cpu_count() or 1


def bare(program: str) -> bool:
    """Runs it in this very process: a completion can read the tests, keep what it likes, and never end."""
    try:
        exec(compile(program, "program", "exec"), {"__name__": "program"})
    except BaseException:
        return False
    return True


def in_subprocess(program: str) -> bool:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", program], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def in_monty(pool: pydantic_monty.Monty, program: str) -> bool:
    try:
        with pool.checkout(limits={"max_feed_duration_secs": float(SECONDS)}) as session:
            session.feed_run(program)
    except pydantic_monty.MontyError:
        return False
    return True


def endless(program: str) -> bool:
    """Whether it does not end by itself, which a process without isolation would never get over."""
    try:
        command = [sys.executable, "-I", "-S", "-c", program]
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False


def main(problems: str, completions: str) -> None:
    lines: Callable[[str], list[Any]] = lambda path: [json.loads(line) for line in Path(path).read_text().splitlines()]
    rows = {row["task_id"]: row for row in lines(problems)}
    step = [(row["id"], text) for row in lines(completions)[:PROMPTS] for text in row["completions"][:COMPLETIONS]]

    def program(prompt: str, text: str) -> str:
        row = rows[prompt]
        return f"{row['prompt']}{text}\n{row['test']}\ncheck({row['entry_point']})\n"

    with ThreadPoolExecutor(CORES) as threads:
        hang = list(threads.map(lambda pair: endless(program(*pair)), step))
    step = [pair for pair, never in zip(step, hang) if not never]
    programs = [program(*pair) for pair in step]
    ids, texts = [id for id, _ in step], [text for _, text in step]
    columns = {name: [rows[id][name] for id in ids] for name in ("test", "entry_point")}
    task = fullmarks.Task.load(ROOT / "task_specs" / "humaneval.yaml")

    def ours() -> list[bool]:
        judged = task.score(texts, prompts=[rows[id]["prompt"] for id in ids], columns=columns)
        return [rollout.full is True for rollout in judged]

    with (
        ThreadPoolExecutor(CORES) as threads,
        ProcessPoolExecutor(CORES) as processes,
        pydantic_monty.Monty(min_processes=CORES, max_processes=CORES) as monty,
    ):
        ways: dict[str, Callable[[], list[bool]]] = {
            "fullmarks": ours,
            "subprocesses": lambda: list(threads.map(in_subprocess, programs)),
            "Monty": lambda: list(threads.map(lambda text: in_monty(monty, text), programs)),
            "exec, no isolation": lambda: list(processes.map(bare, programs, chunksize=8)),
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        verdicts = {name: way() for name, way in ways.items()}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                begun = time.perf_counter()
                way()
                seconds[name].append(time.perf_counter() - begun)
    print(f"{len(step)} completions that end ({hang.count(True)} did not), {CORES} cores, the median of {ROUNDS} rounds")
    slowest = statistics.median(seconds["subprocesses"])
    for name, spent in seconds.items():
        middle = statistics.median(spent)
        same = sum(one == other for one, other in zip(verdicts[name], verdicts["subprocesses"]))
        print(f"{name:20} {middle:7.2f} s   {slowest / middle:6.1f} x   {same} verdicts as a subprocess has them")
    print(f"Python {sys.version.split()[0]}, fullmarks {fullmarks.__version__}, pydantic-monty {pydantic_monty.__version__}")


if __name__ == "__main__":
    main(*sys.argv[1:])
