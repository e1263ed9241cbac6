"""What a pilot needs of a task, and what it warns of. The pilots themselves are in trainers/test_trl.py."""

from __future__ import annotations

import json
import pickle
import warnings
from pathlib import Path

import pytest

import fullmarks
from fullmarks._pilot import Sample, check, name, warn_of_diversity

SPEC = """fullmarks: 1
name: terse
constraints:
  - {id: short, check: length.max_words, with: {words: 3}}
  - {id: an_e, check: contains.all, with: {texts: [e]}}
reward: {scheme: partial, credit: 0.5}
"""
HALF, FULL = "a b", "e"


def test_a_task_is_paid_by_another_scheme() -> None:
    task = fullmarks.Task.from_yaml(SPEC)
    paid = {scheme: task.paid_by(scheme) for scheme in ("binary", "partial", "partial:0.3")}
    rewards = {scheme: other.reward([HALF, FULL]) for scheme, other in paid.items()}
    # The spec's own settings are what `partial` means here.
    assert rewards == {"binary": [0.0, 1.0], "partial": [0.25, 1.0], "partial:0.3": [0.15, 1.0]}
    assert task.reward([HALF, FULL]) == [0.25, 1.0] and task.scheme == paid["partial"].scheme
    for scheme, other in paid.items():
        assert other.scheme.startswith(scheme.split(":")[0])
        again = pickle.loads(pickle.dumps(other))
        assert again.reward([HALF, FULL]) == rewards[scheme] and again.scheme == other.scheme
    assert paid["binary"].paid_by("partial").reward([HALF]) == [0.25]
    for wrong in ("adaptive", "partail", "partial:2", "partial:0", "partial:x", "binary:0.5", ""):
        with pytest.raises(fullmarks.SettingsError, match="there is no scheme"):
            task.paid_by(wrong)


def sample(texts: list[str]) -> Sample:
    task = fullmarks.Task.from_yaml(SPEC)
    return Sample(task.score(texts, ids=[n // 4 for n in range(len(texts))]), list(texts))


def test_completions_that_become_alike_are_warned_of() -> None:
    before = sample(["a b", "b c", "c d", "d f"] * 2)
    after = sample(["a b"] * 8)
    assert (before.distinct, after.distinct, after.pass_rate) == (1.0, 0.25, 0.0)
    with pytest.warns(UserWarning, match="100% of a group's were different before the pilot and 25% after it, and 0% are full"):
        warn_of_diversity("partial", before, after)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_diversity("binary", before, after)
        warn_of_diversity("partial", before, sample(["a b", "b c", "c d", "c d"] * 2 + ["a b", "b c", "c d", "d f"] * 2))
        # What is right may be alike.
        warn_of_diversity("partial", before, sample([FULL] * 8))


def test_files_are_what_advise_takes(tmp_path: Path) -> None:
    path = tmp_path / name("partial:0.3", 1)
    assert path.name == "partial-0.3-seed1.jsonl"
    sample([HALF, FULL, HALF, HALF]).write(path)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert [(row["id"], row["completion"], row["full"]) for row in rows] == [
        ("0", HALF, False), ("0", FULL, True), ("0", HALF, False), ("0", HALF, False)
    ]
    assert [verdict["constraint"] for verdict in rows[0]["verdicts"]] == ["short", "an_e"]


def test_what_is_no_pilot() -> None:
    check(1, 1, ("binary", "partial"))
    for steps, seeds, schemes in ((0, 1, ("binary", "partial")), (1, 0, ("binary", "partial")), (1, 1, ("binary", "binary"))):
        with pytest.raises(ValueError, match="a pilot"):
            check(steps, seeds, schemes)
