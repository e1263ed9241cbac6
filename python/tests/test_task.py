"""What a task makes of completions, ids, prompts and columns."""

from __future__ import annotations

import json
import pickle
import subprocess
from pathlib import Path

import numpy
import pytest
from tasks import BAD_CODE, GOOD_CODE, SHORT

import fullmarks
from fullmarks import Task


def test_rewards_are_those_of_the_spec(terse: Task) -> None:
    assert terse.reward(["Thank you, all done.", "Done.", "", "word " * 6 + "please"]) == [1.0, 0.25, 0.0, 0.25]
    assert terse.reward([]) == []


def test_a_rollout_says_what_is_known_of_it(terse: Task) -> None:
    rollout = terse.score(["Done."])[0]
    assert (rollout.id, rollout.index, rollout.full, rollout.partial, rollout.fraction) == ("0", 0, False, True, 0.5)
    short, polite = rollout.verdicts
    assert (short.constraint, short.passed, short.score, short.failure, short.weight) == ("short", True, 1.0, None, 1.0)
    assert (polite.constraint, polite.passed, polite.failure, polite.required) == ("polite", False, "unmet", False)
    assert polite.why
    assert repr(rollout) == 'Rollout(id="0", index=0, verdicts=10, reward=0.25)'
    assert json.loads(rollout.to_json()) == rollout.to_dict()


def test_messages_are_judged_by_the_last_of_the_assistant(terse: Task) -> None:
    conversation = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Thank you"}]
    assert terse.reward([conversation, tuple(conversation)]) == [1.0, 1.0]


def test_completions_of_an_id_are_numbered(terse: Task) -> None:
    rollouts = terse.score(["a", "b", "c"], ids=["x", 7, "x"])
    assert [(rollout.id, rollout.index) for rollout in rollouts] == [("x", 0), ("7", 0), ("x", 1)]


def test_a_half_of_a_character_is_judged_all_the_same(terse: Task) -> None:
    assert terse.reward(["thank you \ud800"]) == [1.0]


def test_columns_of_numpy_and_of_rows_mean_the_same(birds: Task) -> None:
    completions = ["An owl is a bird.", "An owl is a bird."]
    words = [["owl", "bird"], ["gull", "bird"]]
    # One of two words is half of a constraint that weighs three of four.
    expected = [1.0, 0.625]
    assert birds.reward(completions, columns={"words": words, "other": [object(), object()]}) == expected
    assert birds.reward(numpy.array(completions), columns={"words": numpy.array(words)}) == expected
    assert birds.reward(completions, prompts=[{"words": row, "image": object()} for row in words]) == expected
    assert birds.reward(completions, prompts=["Which?", "Which?"], columns={"words": words}) == expected


def test_prompts_of_a_file_are_named_by_ids(birds_file: Path) -> None:
    task = Task.load(birds_file)
    assert task.knows_prompts and task.needs_prompts
    assert task.columns == ["id", "prompt", "words"]
    assert task.reward(["An owl is a bird."] * 2, ids=["owl", "gull"]) == [1.0, 0.625]
    # A prompt's text adds nothing to its id.
    assert task.reward(["An owl is a bird."], ids=["owl"], prompts=["Which bird?"]) == [1.0]
    # A row does.
    assert task.reward(["An owl is a bird."], ids=["owl"], prompts=[{"words": ["tit"]}]) == [0.25]
    other = birds_file.with_name("other.jsonl")
    other.write_text(json.dumps({"id": "owl", "prompt": "?", "words": ["auk"]}) + "\n")
    assert Task.load(birds_file, prompts=other).reward(["An owl is a bird."], ids=["owl"]) == [0.25]


def test_our_failure_is_none_and_never_zero(faulty: Task) -> None:
    assert faulty.reward(["fine", "broken!", ""]) == [1.0, None, 0.0]
    rollout = faulty.score(["broken!"])[0]
    assert (rollout.full, rollout.fraction, rollout.reward) == (None, None, None)
    verdict = rollout.verdicts[0]
    assert verdict.passed is None and verdict.score is None and (verdict.unscored or "").startswith("checker-trapped")


def test_code_runs_in_the_sandbox(doubles: Task) -> None:
    hostile = "```python\nimport os\ndef double(x):\n    os._exit(0)\n```"
    assert doubles.reward([GOOD_CODE, BAD_CODE, hostile]) == [1.0, 0.0, 0.0]
    assert [rollout.verdicts[0].failure for rollout in doubles.score([BAD_CODE, hostile])] == ["wrong-answer", "exited"]


def test_tasks_and_rollouts_can_be_pickled(birds_file: Path, faulty: Task) -> None:
    task = pickle.loads(pickle.dumps(Task.load(birds_file)))
    assert task.reward(["An owl is a bird."], ids=["owl"]) == [1.0]
    for rollout in faulty.score(["fine", "broken!", ""]):
        copy = pickle.loads(pickle.dumps(rollout))
        assert copy == rollout and copy.to_json() == rollout.to_json()


def test_advice_is_that_of_the_command_line(terse: Task, tmp_path: Path, program: str) -> None:
    completions = [text for index in range(20) for text in ("Done.", f"Thank you {index}", "word " * 9, "please " * (index % 7))]
    ids = [str(index) for index in range(20) for _ in range(4)]
    assessment = terse.advise(terse.score(completions, ids=ids), group_size=4, seed=3)
    spec, rollouts = tmp_path / "spec.yaml", tmp_path / "rollouts.jsonl"
    spec.write_text(SHORT)
    rollouts.write_text("".join(json.dumps({"id": i, "completion": c}) + "\n" for i, c in zip(ids, completions)))
    command = [program, "advise", spec, "--rollouts", rollouts, "--group-size", "4", "--seed", "3"]
    assert str(assessment) == subprocess.run(command, capture_output=True, text=True, check=True).stdout
    told = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True).stdout
    assert assessment.to_dict() == json.loads(told) == json.loads(assessment.to_json())
    logprobs = [None if index % 5 == 0 else -(index % 7) / 4 for index in range(80)]
    rollouts.write_text(
        "".join(
            json.dumps({"id": i, "completion": c, "logprob": None if p is None else 2 * p, "tokens": 2}) + "\n"
            for i, c, p in zip(ids, completions, logprobs)
        )
    )
    told = subprocess.run(
        [*command, "--logprob", "logprob", "--sgd", "0.1", "--steps", "50", "--json"], capture_output=True, text=True, check=True
    ).stdout
    assessment = terse.advise(terse.score(completions, ids=ids), group_size=4, seed=3, logprobs=logprobs, sgd=(0.1, 50))
    assert assessment.to_dict() == json.loads(told)
    for code in assessment.codes:
        assert fullmarks.advice_page(code).startswith("#")


def test_lines_are_those_of_the_command_line(birds_file: Path, program: str) -> None:
    rows = [{"id": ("owl", "gull")[n % 2], "completions": [f"A {('owl', 'gull')[n % 3 % 2]} {'x ' * n}bird", ""]} for n in range(50)]
    rollouts = birds_file.with_name("rollouts.jsonl")
    rollouts.write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = [program, "score", birds_file, "--rollouts", rollouts, "--quiet"]
    expected = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    task = Task.load(birds_file)
    lines = [rollout.to_json() for row in rows for rollout in task.score(row["completions"], ids=[row["id"]] * 2)]
    assert "".join(line + "\n" for line in lines) == expected


def test_advice_on_a_log_is_that_of_the_command_line(tmp_path: Path, program: str) -> None:
    right = lambda prompt, turn: 1 if prompt < 10 else 0 if prompt < 20 else turn % 2  # noqa: E731
    rows = [
        {"prompt": f"Question {n // 4}", "completion": "x" * (n % 5), "right": right(n // 4, n % 4), "form": None if n % 3 else 0.5}
        for n in range(160)
    ]
    log, config = tmp_path / "log.jsonl", tmp_path / "trl.json"
    log.write_text("".join(json.dumps(row) + "\n" for row in rows))
    settings = {"num_generations": 4, "scale_rewards": "none", "beta": 0.01, "run_name": "x", "odd": 1}
    config.write_text(json.dumps(settings))
    command = [program, "advise", "--rollouts", log, "--id", "prompt", "--reward", "right", "--reward", "form=0.5", "--quiet", "--json"]
    for more, given in (([], {}), (["--trainer", config], {"trainer": config}), (["--trainer", config], {"trainer": settings})):
        told = json.loads(subprocess.run([*command, *more], capture_output=True, text=True, check=True).stdout)
        assessment = fullmarks.advise(rows, reward={"right": 1.0, "form": 0.5}, id="prompt", **given)
        assert assessment.to_dict() == told
    assert assessment.decision["fix"] is None and told["settings"]["algorithm"] == "dr-grpo"
    for wrong, settings in (
        ([{"prompt": "a"}], {}),
        ([{"prompt": "a", "right": "yes"}], {}),
        (["a"], {}),
    ):
        with pytest.raises(fullmarks.SampleError):
            fullmarks.advise(wrong, reward="right", id="prompt", **settings)
    with pytest.raises(fullmarks.SettingsError, match="needs judged rollouts"):
        fullmarks.advise(rows, reward="right", id="prompt", target=0.5)


def test_rows_with_known_verdicts_are_those_of_the_command(program: str, tmp_path: Path) -> None:
    """The attribution of the rewards beside them included."""
    rows = [
        {
            "prompt": f"p{n}",
            "v": [[(n + turn) % 3 == 0, turn % 2 == 0] for turn in range(8)],
            "right": [float((n + turn) % 3 == 0) for turn in range(8)],
            "form": [0.1 * turn for turn in range(8)],
        }
        for n in range(30)
    ]
    log = tmp_path / "log.jsonl"
    log.write_text("".join(json.dumps(row) + "\n" for row in rows))
    base = [program, "advise", "--rollouts", log, "--id", "prompt", "--verdicts", "v", "--json", "--quiet"]
    for reward, options in [(None, []), (["right", "form"], ["--reward", "right", "--reward", "form"])]:
        done = subprocess.run([*base, *options], capture_output=True, check=True)
        told = fullmarks.advise(rows, verdicts="v", reward=reward, id="prompt").to_dict()
        assert told == json.loads(done.stdout)
        assert (told["attribution"] is not None) == (reward is not None)
    with pytest.raises(fullmarks.SampleError, match="no column `v`"):
        fullmarks.advise([{"prompt": "p"}], verdicts="v", id="prompt")
    with pytest.raises(fullmarks.SettingsError, match="`pilots` needs judged rollouts"):
        fullmarks.advise(rows, verdicts="v", id="prompt", pilots={})
