"""Threads, event loops and other processes."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tasks import BAD_CODE, CODE, GOOD_CODE, trapping

import fullmarks
from fullmarks import Task

WORK = [GOOD_CODE, BAD_CODE, "no code"] * 4
EXPECTED = [1.0, 0.0, 0.0] * 4


def in_worker(task: Task) -> list[float | None]:
    return task.reward(WORK)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_judge_as_their_parent_does(doubles: Task, method: str) -> None:
    assert doubles.reward(WORK) == EXPECTED
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        assert list(pool.map(in_worker, [doubles] * 4, timeout=240)) == [EXPECTED] * 4


def test_a_forked_child_uses_the_task_of_its_parent(doubles: Task) -> None:
    """Not pickled: the very object, whose threads the child does not have."""
    assert doubles.reward(WORK) == EXPECTED
    for _ in range(3):
        assert in_child(lambda: doubles.reward(WORK) == EXPECTED)
    # A child of a child.
    assert in_child(lambda: doubles.reward(WORK) == EXPECTED and in_child(lambda: doubles.reward(WORK) == EXPECTED))
    assert doubles.reward(WORK) == EXPECTED


def test_a_fork_waits_for_calls_of_other_threads(doubles: Task) -> None:
    """Else a lock that such a thread holds would be held in the child for ever."""
    stop = threading.Event()
    results: list[Any] = []

    def busy() -> None:
        while not stop.is_set():
            results.append(doubles.reward(WORK) == EXPECTED)

    threads = [threading.Thread(target=busy) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        children = [in_child(lambda: doubles.reward(WORK) == EXPECTED) for _ in range(5)]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert children == [True] * 5
    assert results and all(results)


def test_the_clock_still_runs_in_a_child() -> None:
    """Deadlines are kept by a thread of the sandbox. The endless loop ends by fuel, and the next completion is judged."""
    task = Task.from_yaml(CODE)
    endless = "```python\ndef double(x):\n    while True: pass\n```"
    assert task.reward([GOOD_CODE]) == [1.0]
    assert in_child(lambda: task.reward([endless, GOOD_CODE]) == [0.0, 1.0])


def in_child(holds: Any) -> bool:
    """Whether it holds in a forked child, which must end within two minutes."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            code = 0 if holds() else 2
        finally:
            os._exit(code)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    raise AssertionError("the child hangs")


def test_threads_share_a_task(doubles: Task) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(doubles.reward, [WORK] * 16)) == [EXPECTED] * 16


def test_other_threads_run_meanwhile(doubles: Task) -> None:
    """The interpreter's lock is not held: this thread counts while the other judges."""
    done = threading.Event()

    def judge() -> None:
        doubles.reward(WORK * 20)
        done.set()

    thread = threading.Thread(target=judge)
    thread.start()
    turns = 0
    while not done.is_set():
        turns += 1
        time.sleep(0.001)
    thread.join()
    assert turns > 10


async def test_an_event_loop_goes_on_meanwhile(doubles: Task) -> None:
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.001)

    counting = asyncio.create_task(count())
    results = await asyncio.gather(*(asyncio.to_thread(doubles.reward, WORK) for _ in range(8)))
    counting.cancel()
    assert results == [EXPECTED] * 8
    assert turns > 3


def test_the_package_says_its_version() -> None:
    assert fullmarks.__version__.count(".") == 2


TRAPS = """
import ctypes, faulthandler, sys
import fullmarks
task = fullmarks.Task.load(sys.argv[1])
faulthandler.enable()
print([task.reward(["fine", "broken!"]) for _ in range(3)])
ctypes.string_at(0)
"""


def test_handlers_of_signals_that_come_later_see_no_trap_and_every_crash(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", TRAPS, str(trapping(tmp_path))], capture_output=True, text=True, timeout=60)
    assert ran.stdout == "[[1.0, None], [1.0, None], [1.0, None]]\n", ran.stderr
    assert ran.returncode == -signal.SIGSEGV and "Fatal Python error: Segmentation fault" in ran.stderr, ran.stderr
