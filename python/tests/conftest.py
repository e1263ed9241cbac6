"""Tasks, and the program that gives the same answers."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest import CollectReport, TestReport
from tasks import BIRDS, CODE, SHORT, trapping

import fullmarks


def _no_skips(report: Any) -> Any:
    """Where CI runs the tests, one that skips itself has failed."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where CI is set: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, TestReport, TestReport]:
    return _no_skips((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, CollectReport, CollectReport]:
    return _no_skips((yield))


@pytest.fixture(scope="session")
def program() -> str:
    """The command line, which gives the same answers."""
    return os.environ["FULLMARKS_PROGRAM"]


@pytest.fixture(scope="session")
def terse() -> fullmarks.Task:
    return fullmarks.Task.from_yaml(SHORT)


@pytest.fixture(scope="session")
def birds() -> fullmarks.Task:
    return fullmarks.Task.from_yaml(BIRDS)


@pytest.fixture(scope="session")
def doubles() -> fullmarks.Task:
    return fullmarks.Task.from_yaml(CODE)


@pytest.fixture
def faulty(tmp_path: Path) -> fullmarks.Task:
    """Passes every text, but its checker breaks on those that end in `!`: our failure, not theirs."""
    return fullmarks.Task.load(trapping(tmp_path))


@pytest.fixture
def birds_file(tmp_path: Path) -> Path:
    """The spec of birds with its prompts in a file."""
    rows = [{"id": name, "prompt": "Which bird?", "words": [name, "bird"]} for name in ("owl", "gull")]
    (tmp_path / "prompts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    spec = tmp_path / "birds.yaml"
    spec.write_text(BIRDS.replace("constraints:", "prompts: {file: prompts.jsonl}\nconstraints:"))
    return spec


@contextlib.contextmanager
def _serve(*arguments: object, program: str | None = None, **environment: str) -> Iterator[str]:
    """Runs ``fullmarks serve`` on a free port of this machine, and stops it in the end."""
    program = program or os.environ["FULLMARKS_PROGRAM"]
    command = [program, "serve", *map(str, arguments), "--listen", "127.0.0.1:0", "--quiet"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment})
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line.startswith("listening on "), line
        yield line.removeprefix("listening on ").strip()
    finally:
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0


@pytest.fixture(scope="session")
def serve() -> Any:
    return _serve
