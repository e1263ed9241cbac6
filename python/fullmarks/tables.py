"""Tables in, tables out: Arrow tables, data frames of pandas and polars, and data sets of Hugging Face.

    scored = fullmarks.tables.score(task, frame)
    chosen = fullmarks.tables.filter(frame, task.advise(scored), "mixed")
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from ._adapt import judge
from ._fullmarks import Assessment, Task
from .errors import SettingsError

__all__ = ["filter", "rows", "score"]


def score(task: Task, table: Any, *, completion: str = "completion", progress: float | None = None) -> Any:
    """Judges a table with one completion a row, and adds the columns ``full``, ``fraction``, ``reward`` and ``verdicts``.

    A column ``tokens``, with the number of them, is for rewards that count length; ``truncated`` and ``finish_reason`` say which completions were
    cut at a limit; rows of one id are a group where completions are compared.

    Args:
        task: The task.
        table: A ``pyarrow.Table``, a data frame of pandas or polars, a ``datasets.Dataset``, a ``DatasetDict`` with one split, or a dict of lists.
        completion: The column with the completions.
        progress: Where training is, from 0 to 1: for a reward that changes with it.

    Returns:
        A table of the same kind. ``verdicts`` has one character a constraint: ``1`` met, ``0`` not, ``?`` unscored. What is not known is
        null.

    Raises:
        KeyError: There is no such column.
        SampleError: A row that cannot be judged.
        TypeError: No table of a known kind.
    """
    table = one_split(table)
    names = [completion, *task.columns]
    columns = {name: values for name in names if (values := _column(table, name)) is not None}
    # All that is missing at once: the prompt's columns are needed where the task has no file of prompts.
    absent = [name for name in [completion] if name not in columns] + lacking(task, columns)
    if absent:
        named = f"column {absent[0]!r}" if len(absent) == 1 else f"columns {', '.join(map(repr, absent))}"
        raise KeyError(f"the table has no {named}")
    tokens = _column(table, "tokens")
    ended: dict[str, Any] = {"truncated": _column(table, "truncated"), "finish_reasons": _column(table, "finish_reason")}
    rollouts = judge(task, columns.pop(completion), None, columns, tokens=tokens, progress=progress, **ended)
    marks = {True: "1", False: "0", None: "?"}
    added: dict[str, list[Any]] = {
        "full": [rollout.full for rollout in rollouts],
        "fraction": [rollout.fraction for rollout in rollouts],
        "reward": [rollout.reward for rollout in rollouts],
        "verdicts": ["".join(marks[verdict.passed] for verdict in rollout.verdicts) for rollout in rollouts],
    }
    return _with(table, added)


def rows(table: Any) -> Iterable[Any]:
    """The rows of a table, each a dict, with ``None`` for what is missing. What is no table is given back: a list of dicts, or any other iterable.

    Args:
        table: As in :func:`score`.

    Raises:
        SettingsError: A ``DatasetDict`` with several splits, or a dict that is no table.
    """
    table = one_split(table)
    match _kind(table):
        case "pyarrow.Table":
            found: list[Any] = table.to_pylist()
            return found
        case "pandas.DataFrame":
            columns = {name: _column(table, name) or [] for name in table.columns}
            return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
        case "polars.DataFrame":
            return table.iter_rows(named=True)  # type: ignore[no-any-return]
        case "builtins.dict":
            if not all(isinstance(values, Sequence) and not isinstance(values, str) for values in table.values()):
                raise SettingsError("a dict is a table if it has a list for each column: give a list of rows, or columns")
            lengths = {name: len(values) for name, values in table.items()}
            if len(set(lengths.values())) > 1:
                raise SettingsError(f"the columns have different lengths: {lengths}")
            return [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]
        case _:
            return table  # type: ignore[no-any-return]


def filter(table: Any, assessment: Assessment, state: str | Collection[str] = "mixed", *, id: str = "id") -> Any:
    """The rows whose prompts are in one of these states, as a table of the same kind.

    Args:
        table: As in :func:`score`.
        assessment: What :func:`fullmarks.advise` says of the prompts.
        state: ``mixed``, ``saturated``, ``starved``, ``tied`` or ``unknown``, or several of these.
        id: The column with the prompt's id.

    Raises:
        KeyError: There is no such column.
        SettingsError: There is no such state, or the assessment knows none of the table's prompts.
    """
    table = one_split(table)
    states = {state} if isinstance(state, str) else set(state)
    if other := sorted(states - _STATES):
        raise SettingsError(f"there is no state {other[0]!r}; known: {', '.join(sorted(_STATES))}")
    ids = _column(table, id)
    if ids is None:
        raise KeyError(f"the table has no column {id!r}")
    known = {prompt["id"]: prompt["state"] for prompt in assessment.to_dict()["prompts"]}
    if len(ids) and not any(_text(name) in known for name in ids):
        raise SettingsError(f"the assessment knows none of the prompts in {id!r}: name the column with the ids that it was made with")
    return _taken(table, [place for place, name in enumerate(ids) if known.get(_text(name)) in states])


_STATES = {"mixed", "saturated", "starved", "tied", "unknown"}


def _text(id: Any) -> str:
    """An id as text, as reports have it: a whole number that a gap in its column made 1.0 is 1."""
    return str(int(id)) if isinstance(id, float) and id.is_integer() else str(id)


def lacking(task: Task, has: Collection[Any]) -> list[str]:
    """The columns without which the task cannot judge a row, and which are not there: all of them."""
    taken = [name for name in task.columns if name not in (task.id_column, task.prompt_column, *has)]
    if not task.knows_prompts:
        return taken
    # An id is enough, and so is the row itself.
    return [] if task.id_column in has or not (taken and task.needs_prompts) else [task.id_column]


def one_split(table: Any) -> Any:
    """The data set of a ``DatasetDict``, where it has one; a table as it is."""
    if _kind(table) not in ("datasets.DatasetDict", "datasets.IterableDatasetDict"):
        return table
    splits = list(table)
    if len(splits) == 1:
        warnings.warn(f"the split {splits[0]!r} is taken, which is the only one", stacklevel=3)
        return table[splits[0]]
    raise SettingsError(f"it has the splits {', '.join(map(repr, splits))}: give one of them, such as `table[{splits[0] if splits else 'train'!r}]`")


def _kind(table: Any) -> str:
    kind = type(table)
    return f"{kind.__module__.split('.')[0]}.{kind.__name__}"


def _column(table: Any, name: str) -> Sequence[Any] | None:
    """A column as a list of plain data, with ``None`` for what is missing."""
    match _kind(table):
        case "pyarrow.Table":
            column: list[Any] | None = table.column(name).to_pylist() if name in table.column_names else None
            return column
        case "pandas.DataFrame":
            if name not in table.columns:
                return None
            # Frames write NaN where a value is missing.
            return [None if isinstance(value, float) and value != value else value for value in table[name].tolist()]
        case "polars.DataFrame":
            return table[name].to_list() if name in table.columns else None
        case "datasets.Dataset":
            return list(table[name]) if name in table.column_names else None
        case "builtins.dict":
            return list(table[name]) if name in table else None
        case kind:
            raise TypeError(f"a {kind} is no table: give a pyarrow.Table, a pandas.DataFrame, a polars.DataFrame, a datasets.Dataset or a dict of lists")


def _with(table: Any, added: Mapping[str, list[Any]]) -> Any:
    """The table with columns added, or put in the place of those of the same name."""
    match _kind(table):
        case "pyarrow.Table":
            import pyarrow

            types = {"full": pyarrow.bool_(), "verdicts": pyarrow.string()}
            for name, values in added.items():
                column = pyarrow.array(values, types.get(name, pyarrow.float64()))
                known = name in table.column_names
                table = table.set_column(table.column_names.index(name), name, column) if known else table.append_column(name, column)
            return table
        case "pandas.DataFrame":
            import pandas

            types = {"full": "boolean", "fraction": "Float64", "reward": "Float64", "verdicts": "string"}
            return table.assign(**{
                name: pandas.array(values, dtype=types[name]) for name, values in added.items()
            })
        case "polars.DataFrame":
            import polars

            kinds = {"full": polars.Boolean, "verdicts": polars.String}
            return table.with_columns([polars.Series(name, values, kinds.get(name, polars.Float64)) for name, values in added.items()])
        case "datasets.Dataset":
            for name, values in added.items():
                table = (table.remove_columns(name) if name in table.column_names else table).add_column(name, values)
            return table
        case _:
            return {**table, **added}


def _taken(table: Any, places: list[int]) -> Any:
    """The rows at these places."""
    match _kind(table):
        case "pyarrow.Table":
            return table.take(places)
        case "pandas.DataFrame":
            return table.iloc[places]
        case "polars.DataFrame":
            return table[places]
        case "datasets.Dataset":
            return table.select(places)
        case _:
            return {name: [values[place] for place in places] for name, values in table.items()}
