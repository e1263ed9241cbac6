"""Tables in, tables of the same kind out."""

from __future__ import annotations

import datasets
import pandas
import polars
import pyarrow
import pytest

from fullmarks import Task, tables
from fullmarks.errors import SettingsError

ROWS = {
    "id": ["a", "b", "c"],
    "words": [["owl", "bird"], ["gull", "bird"], ["tit"]],
    "completion": ["An owl is a bird.", "An owl is a bird.", ""],
    "other": [1.5, None, 2.5],
}
REWARDS = [1.0, 0.625, 0.0]
VERDICTS = ["11", "01", "00"]


def test_dicts(birds: Task) -> None:
    scored = tables.score(birds, ROWS)
    assert scored["reward"] == REWARDS and scored["verdicts"] == VERDICTS and scored["other"] == ROWS["other"]


def test_arrow(birds: Task) -> None:
    scored = tables.score(birds, pyarrow.table(ROWS))
    assert isinstance(scored, pyarrow.Table)
    assert scored.column("reward").to_pylist() == REWARDS
    assert tables.score(birds, scored).column_names == scored.column_names


def test_pandas(birds: Task) -> None:
    scored = tables.score(birds, pandas.DataFrame(ROWS))
    assert isinstance(scored, pandas.DataFrame)
    assert scored["reward"].tolist() == REWARDS and scored["verdicts"].tolist() == VERDICTS


def test_data_sets(birds: Task) -> None:
    scored = tables.score(birds, datasets.Dataset.from_dict(ROWS))
    assert isinstance(scored, datasets.Dataset)
    assert list(scored["reward"]) == REWARDS


def test_what_is_unknown_is_null(faulty: Task) -> None:
    rows = {"completion": ["fine", "broken!"]}
    assert tables.score(faulty, rows)["reward"] == [1.0, None]
    assert tables.score(faulty, pyarrow.table(rows)).column("reward").to_pylist() == [1.0, None]
    frame = tables.score(faulty, pandas.DataFrame(rows))
    assert frame["reward"].isna().tolist() == [False, True] and frame["verdicts"].tolist() == ["1", "?"]


def test_what_is_no_table_is_refused(birds: Task) -> None:
    with pytest.raises(TypeError, match="builtins.list is no table"):
        tables.score(birds, [1])
    with pytest.raises(KeyError, match="the table has no columns 'completion', 'words'"):
        tables.score(birds, {"text": ["a"]})


def test_polars(birds: Task) -> None:
    scored = tables.score(birds, polars.DataFrame(ROWS))
    assert isinstance(scored, polars.DataFrame)
    assert scored["reward"].to_list() == REWARDS and scored["verdicts"].to_list() == VERDICTS
    assert tables.score(birds, scored).columns == scored.columns


def test_a_data_set_of_splits_needs_a_choice(birds: Task) -> None:
    one = datasets.Dataset.from_dict(ROWS)
    with pytest.warns(UserWarning, match="the split 'test' is taken"):
        assert list(tables.score(birds, datasets.DatasetDict(test=one))["reward"]) == REWARDS
    with pytest.raises(SettingsError, match="it has the splits 'a', 'b'"):
        tables.score(birds, datasets.DatasetDict(a=one, b=one))
