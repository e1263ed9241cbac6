"""Several rewards on the same rollouts, from any table; reports as notebooks and programs take them."""

from __future__ import annotations

import json
import pydoc
import subprocess
import sys
from pathlib import Path
from typing import Any

import datasets
import pandas
import polars
import pyarrow
import pytest

import fullmarks
from fullmarks import tables
from fullmarks.errors import RewardError, SettingsError

SPEC = """
fullmarks: 1
name: terse
constraints:
  - {id: short, check: length.max_words, with: {words: 5}}
  - {id: polite, check: contains.any, with: {texts: [please]}}
reward: {scheme: partial, credit: 0.5}
"""
LONGER = SPEC.replace("words: 5", "words: 8")


def rows() -> list[dict[str, Any]]:
    def text(prompt: int, turn: int) -> str:
        words = " ".join(["ok"] * (2 + (prompt + 3 * turn) % 8))
        return f"{words} please" if (prompt + turn) % 3 == 0 else words

    return [
        {"id": prompt, "completion": text(prompt, turn), "flat": 0.5, "score": 3.0 * turn - 4.0}
        for prompt in range(30) for turn in range(8)
    ]


@pytest.fixture(scope="module")
def specs() -> dict[str, fullmarks.Task]:
    return {"a.yaml": fullmarks.Task.from_yaml(SPEC), "b.yaml": fullmarks.Task.from_yaml(LONGER)}


def test_it_says_what_the_command_says(specs: dict[str, fullmarks.Task], program: str, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SPEC)
    (tmp_path / "b.yaml").write_text(LONGER)
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows()))
    command = [program, "advise", "a.yaml", "b.yaml", "--rollouts", "rows.jsonl"]
    report = fullmarks.compare(rows(), specs)
    run = subprocess.run([*command, "--json"], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert json.loads(run.stdout) == report.to_dict()
    text = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert text == str(report)


def test_any_table_will_do(specs: dict[str, fullmarks.Task]) -> None:
    expected = fullmarks.compare(rows(), specs).to_dict()
    columns = {name: [row[name] for row in rows()] for name in rows()[0]}
    one = datasets.Dataset.from_list(rows())
    for table in (columns, pandas.DataFrame(columns), polars.DataFrame(columns), pyarrow.table(columns), one, iter(rows())):
        assert fullmarks.compare(table, specs).to_dict() == expected, type(table)
    with pytest.warns(UserWarning, match="the split 'train' is taken"):
        assert fullmarks.compare(datasets.DatasetDict(train=one), specs).to_dict() == expected
    with pytest.raises(SettingsError, match="it has the splits 'train', 'test': give one of them"):
        fullmarks.compare(datasets.DatasetDict(train=one, test=one), specs)


def test_columns_and_sums(specs: dict[str, fullmarks.Task]) -> None:
    report = fullmarks.compare(rows(), ["score", {"score": 2.0}])
    assert report.choice["answer"] == "same"
    report = fullmarks.compare(rows(), {"spec": specs["a.yaml"], "flat": "flat"})
    assert report.choice["take"] == "spec" and report["choice"] == report.choice
    for rewards, why in [
        (["flat"], "a comparison takes two rewards or more"),
        (["flat", "flat"], "`flat` is given twice"),
        (["flat", 3], "a reward is a Task, the name of a column"),
    ]:
        with pytest.raises(SettingsError, match=why):
            fullmarks.compare(rows(), rewards)
    with pytest.raises(SettingsError, match="`short` is another constraint there"):
        fullmarks.compare(rows(), specs, verdicts="v")


def test_a_task_judges_plain_rows(specs: dict[str, fullmarks.Task]) -> None:
    task = specs["a.yaml"]
    scored = task.score([row["completion"] for row in rows()], ids=[row["id"] for row in rows()])
    expected = task.advise(scored)
    assert task.advise(rows()).to_dict() == expected.to_dict()
    assert task.advise(pandas.DataFrame(rows())).to_dict() == expected.to_dict()
    # As a server of chat completions writes them.
    answers = [
        {"prompt_id": str(row["id"]), "choices": [{"index": 0, "message": {"role": "assistant", "content": row["completion"]}, "finish_reason": "stop"}]}
        for row in rows()
    ]
    assert task.advise(answers).pass_rate == expected.pass_rate
    with pytest.raises(SettingsError, match="rows are judged by a task"):
        fullmarks.advise(rows())


def test_parts_of_reports_are_attributes_and_items(specs: dict[str, fullmarks.Task]) -> None:
    task = specs["a.yaml"]
    found = task.advise(rows())
    whole = found.to_dict()
    assert set(found.keys()) == set(whole) and found["rates"] == found.rates == whole["rates"]
    assert found.pass_rate == whole["rates"]["all"]["full"]["estimate"] and "counts" in found and "nothing_such" not in found
    with pytest.raises(AttributeError, match="Assessment has no attribute \"wasted\""):
        found.wasted  # noqa: B018
    with pytest.raises(KeyError, match="wasted"):
        found["wasted"]
    assert fullmarks.advise(rows(), reward="score").pass_rate is None
    assert repr(found).startswith("Assessment(\"") and "pass_rate=0." in repr(found)
    probe = task.probe()
    assert probe.fine == probe["fine"] == probe.to_dict()["fine"] and repr(probe).startswith('Report("probe"')
    assert "short" in repr(task) and "polite" in repr(task)
    for report in (found, probe):
        page = report._repr_html_()
        assert page.startswith("<iframe sandbox") and "<script" not in page and page.count('"') == 6


def test_prompts_are_filtered_by_their_state(specs: dict[str, fullmarks.Task]) -> None:
    found = specs["a.yaml"].advise(rows())
    mixed = {prompt["id"] for prompt in found.prompts if prompt["state"] == "mixed"}
    for table in (pandas.DataFrame(rows()), polars.DataFrame(rows()), datasets.Dataset.from_list(rows()), pyarrow.Table.from_pylist(rows())):
        chosen = tables.filter(table, found, "mixed")
        assert type(chosen) is type(table)
        assert {str(row["id"]) for row in tables.rows(chosen)} == mixed
    with pytest.raises(SettingsError, match="there is no state 'easy'"):
        tables.filter({"id": [1]}, found, "easy")
    with pytest.raises(KeyError, match="no column 'id'"):
        tables.filter({"name": [1]}, found)
    with pytest.raises(SettingsError, match="knows none of the prompts"):
        tables.filter({"id": ["other"]}, found)


def test_missing_columns_are_named_at_once_and_before_training(birds_file: Path) -> None:
    two = """
fullmarks: 1
name: two
constraints:
  - {id: one, check: contains.all, with: {texts: {column: first}}}
  - {id: other, check: contains.any, with: {texts: {column: second}}}
reward: {scheme: binary}
"""
    task = fullmarks.Task.from_yaml(two)
    for dataset in (datasets.Dataset.from_dict({"prompt": ["a"]}), pandas.DataFrame({"prompt": ["a"]}), {"prompt": ["a"]}):
        with pytest.raises(RewardError, match="the data set has no 'first', 'second'"):
            fullmarks.trl.reward(task, dataset=dataset)
    splits = datasets.DatasetDict(train=datasets.Dataset.from_dict({"first": [["a"]]}))
    with pytest.raises(RewardError, match="the split 'train' has no 'second'"):
        fullmarks.trl.reward(task, dataset=splits)
    fullmarks.trl.reward(task, dataset={"first": [], "second": []})
    with pytest.raises(KeyError, match="'completion', 'first', 'second'"):
        tables.score(task, {"prompt": ["a"]})


def test_help_and_hasattr_need_no_trainer() -> None:
    assert "compare" in pydoc.render_doc(fullmarks)
    code = """
import sys
for name in ("ray", "trl", "verl", "verifiers", "inspect_ai", "skyrl_gym", "nemo_gym", "pyarrow", "pandas", "datasets"):
    sys.modules[name] = None
import pydoc, fullmarks
for name in dir(fullmarks):
    hasattr(fullmarks, name)
assert hasattr(fullmarks, "trl") and hasattr(fullmarks, "tables") and not hasattr(fullmarks, "ray")
pydoc.render_doc(fullmarks)
try:
    fullmarks.ray
except AttributeError as error:
    assert "only where 'ray' is installed" in str(error) or "only where 'pyarrow' is installed" in str(error), error
try:
    import fullmarks.ray
except ModuleNotFoundError:
    pass
"""
    subprocess.run([sys.executable, "-c", code], check=True)
