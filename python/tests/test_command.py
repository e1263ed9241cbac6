"""The command that the wheel installs is the one that cargo builds."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = "examples/commit-messages/spec.yaml"
INSTALLED = Path(sysconfig.get_path("scripts")) / "fullmarks"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0, ["--version"]),
        (0, ["score", "--help"]),
        (2, ["scroe"]),
        (0, ["check", "--run", SPEC, "examples/sort-with-style/spec.yaml"]),
        (2, ["check", "docs/mistaken.yaml"]),
        (0, ["score", SPEC, "--rollouts", "examples/commit-messages/rollouts.jsonl"]),
        (1, ["advise", SPEC, "--rollouts", "examples/commit-messages/rollouts.jsonl", "--group-size", "2", "--deny", "binary-starves"]),
        (2, ["score", SPEC, "--rollouts", "no-such-file"]),
        (0, ["schema", "spec"]),
    ],
)
def test_it_says_and_does_the_same(program: str, status: int, words: list[str]) -> None:
    expected = subprocess.run([program, *words], cwd=ROOT, capture_output=True)
    assert expected.returncode == status
    for command in ([str(INSTALLED)], [sys.executable, "-m", "fullmarks"]):
        done = subprocess.run([*command, *words], cwd=ROOT, capture_output=True)
        assert (done.returncode, done.stdout, done.stderr) == (status, expected.stdout, expected.stderr)


def test_an_argument_that_is_no_text() -> None:
    done = subprocess.run([str(INSTALLED).encode(), b"check", b"\xff.yaml"], capture_output=True)
    assert done.returncode == 2
    assert b".yaml" in done.stderr and b"Traceback" not in done.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = f"'{INSTALLED}' schema spec | head -c 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"{", b"")


def test_ctrl_c_ends_it(tmp_path: Path) -> None:
    """While it works, without a word of Python's, and by the signal as shells expect."""
    rollouts = tmp_path / "rollouts.jsonl"
    os.mkfifo(rollouts)
    running = subprocess.Popen([INSTALLED, "score", SPEC, "--rollouts", rollouts], cwd=ROOT, stdout=-1, stderr=-1)
    with rollouts.open("w"):
        # It has opened the other end, and waits for a line.
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert (running.returncode, said) == (-signal.SIGINT, b"")
