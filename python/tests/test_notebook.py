"""The notebook runs, cell by cell, and comes to what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import datasets

NOTEBOOK = Path(__file__).parents[2] / "examples" / "which-reward.ipynb"


def test_the_notebook_goes_from_a_table_to_a_filtered_one() -> None:
    cells = json.loads(NOTEBOOK.read_text())["cells"]
    names: dict[str, Any] = {}
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    mixed = {f"p{prompt}" for prompt in range(30) if prompt % 3 == 2}
    assert set(names["train_dataset"]["id"]) == mixed
    assert isinstance(names["train_dataset"], datasets.Dataset)
    assert names["assessment"].decision["answer"] in {"start", "fix-first"}
    assert names["comparison"].choice["answer"] in {"take", "alike", "torn"}
    assert len(set(names["rewards"])) > 1, "the group has a gradient"
    for shown in ("assessment", "comparison"):
        page = names[shown]._repr_html_()
        assert page.startswith("<iframe") and "&lt;h1>" in page
