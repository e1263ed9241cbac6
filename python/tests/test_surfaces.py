"""The command line, Python and HTTP give the same bytes for one input, and refuse the same requests."""

from __future__ import annotations

import json
import subprocess
import sysconfig
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import tiny_words
from tasks import BAD_CODE, CODE, GOOD_CODE, SHORT, trapping

import fullmarks
import fullmarks.nemo_gym
import fullmarks.openrlhf
from fullmarks import Task

INSTALLED = str(Path(sysconfig.get_path("scripts")) / "fullmarks")

Row = dict[str, Any]

WORDY = """
constraints:
  - {id: short, check: length.max_words, with: {words: 5}}
  - {id: polite, check: contains.any, with: {texts: [please]}, weight: 2}
  - {id: plain, check: regex.absent, with: {pattern: '\\d'}}
"""
REQUIRED = WORDY.replace("{words: 5}}", "{words: 5}, required: true}")
COLUMN = """
constraints:
  - {id: names_it, check: contains.all, with: {texts: {column: words}}, weight: 3}
  - {id: short, check: length.max_words, with: {words: 4}}
"""
BROUGHT = """
constraints:
  - from_prompt: {ids: asked, params: with}
    weight: 2
  - {id: plain, check: regex.absent, with: {pattern: '\\d'}}
"""
SHARES = CODE[CODE.index("extract:") : CODE.index("reward:")].replace("required: true", "weight: 3")


def groups(count: int, size: int = 8, first: int = 0) -> list[Row]:
    """A row of completions for each prompt, with the tokens of each."""
    rows = []
    for n in range(first, first + count):
        texts = tiny_words.texts(n, size)
        rows.append({"id": f"p{n}", "completions": texts, "tokens": [len(text.split()) for text in texts]})
    return rows


def hard(rows: list[Row]) -> list[Row]:
    """The same, with a digit in all but each fifth row: few full answers, so that a controller pays credit."""
    broken = [{**row, "completions": [f"{text} 7" for text in row["completions"]]} for row in rows]
    return [row if n % 5 == 4 else broken[n] for n, row in enumerate(rows)]


def asked() -> list[Row]:
    """Prompts that bring constraints of their own, the same twice among them."""
    birds: Row = {"id": "birds", "prompt": "Birds?", "asked": ["contains.any", "contains.any"]}
    birds["with"] = [{"texts": ["owl"]}, {"texts": ["gull"]}]
    terse: Row = {"id": "terse", "prompt": "In short?", "asked": ["length.max_words", "contains.none", "contains.all"]}
    terse["with"] = [{"words": 3}, {"texts": ["a"]}, {"texts": ["hello"]}]
    return [birds, {"id": "none", "prompt": "Anything?", "asked": [], "with": []}, terse]


def answers(prompts: list[Row]) -> list[Row]:
    rows = groups(len(prompts))
    return [{**row, "id": prompt["id"]} for row, prompt in zip(rows, prompts)]


WORDS = [{"id": name, "prompt": "Which?", "words": [name, "please"]} for name in ("owl", "gull", "7")]


@dataclass(frozen=True)
class Case:
    """An input, and how it is rewarded."""

    reward: str
    constraints: str = WORDY
    rows: list[Row] = field(default_factory=lambda: groups(6))
    prompts: list[Row] = field(default_factory=list)
    progress: float | None = None
    # Whether Python and HTTP get a row per call, and not all rows at once.
    by_row: bool = False
    # Whether checks of texts that end in `!` fail on our side.
    faulty: bool = False


BROKEN = [{"id": f"p{n}", "completions": ["hello", "hello!", "", "a b c d e f", "a b c d e f!", "owl"]} for n in range(2)]
RARELY = [{"id": f"p{n}", "completions": ["a b c d e f", "a b c d e f!", "", "hello" if n % 9 == 8 else "", "hello!"]} for n in range(64)]
TURNS = [{"id": id, "completion": text} for id, text in zip(["x", 7, "x", "7", "y", "x"], tiny_words.texts(3, 6))]
FORMS = [
    {
        "id": "Käse 🧀\n\"quoted\"",
        "completions": [
            "hello \u2028 please \u0000 \u007f </script>",
            [{"role": "user", "content": "7"}, {"role": "assistant", "content": "please"}],
            [{"role": "assistant", "content": [{"type": "text", "text": "please"}], "reasoning_content": "7 8 9"}],
            "<think>7 7 7 7 7 7</think>please",
            "<think>please",
            # Cut within an emoji: JSON and Python's text may hold half of one.
            "please \ud83d", "\ude00 please \ud83d\ud83d\ude00", '\\ud83d please "\ud83d"',
            None,
        ],
    }
]
SPOKEN = "I end with `</think>` and say please"
ENDED = [{"id": "e", "completions": [SPOKEN, SPOKEN, "</think>please", "please"], "truncated": [True, False, None, True]}]
REASONS = [{"id": "e", "completions": [SPOKEN, SPOKEN, "</think>please"], "finish_reason": ["length", "stop", None]}]
THINKS = f"extract: {{thinking: {{mode: opened}}}}\n{WORDY}"

OVERLONG = "{overlong: {max: 6, soft: 4, at_most: 0.5}}"
IN_CHARACTERS = "{overlong: {max: 20, soft: 10, at_most: 0.3, unit: characters}}"
IN_TOKENS = "{overlong: {max: 7, soft: 3, at_most: 1, unit: tokens}}"

CASES = {
    "binary": Case("{scheme: binary}"),
    "binary-required": Case("{scheme: binary}", REQUIRED),
    "binary-gate": Case("{scheme: binary, gate: [plain]}"),
    "partial": Case("{scheme: partial}"),
    "partial-small": Case("{scheme: partial, credit: 0.3}"),
    "partial-required": Case("{scheme: partial, credit: 0.3}", REQUIRED),
    "partial-gate": Case("{scheme: partial, gate: [plain]}"),
    "partial-small-gate": Case("{scheme: partial, credit: 0.3, gate: [plain]}", REQUIRED),
    "partial-shape": Case("{scheme: partial, credit: 0.9, threshold: 0.3, power: 2, cap: 0.3}"),
    "partial-shares": Case("{scheme: partial}", SHARES, [{"id": "c", "completions": [GOOD_CODE, BAD_CODE, "no code"]}]),
    "annealed-start": Case("{scheme: annealed, credit: 1, to: 0, until: 0.5}", progress=0.0),
    "annealed": Case("{scheme: annealed, credit: 1, to: 0, until: 0.5}", progress=0.2),
    "annealed-cosine": Case("{scheme: annealed, credit: 0.1, to: 0.7, shape: cosine}", progress=0.3),
    "annealed-end": Case("{scheme: annealed, credit: 1, to: 0.3}", progress=1.0),
    "annealed-penalty": Case(f"{{scheme: annealed, gate: [plain], penalty: {OVERLONG}}}", progress=0.6),
    "difficulty": Case("{scheme: difficulty}"),
    "difficulty-settings": Case("{scheme: difficulty, credit: 0.3, alpha: 0.7, power: 0.5}", REQUIRED),
    "difficulty-all": Case(f"{{scheme: difficulty, gate: [plain], penalty: {OVERLONG}}}"),
    "difficulty-decoupled": Case("{scheme: difficulty, advantage: {by: decoupled}}"),
    "characters": Case(f"{{scheme: partial, penalty: {IN_CHARACTERS}}}"),
    "tokens": Case(f"{{scheme: partial, penalty: {IN_TOKENS}}}"),
    "either-tokens": Case(f"{{scheme: partial, penalty: {OVERLONG}}}"),
    "either-characters": Case(
        f"{{scheme: partial, penalty: {OVERLONG}}}", rows=[{"id": row["id"], "completions": row["completions"]} for row in groups(4)]
    ),
    "all-or-nothing": Case("{scheme: binary, penalty: {overlong: {max: 4, at_most: 0.1}}}"),
    "may-reorder": Case(f"{{scheme: partial, penalty: {IN_TOKENS}, may_reorder: true}}"),
    "may-reorder-gate": Case(f"{{scheme: partial, gate: [plain], penalty: {IN_CHARACTERS}, may_reorder: true}}"),
    "decoupled": Case("{scheme: partial, advantage: {by: decoupled}}"),
    "density": Case("{scheme: binary, advantage: {by: density}}"),
    "density-settings": Case("{scheme: partial, advantage: {by: density, alpha: 1, sigma: 0.5, delta: 0.2, beta: 0.3}}", REQUIRED),
    "unscored-binary": Case("{scheme: binary}", rows=BROKEN, faulty=True),
    "unscored-partial": Case(f"{{scheme: partial, credit: 0.3, penalty: {IN_CHARACTERS}}}", rows=BROKEN, faulty=True),
    "unscored-gate": Case("{scheme: partial, gate: [ours]}", rows=BROKEN, faulty=True),
    "unscored-difficulty": Case("{scheme: difficulty}", rows=BROKEN, faulty=True),
    "unscored-decoupled": Case("{scheme: partial, advantage: {by: decoupled}}", rows=BROKEN, faulty=True),
    "unscored-density": Case("{scheme: partial, advantage: {by: density}}", rows=BROKEN, faulty=True),
    "column": Case("{scheme: partial, credit: 0.5}", COLUMN, answers(WORDS), WORDS),
    "brought": Case("{scheme: partial, credit: 0.3}", BROUGHT, answers(asked()), asked()),
    "brought-difficulty": Case("{scheme: difficulty, gate: [plain]}", BROUGHT, answers(asked()), asked()),
    "brought-density": Case("{scheme: partial, advantage: {by: density}}", BROUGHT, answers(asked()), asked()),
    "turns": Case("{scheme: partial}", rows=TURNS),
    "repeated-rows": Case("{scheme: partial, advantage: {by: decoupled}}", rows=[*groups(2), *groups(2)], by_row=True),
    "forms": Case(f"{{scheme: partial, penalty: {IN_CHARACTERS}}}", rows=FORMS),
    "truncated": Case("{scheme: partial}", THINKS, ENDED),
    "finish-reasons": Case("{scheme: partial}", THINKS, REASONS),
}

ADAPTIVE = {
    "adaptive": Case("{scheme: adaptive}", rows=hard(groups(48)), by_row=True),
    "adaptive-small": Case("{scheme: adaptive, credit: 0.3, algorithm: rloo}", REQUIRED, hard(groups(48)), by_row=True),
    "adaptive-prompt": Case("{scheme: adaptive, per: prompt, group_size: 4}", rows=hard(groups(80, 4)), by_row=True),
    "adaptive-again": Case("{scheme: adaptive, per: prompt}", rows=hard(groups(3) * 16), by_row=True),
    "adaptive-penalty": Case(f"{{scheme: adaptive, gate: [short], penalty: {OVERLONG}}}", rows=hard(groups(48)), by_row=True),
    "adaptive-density": Case("{scheme: adaptive, advantage: {by: density}}", rows=hard(groups(48)), by_row=True),
    "adaptive-brought": Case("{scheme: adaptive}", BROUGHT, hard(answers(asked()) * 16), asked(), by_row=True),
    "adaptive-unscored": Case("{scheme: adaptive}", rows=RARELY, faulty=True, by_row=True),
}


def jsonl(path: Path, rows: list[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def write(folder: Path, name: str, case: Case) -> Path:
    """The spec of a case, and the files that it names."""
    folder.mkdir()
    if case.faulty:
        short = "constraints:\n  - {id: short, check: length.max_words, with: {words: 5}, weight: 2}"
        path = trapping(folder, short)
        text = path.read_text().replace("name: faulty", f"name: {name}").replace("{scheme: binary}", case.reward)
    else:
        prompts = "prompts: {file: prompts.jsonl}" if case.prompts else ""
        text = f"fullmarks: 1\nname: {name}\n{prompts}\n{case.constraints}\nreward: {case.reward}\n"
        jsonl(folder / "prompts.jsonl", case.prompts)
    path = folder / "spec.yaml"
    path.write_text(text)
    return path


@dataclass(frozen=True)
class Served:
    """The spec of every case, and the server that has them all."""

    specs: dict[str, Path]
    address: str

    def score(self, name: str, batch: Row) -> list[str]:
        """The elements of `rollouts` as they were sent."""
        return elements(self.post("v1/score", {"task": name, **batch}), "rollouts")

    def post(self, path: str, body: Row) -> str:
        request = urllib.request.Request(f"{self.address}/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            text: bytes = answer.read()
        return text.decode()


def elements(text: str, key: str) -> list[str]:
    """The texts of a list's elements, uncut: parsing and writing them again could hide a difference."""
    decoder, (before, rest) = json.JSONDecoder(), text.split(f'"{key}":[', 1)
    assert before.startswith("{")
    found, at = [], 0
    while rest[at] != "]":
        at += rest[at] == ","
        _, end = decoder.raw_decode(rest, at)
        found.append(rest[at:end])
        at = end
    return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, serve: Any) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("surfaces")
    specs = {name: write(folder / name, name, case) for name, case in {**CASES, **ADAPTIVE}.items()}
    with serve(*specs.values(), program=INSTALLED) as address:
        yield Served(specs, address)


def batches(case: Case) -> list[Row]:
    """What Python and HTTP are given: all of the rows, or one of them at a time."""
    rows = [[row] for row in case.rows] if case.by_row else [case.rows]
    return [{key: value for key, value in batch(some, case.progress).items() if value is not None} for some in rows]


def batch(rows: list[Row], progress: float | None) -> Row:
    completions = [row.get("completions", [row.get("completion")]) for row in rows]
    ids = [row["id"] for row, texts in zip(rows, completions) for _ in texts]
    given = {name: [value for row in rows for value in row.get(name, [])] or None for name in ("tokens", "truncated", "finish_reason")}
    ended = {"truncated": given["truncated"], "finish_reasons": given["finish_reason"]}
    return {"completions": sum(completions, []), "ids": ids, "tokens": given["tokens"], "progress": progress, **ended}


def command(spec: Path, rows: list[Row], progress: float | None = None, *words: str) -> list[str]:
    """The lines that ``fullmarks score`` writes."""
    rollouts, out = jsonl(spec.with_name("rollouts.jsonl"), rows), spec.with_name("scored.jsonl")
    out.unlink(missing_ok=True)
    at = [] if progress is None else ["--progress", str(progress)]
    score = [INSTALLED, "score", str(spec), "--rollouts", str(rollouts), "--out", str(out), "--quiet", "--max-unscored", "1"]
    done = subprocess.run([*score, *at, *words], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = out.read_bytes().decode()
    assert text.endswith("\n")
    return text[:-1].split("\n")


@pytest.mark.parametrize("name", CASES)
def test_one_input_gives_the_same_bytes(name: str, served: Served) -> None:
    case, spec = CASES[name], served.specs[name]
    lines = command(spec, case.rows, case.progress)
    task = Task.load(spec)
    assert [rollout.to_json() for given in batches(case) for rollout in task.score(**given)] == lines
    assert [line for given in batches(case) for line in served.score(name, given)] == lines
    scored = [json.loads(line) for line in lines]
    assert len({line["reward"] for line in scored}) > 1
    assert any(verdict["passed"] is None for line in scored for verdict in line["verdicts"]) == case.faulty


@pytest.mark.parametrize("name", ADAPTIVE)
def test_steps_give_the_same_bytes(name: str, served: Served) -> None:
    """Each row is a step. The run is interrupted once, and goes on from its state."""
    case, spec = ADAPTIVE[name], served.specs[name]
    middle = len(case.rows) // 2
    state = spec.with_name("state.json")
    lines, scored = [], []
    task = Task.load(spec)
    for rows in (case.rows[:middle], case.rows[middle:]):
        lines += command(spec, rows, None, "--state", str(state))
        scored += [rollout.to_json() for row in rows for rollout in task.score(**batch([row], None))]
        assert f"{task.state}\n" == state.read_text()
        kept, task = task.state, Task.load(spec)
        assert kept is not None
        task.restore(kept)
    assert scored == lines
    assert [line for given in batches(case) for line in served.score(name, given)] == lines
    assert len({json.loads(line)["parts"]["credit"] for line in lines}) > 1


@pytest.mark.parametrize("name", ["partial", "difficulty", "binary"])
def test_progress_is_refused_where_the_reward_does_not_change_with_it(name: str, served: Served) -> None:
    case, spec = CASES[name], served.specs[name]
    (given,) = batches(case)
    why = f"is for the scheme `annealed`, and this one is `{name}`: leave it out"
    with pytest.raises(fullmarks.BatchError, match=why):
        Task.load(spec).score(**given, progress=0.5)
    with pytest.raises(urllib.error.HTTPError) as refused:
        served.score(name, {**given, "progress": 0.5})
    assert refused.value.code == 400 and why in json.load(refused.value)["error"]["message"]
    rollouts = jsonl(spec.with_name("progress.jsonl"), case.rows)
    words = [INSTALLED, "score", str(spec), "--rollouts", str(rollouts), "--progress", "0.5"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 2 and why in done.stderr


@pytest.mark.parametrize("name", ["column", "brought", "brought-density"])
def test_rows_beside_completions_are_worth_a_file(name: str, served: Served, tmp_path: Path, serve: Any) -> None:
    """The command line is given the file, Python and HTTP the rows: as prompts, or as columns."""
    case, spec = CASES[name], tmp_path / "spec.yaml"
    spec.write_text(served.specs[name].read_text().replace("prompts: {file: prompts.jsonl}", ""))
    lines = command(spec, case.rows, None, "--prompts", str(served.specs[name].with_name("prompts.jsonl")))
    rows = {row["id"]: row for row in case.prompts}
    (given,) = batches(case)
    prompts = [rows[id] for id in given["ids"]]
    columns = {column: [row[column] for row in prompts] for column in rows[given["ids"][0]]}
    task = Task.load(spec)
    with serve(spec, program=INSTALLED) as address:
        for beside in ({"prompts": prompts}, {"columns": columns}):
            asked = {"completions": given["completions"], **beside}
            assert [rollout.to_json() for rollout in task.score(**asked)] == lines
            assert Served({}, address).score(name, asked) == lines


def test_a_prompt_that_cannot_be_used_is_left_out(tmp_path: Path, serve: Any) -> None:
    """Its completions are unscored, and the others are judged. Of rows beside completions the same is true."""
    prompts: list[Row] = [{"id": f"p{n}", "prompt": "?", "words": ["owl"] if n != 4 else {"owl": 1}} for n in range(12)]
    rows: list[Row] = [{"id": f"p{n}", "completions": ["owl", "gull"]} for n in range(12)]
    case = Case("{scheme: partial}", COLUMN, rows, prompts)
    spec = write(tmp_path / "some", "some", case)
    rollouts = jsonl(tmp_path / "rollouts.jsonl", rows)
    done = subprocess.run([INSTALLED, "score", spec, "--rollouts", rollouts, "--quiet"], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and "line 5: `texts` must be a list of texts" in done.stderr
    with pytest.warns(UserWarning, match="1 of 12 prompts cannot be used"):
        task = Task.load(spec)
    assert [line for line, _ in task.left_out] == [5]
    (given,) = batches(case)
    scored = task.score(**given)
    assert [rollout.to_json() for rollout in scored] == lines
    assert [n for n, rollout in enumerate(scored) if rollout.reward is None] == [8, 9]
    assert all((verdict.unscored or "").startswith("bad-prompt: line 5 of the prompts") for verdict in scored[8].verdicts)
    with serve(spec, program=INSTALLED) as address:
        assert Served({}, address).score("some", given) == lines
    # The rows themselves, beside completions.
    alone = tmp_path / "alone.yaml"
    alone.write_text(spec.read_text().replace("prompts: {file: prompts.jsonl}", ""))
    asked = {"completions": given["completions"], "prompts": [prompts[int(id[1:])] for id in given["ids"]]}
    beside = [rollout.to_json().replace("the prompt's row", "line 5 of the prompts") for rollout in Task.load(alone).score(**asked)]
    assert beside == lines
    with serve(alone, program=INSTALLED) as address:
        assert [line.replace("the prompt's row", "line 5 of the prompts") for line in Served({}, address).score("some", asked)] == lines


@pytest.mark.parametrize("name", ["adaptive", "difficulty", "annealed", "either-tokens", "decoupled"])
def test_trainers_are_refused_the_same(name: str, served: Served) -> None:
    """By their adapters and over HTTP, where a completion would be judged as a group of its own."""
    task = Task.load(served.specs[name])
    query = {"query": ["Hi hello"], "prompts": ["Hi"], "labels": [{"id": "p"}]}
    gym = {"id": "p", "response": {"output": []}, "responses_create_params": {"input": "Hi"}}
    adapters: list[tuple[str, Row, Any]] = [
        (f"openrlhf/{name}", query, lambda: fullmarks.openrlhf.reward(task)),
        (f"nemo-gym/{name}/verify", gym, lambda: fullmarks.nemo_gym.verify(task, gym)),
    ]
    for path, body, adapter in adapters:
        with pytest.raises(fullmarks.RewardError) as refused:
            adapter()
        why, _ = str(refused.value).split(", or call ")
        with pytest.raises(urllib.error.HTTPError) as answered:
            served.post(path, body)
        message: str = json.load(answered.value)["error"]["message"]
        assert (answered.value.code, message.split(", or call ")[0]) == (400, why)


@pytest.mark.parametrize(
    ("words", "settings", "shared"),
    [
        (["--group-size", "1"], {"group_size": 1}, "the group size 1 is out of range"),
        (["--target", "2"], {"target": 2.0}, "the target 2 is out of range"),
        (["--level", "1"], {"level": 1.0}, "interval level 1 is out of range"),
        (["--kl", "nan"], {"kl": float("nan")}, "the KL coefficient NaN is out of range"),
        (["--sgd", "0", "--steps", "10"], {"sgd": (0.0, 10)}, "plain SGD needs a learning rate above 0"),
        (["--algorithm", "sarsa"], {"algorithm": "sarsa"}, "grpo, dr-grpo, dapo, rloo, reinforce"),
        (["--hours-per-step", "-1"], {"hours_per_step": -1.0}, "a step takes more than 0 hours"),
        (["--price-per-hour", "2"], {"price_per_hour": 2.0}, "hours_per_step"),
        (
            ["--hours-per-step", "2", "--pilot", "binary=FILE", "--pilot", "partial=FILE"],
            {"hours_per_step": 2.0, "pilots": {"binary": ..., "partial": ...}},
            "can only be told from pilots whose steps are known",
        ),
        (["--pilot", "partial=FILE"], {"pilots": {"partial": ...}}, "one pilot says nothing of the other scheme"),
        (["--pilot", "binary@40=FILE"], {"pilots": {"binary": {40: ...}}}, "one pilot says nothing of the other scheme"),
        (
            ["--pilot", "binary@400=FILE", "--pilot", "partial@40=FILE"],
            {"pilots": {"binary": {400: ...}, "partial": {40: ...}}},
            "the pilots were taken after different steps, [400] under binary and [40] under partial: compare them after the same",
        ),
        (
            ["--pilot", "binary@20=FILE", "--pilot", "binary@40=FILE", "--pilot", "partial@40=FILE"],
            {"pilots": {"binary": {20: ..., 40: ...}, "partial": {40: ...}}},
            "the pilots were taken after different steps, [20, 40] under binary and [40] under partial",
        ),
        (["--pilot", "all=FILE"], {"pilots": {"all": ...}}, "binary, partial"),
    ],
)
def test_the_same_advice_is_refused(words: list[str], settings: Row, shared: str, terse: Task, tmp_path: Path) -> None:
    rows = groups(3)
    spec, rollouts = tmp_path / "spec.yaml", jsonl(tmp_path / "rollouts.jsonl", rows)
    spec.write_text(SHORT)
    scored = terse.score(**batch(rows, None))

    def filled(value: Any) -> Any:
        return {key: filled(inner) for key, inner in value.items()} if isinstance(value, dict) else scored if value is ... else value

    for advise in (fullmarks.advise, terse.advise):
        with pytest.raises(fullmarks.SettingsError) as refused:
            advise(scored, **filled(settings))
        assert shared in str(refused.value)
    told = [word.replace("FILE", str(rollouts)) for word in words]
    done = subprocess.run([INSTALLED, "advise", spec, "--rollouts", rollouts, "--quiet", *told], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    # Options have names of their own.
    assert shared in done.stderr or f"--{shared.replace('_', '-')}" in done.stderr
