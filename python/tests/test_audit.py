"""Audits and probes say what the commands say."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path

import pytest
from tasks import SHORT

import fullmarks

IDS = ["a", "a", "a", "b", "b"]
TRUTH = [1.0, 0.0, 0.0, 1.0, 0.0]
PROXIES = {"right": [1.0, 0.0, 0.0, 1.0, 0.0], "wrong": [0.0, 1.0, 0.0, 1.0, 1.0]}


def test_an_audit_is_that_of_the_command(program: str, tmp_path: Path) -> None:
    found = fullmarks.audit(IDS, TRUTH, PROXIES, resamplings=100)
    rows = [
        {"id": id, "completion": "", "truth": truth, "right": right, "wrong": wrong}
        for id, truth, right, wrong in zip(IDS, TRUTH, PROXIES["right"], PROXIES["wrong"], strict=True)
    ]
    rollouts = tmp_path / "rollouts.jsonl"
    rollouts.write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [program, "audit", "--rollouts", rollouts, "--truth", "truth", "--proxy", "right", "--proxy", "wrong"]
    ran = subprocess.run([*command, "--resamplings", "100", "--json", "-q"], capture_output=True, text=True, check=True)
    assert found.to_dict() == json.loads(ran.stdout)
    assert "right" in str(found) and found.to_html().startswith("<!DOCTYPE html>")


def test_what_is_not_known_is_in_no_figure() -> None:
    counts = fullmarks.audit(IDS, TRUTH, {"some": [0.0, 1.0, 0.0, 1.0, None]}, resamplings=100).to_dict()
    assert "NaN" not in json.dumps(counts)
    whole = fullmarks.audit(IDS[:4], TRUTH[:4], {"some": [0.0, 1.0, 0.0, 1.0]}, resamplings=100).to_dict()
    assert counts["proxies"][0]["metrics"] == whole["proxies"][0]["metrics"]


def test_examples_show_what_there_is_of_a_completion() -> None:
    """Also of one that was cut within a character, or that says nothing."""
    texts = ["An owl \ud83d", None, "A gull.", "An auk \ud83d\ude00", ""]
    ids, truth, paid = ["\ud83d"] * 3 + ["b"] * 2, [0.0, 0.0, 1.0, 0.0, 1.0], [1.0, 0.5, 0.0, 1.0, 1.0]
    found = fullmarks.audit(ids, truth, {"paid": paid}, completions=texts, resamplings=100, examples=5)
    shown = json.dumps(found.to_dict())
    for text in ("An owl \ufffd", "", "A gull.", "An auk \U0001f600"):
        assert f'"excerpt": {json.dumps(text)}' in shown


def test_what_cannot_be_audited_is_refused() -> None:
    with pytest.raises(fullmarks.BatchError, match="`wrong` has 4 entries for 5 ids"):
        fullmarks.audit(IDS, TRUTH, {"wrong": [0.0] * 4})
    with pytest.raises(fullmarks.SampleError, match="NaN is no number"):
        fullmarks.audit(IDS, [math.nan] * 5, PROXIES)
    with pytest.raises(fullmarks.SettingsError, match="no metric `hac`"):
        fullmarks.audit(IDS, TRUTH, PROXIES, rank_by="hac")
    with pytest.raises(fullmarks.SettingsError, match="no proxy"):
        fullmarks.audit(IDS, TRUTH, PROXIES, outcomes={"rigth": 1.0})


def test_a_probe_finds_what_the_command_finds(program: str, tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(SHORT)
    found = fullmarks.Task.load(spec).probe()
    ran = subprocess.run([program, "probe", spec, "--json"], capture_output=True, text=True)
    assert ran.returncode == 1 and found.to_dict() == json.loads(ran.stdout)
    assert not found.to_dict()["fine"] and found.to_dict()["holes"]
    with pytest.raises(fullmarks.SettingsError, match="at least 1"):
        fullmarks.Task.load(spec).probe(sample=0)
