"""Tables in, tables out: Arrow tables, pandas data frames and data sets of Hugging Face.

    scored = fullmarks.tables.score(task, frame)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._adapt import judge
from ._fullmarks import Task

__all__ = ["score"]


def score(task: Task, table: Any, *, completion: str = "completion", progress: float | None = None) -> Any:
    """Judges a table with one completion a row, and adds the columns ``full``, ``fraction``, ``reward`` and ``verdicts``.

    A column ``tokens``, with the number of them, is for rewards that count length; ``truncated`` and ``finish_reason`` say which completions were
    cut at a limit; rows of one id are a group where completions are compared.

    Args:
        task: The task.
        table: A ``pyarrow.Table``, a ``pandas.DataFrame``, a ``datasets.Dataset`` or a dict of lists.
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
    names = [completion, *task.columns]
    columns = {name: values for name in names if (values := _column(table, name)) is not None}
    if completion not in columns:
        raise KeyError(f"the table has no column {completion!r}")
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
        case "datasets.Dataset":
            return list(table[name]) if name in table.column_names else None
        case "builtins.dict":
            return list(table[name]) if name in table else None
        case kind:
            raise TypeError(f"a {kind} is no table: give a pyarrow.Table, a pandas.DataFrame, a datasets.Dataset or a dict of lists")


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
        case "datasets.Dataset":
            for name, values in added.items():
                table = (table.remove_columns(name) if name in table.column_names else table).add_column(name, values)
            return table
        case _:
            return {**table, **added}
