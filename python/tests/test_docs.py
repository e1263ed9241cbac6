"""The Python that README and docs show is run, page by page, as are the settings they give for verl."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import tiny
from datasets import Dataset
from omegaconf import OmegaConf
from tasks import BIRDS
from trl import GRPOConfig
from verl.trainer import config as verl_config
from verl.trainer.ppo.reward import get_custom_reward_fn, resolve_reward_manager_cls

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
ROWS = [{"id": name, "prompt": f"Which bird is {name}?", "words": [name]} for name in ("owl", "gull")]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(), re.MULTILINE | re.DOTALL)


WITH_PYTHON = [page for page in PAGES if blocks(page, "python")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the pages name: a spec whose prompts are in a file, and the examples of the repository."""
    (tmp_path / "spec.yaml").write_text(BIRDS.replace("constraints:", "prompts: {file: prompts.jsonl}\nconstraints:"))
    (tmp_path / "prompts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def given(folder: Path) -> dict[str, Any]:
    """What the pages leave to their reader."""
    tokenizer = tiny.tokenizer([row["prompt"] for row in ROWS])
    for part in (tokenizer, tiny.model(tokenizer)):
        part.save_pretrained(folder / "model")
    logged: dict[str, float] = {}

    class Wandb:
        @staticmethod
        def log(metrics: dict[str, float], step: int) -> None:
            logged.update(metrics)

    return {
        "model": str(folder / "model"),
        "args": GRPOConfig(output_dir=str(folder / "out"), use_cpu=True, report_to=[]),
        "prompts": Dataset.from_list(ROWS * 8),
        "settings": {"output_dir": str(folder / "out"), "use_cpu": True, "report_to": [], "max_completion_length": 8, "save_strategy": "no"},
        "completions": ["An owl is a bird."] * 8,
        "ids": ["owl"] * 8,
        "step": 0,
        "wandb": Wandb,
        "logged": logged,
    }


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page(page: Path, given: dict[str, Any]) -> None:
    names = dict(given)
    for block in blocks(page, "python"):
        # Pilots of one step say as little, and take seconds.
        exec(compile(block.replace("steps=40, seeds=2", "steps=1, seeds=1"), str(page), "exec"), names)
    if "trainer" in names:
        [reward] = names["trainer"].reward_funcs
        rewards = reward(prompts=["Which?"], completions=["An owl."], completion_ids=[[1]], id=["owl"], words=[["owl"]])
        assert rewards == [1.0]
    if "reward_func" in names:
        answer = names["reward_func"](["Which?An owl.", "Which?None."], ["Which?"] * 2, ["owl"] * 2)
        assert answer["rewards"] == [1.0, 0.25]
    if "monitor" in names:
        assert given["logged"]["p_full"] == 1.0


def test_every_page_with_python_is_known() -> None:
    assert {"README.md", "trainers.md", "monitor.md", "python-package.md", "start-reward.md"} <= {page.name for page in WITH_PYTHON}


def test_settings_for_verl(folder: Path) -> None:
    """As overrides of verl's own defaults: what is not marked as new with a `+` must be there."""
    settings = OmegaConf.load(Path(verl_config.__file__).parent / "_generated_ppo_trainer.yaml")
    overrides = [line for block in blocks(ROOT / "docs/trainers.md", "ini") for line in block.splitlines()]
    for line in overrides:
        name, value = line.removeprefix("+").split("=")
        OmegaConf.set_struct(settings, not line.startswith("+"))
        OmegaConf.update(settings, name, value)
    compute_score = get_custom_reward_fn(settings)
    assert compute_score("birds", "An owl.", "owl", {"words": ["owl"]})["score"] == 1.0
    assert resolve_reward_manager_cls(settings).__module__ == "fullmarks._verl_manager"
