"""A real cluster on this machine: two workers that judge, and one of them killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import ray
from tasks import BIRDS

import fullmarks.ray
from fullmarks import SettingsError, Task

COMPLETIONS = 20_000


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    ray.init(num_cpus=3, include_dashboard=False, log_to_driver=False, object_store_memory=200 << 20)
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield
    ray.shutdown()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A spec, and rollouts of 20,000 completions: prompts with eight each, all different."""
    folder = tmp_path_factory.mktemp("ray")
    birds = ["owl", "gull", "tit", "auk", "wren"]
    prompts = [{"id": f"{bird} {n}", "prompt": "Which?", "words": [bird, str(n)]} for n in range(500) for bird in birds]
    (folder / "prompts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in prompts))
    spec = folder / "spec.yaml"
    spec.write_text(BIRDS.replace("constraints:", "prompts: {file: prompts.jsonl}\nconstraints:"))
    rollouts = folder / "rollouts.jsonl"
    with rollouts.open("w") as out:
        for index, row in enumerate(prompts):
            said = [f"{birds[(index + turn) % 7 % 5]} {index // 5 + turn % 3 - 1}{' so' * (turn + index % 5)}" for turn in range(8)]
            out.write(json.dumps({"id": row["id"], "completions": said}) + "\n")
    return spec, rollouts


@pytest.fixture(scope="module")
def expected(files: tuple[Path, Path], program: str) -> str:
    spec, rollouts = files
    command = [program, "score", spec, "--rollouts", rollouts, "--quiet"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert lines.count("\n") == COMPLETIONS
    return lines


def dataset(rollouts: Path) -> Any:
    rows = [json.loads(line) for line in rollouts.read_text().splitlines()]
    return ray.data.from_items(rows, override_num_blocks=40)


def test_a_cluster_gives_the_bytes_of_the_command_line(files: tuple[Path, Path], expected: str) -> None:
    spec, rollouts = files
    scored = fullmarks.ray.score(dataset(rollouts), spec, workers=2, batch_size=16)
    assert "".join(row["line"] + "\n" for row in scored.take_all()) == expected


def test_a_worker_that_is_killed_loses_nothing(files: tuple[Path, Path], expected: str) -> None:
    spec, rollouts = files
    killed: list[int] = []
    lines: list[str] = []
    scored = fullmarks.ray.score(dataset(rollouts), spec, workers=2, batch_size=4)
    for batch in scored.iter_batches(batch_size=16, prefetch_batches=0):
        lines.extend(batch["line"])
        if not killed and len(lines) >= COMPLETIONS // 10:
            killed = kill_one()
    assert killed, "no worker was there to be killed"
    assert "".join(line + "\n" for line in lines) == expected


def test_numbers_are_right_or_the_run_ends(birds_file: Path, tmp_path: Path, program: str) -> None:
    """Whoever counts is killed: another in its place would number again from 0."""
    rollouts = tmp_path / "rollouts.jsonl"
    rollouts.write_text("".join(json.dumps({"id": "owl", "completion": f"An owl {n}."}) + "\n" for n in range(600)))
    scored = fullmarks.ray.score(dataset(rollouts), birds_file, workers=1, batch_size=1)
    lines: list[str] = []
    killed: list[int] = []
    try:
        for batch in scored.iter_batches(batch_size=4, prefetch_batches=0):
            lines.extend(batch["line"])
            killed = killed or kill_one("Turns")
    except Exception as error:
        assert "would begin to count again" in str(error)
    else:
        assert "".join(line + "\n" for line in lines) == lines_of(program, birds_file, rollouts)
    assert killed, "nobody was there to be killed"
    assert [json.loads(line)["index"] for line in lines] == list(range(len(lines)))


def kill_one(what: str = "Scorer") -> list[int]:
    """Kills one of the processes that judge, or that count."""
    workers = [int(name) for name in os.listdir("/proc") if name.isdigit() and works(int(name), what)]
    for worker in workers[:1]:
        os.kill(worker, signal.SIGKILL)
    return workers[:1]


def works(process: int, what: str) -> bool:
    try:
        command = Path(f"/proc/{process}/cmdline").read_text(errors="replace")
        return "ray::MapWorker" in command and what in command
    except OSError:
        return False


def test_an_actor_judges_for_trainers(birds: Task) -> None:
    actor = fullmarks.ray.actor(birds)
    columns = {"words": [["owl"], ["gull"]]}
    assert ray.get(actor.reward.remote(["An owl."] * 2, columns=columns)) == [1.0, 0.25]
    rollouts = ray.get(actor.score.remote(["An owl."] * 2, columns=columns, ids=["a", "a"]))
    assert rollouts == birds.score(["An owl."] * 2, columns=columns, ids=["a", "a"])


def lines_of(program: str, spec: Path, rollouts: Path) -> str:
    command = [program, "score", spec, "--rollouts", rollouts, "--quiet"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("form", ["lists", "single", "both"])
def test_numbers_are_those_of_the_command_line(form: str, birds_file: Path, tmp_path: Path, program: str) -> None:
    """Where an id comes again in later rows, and in other batches, too."""
    texts = ["An owl is a bird.", "A gull.", "", "Bird, owl or gull."]
    rows: list[dict[str, Any]] = []
    for n in range(60):
        name = "owl" if n % 3 else "gull"
        if form == "single" or (form == "both" and n % 2):
            rows.append({"id": name, "completion": texts[n % 4]})
        else:
            rows.append({"id": name, "completions": [texts[(n + turn) % 4] for turn in range(1 + n % 3)]})
    rollouts = tmp_path / "rollouts.jsonl"
    rollouts.write_text("".join(json.dumps(row) + "\n" for row in rows))
    if form == "both":
        rows = [{"completion": None, "completions": None} | row for row in rows]
    scored = fullmarks.ray.score(ray.data.from_items(rows, override_num_blocks=6), birds_file, workers=2, batch_size=7)
    found = scored.take_all()
    assert "".join(row["line"] + "\n" for row in found) == lines_of(program, birds_file, rollouts)
    assert [row["index"] for row in found] == [json.loads(row["line"])["index"] for row in found]


def test_no_completion_is_an_empty_one_and_keeps_its_row(birds_file: Path) -> None:
    rows = [{"id": "owl", "completions": ["An owl is a bird.", None]}, {"id": "gull", "completions": [None, None]}]
    found = fullmarks.ray.score(ray.data.from_items(rows), birds_file, workers=1).take_all()
    assert [(row["id"], row["index"], row["reward"]) for row in found] == [("owl", 0, 1.0), ("owl", 1, 0.0), ("gull", 0, 0.0), ("gull", 1, 0.0)]
    single = [{"id": "owl", "completion": "An owl is a bird."}, {"id": "owl", "completion": None}]
    found = fullmarks.ray.score(ray.data.from_items(single), birds_file, workers=1).take_all()
    assert [(row["index"], row["reward"]) for row in found] == [(0, 1.0), (1, 0.0)]


def test_workers_that_would_leave_no_processor_to_read_with_are_refused(birds: Task) -> None:
    rows = ray.data.from_items([{"id": "a", "completion": "An owl.", "words": ["owl"]}])
    for beside, why in [
        ({"workers": 3}, "3 workers of 1 processors each, .* its nodes have 3. Give `workers=2`, or Ray more: `ray.init\\(num_cpus=4\\)`"),
        ({"workers": 1, "cpus": 3}, "have 3. Give Ray more: `ray.init\\(num_cpus=4\\)`"),
        ({"cpus": 4}, "1 workers of 4 processors each"),
        ({"workers": 0}, "are at least 1"),
    ]:
        with pytest.raises(SettingsError, match=why):
            fullmarks.ray.score(rows, birds, **beside)


def test_processors_that_others_hold_are_reckoned_with(birds: Task) -> None:
    rows = ray.data.from_items([{"id": "a", "completion": "An owl.", "words": ["owl"]}] * 40, override_num_blocks=4)
    held = fullmarks.ray.actor(birds)
    assert ray.get(held.reward.remote(["An owl."], columns={"words": [["owl"]]})) == [1.0]
    # By default one worker then, and the third processor reads.
    assert fullmarks.ray.score(rows, birds).count() == 40
    with pytest.warns(UserWarning, match="[0-2] of the cluster's processors are free now: scoring with 2 workers needs 3"):
        fullmarks.ray.score(rows, birds, workers=2)
    ray.kill(held)


SMALL = """
import sys
import ray
import fullmarks.ray
from fullmarks import SettingsError

ray.init(num_cpus=int(sys.argv[1]), include_dashboard=False, log_to_driver=False, object_store_memory=100 << 20)
ray.data.DataContext.get_current().enable_progress_bars = False
rows = ray.data.read_json(sys.argv[3], override_num_blocks=4)
try:
    print(sum(row["reward"] for row in fullmarks.ray.score(rows, sys.argv[2], batch_size=3).take_all()))
except SettingsError as error:
    print(error)
"""


@pytest.mark.parametrize(("cpus", "says"), [(2, "20.0"), (1, "Give Ray more: `ray.init(num_cpus=2)`")])
def test_a_small_cluster_is_read_and_judged_or_refused(cpus: int, says: str, birds_file: Path, tmp_path: Path) -> None:
    """By default. Ray would let the run wait for a processor for ever, without a word."""
    rollouts = tmp_path / "rollouts.jsonl"
    rollouts.write_text('{"id": "owl", "completion": "An owl is a bird."}\n' * 20)
    command = [sys.executable, "-c", SMALL, str(cpus), birds_file, rollouts]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert says in ran.stdout, ran.stderr


def test_an_audit_of_a_dataset_is_that_of_its_columns(birds: Task) -> None:
    texts = ["An owl.", "A gull.", "An owl and a gull.", "No bird."]
    rows = [{"id": str(n % 5), "completion": texts[n % 4], "words": ["owl"], "human": n % 3 == 0} for n in range(40)]
    scored = fullmarks.ray.score(ray.data.from_items(rows), birds, workers=1, batch_size=8)
    assert scored.count() == 40
    judged = birds.reward([row["completion"] for row in rows], columns={"words": [row["words"] for row in rows]})
    both = ray.data.from_items([row | {"reward": reward} for row, reward in zip(rows, judged, strict=True)])
    found = fullmarks.ray.audit(both, truth="human", proxies=["reward"], completion="completion", resamplings=100)
    by_hand = fullmarks.audit(
        [row["id"] for row in rows],
        [float(row["human"]) for row in rows],
        {"reward": judged},
        completions=[row["completion"] for row in rows],
        resamplings=100,
    )
    assert found.to_dict() == by_hand.to_dict()
