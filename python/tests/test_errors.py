"""What is refused, by which exception, with which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tasks import BIRDS, SHORT

import fullmarks
from fullmarks import BatchError, PromptsError, SampleError, SettingsError, SpecError, Task


def test_a_spec_with_mistakes_names_them_all() -> None:
    with pytest.raises(SpecError) as caught:
        Task.from_yaml(SHORT.replace("length.max_words", "length.max_word").replace("texts:", "text:"))
    assert [diagnostic["line"] for diagnostic in caught.value.diagnostics] == [5, 6]
    assert caught.value.diagnostics[0]["help"] == "did you mean `length.max_words`?"
    assert "^^^^" in str(caught.value) and "spec:5:" in str(caught.value)
    assert isinstance(caught.value, ValueError)


def test_a_missing_file_is_an_os_error() -> None:
    with pytest.raises(FileNotFoundError, match="nowhere.yaml"):
        Task.load("nowhere.yaml")
    with pytest.raises(PromptsError, match="nowhere.jsonl cannot be read"):
        Task.from_yaml(BIRDS, prompts="nowhere.jsonl")


def test_prompts_that_cannot_be_used_are_listed(birds_file: Path) -> None:
    birds_file.with_name("prompts.jsonl").write_text('{"id": "a", "prompt": "x", "words": ["y"]}\n{"id": "b", "prompt": "x"}\nnot\n')
    with pytest.raises(PromptsError) as caught:
        Task.load(birds_file)
    assert [line for line, _ in caught.value.rows] == [2, 3]


@pytest.mark.parametrize(
    ("completions", "beside", "error", "message"),
    [
        ("one", {}, BatchError, "`completions` must have one entry per completion, and is str"),
        (3, {}, BatchError, "`completions` must have one entry per completion, and is int"),
        (["a", 7], {}, SampleError, "completion 1: a completion is a string or a list of messages, not a number"),
        (["a", [{"role": "model", "content": "x"}]], {}, SampleError, "completion 1: message 0: the role `model` is not known"),
        ([float("nan")], {}, SampleError, "completion 0: JSON has no number NaN"),
        ([{"a": {1: 2}}], {}, SampleError, "completion 0: a key must be text, not int"),
        ([object()], {}, SampleError, "completion 0: object is no text, number, list or dict"),
        (["a"], {"ids": ["x", "y"]}, BatchError, "`ids` has 2 entries for 1 completions"),
        (["a"], {"ids": "x"}, BatchError, "`ids` must have one entry per completion, and is str"),
        (["a"], {"ids": [1.5]}, SampleError, "completion 0: an id is text or a whole number, not a number"),
        (["a"], {"columns": {"words": [["x"], ["y"]]}}, BatchError, "`words` has 2 entries for 1 completions"),
        (["a"], {"prompts": [["x"]], "columns": {"words": [["x"]]}}, SampleError, "completion 0: `prompt`: message 0: a message is an object"),
        (["a", "b"], {"columns": {"words": [4, 3]}}, SampleError, "completion 0: `texts` must be a list of texts, at least one, not the number 4"),
        (["a"], {}, SampleError, "the prompt's row has no column `words`; the task takes values from its prompts"),
        (["a"], {"ids": ["owl"]}, SampleError, "give the prompt's row"),
        (["a"], {"columns": {"word": [["x"]]}}, SampleError, "no column `words`"),
    ],
)
def test_bad_batches_are_refused(birds: Task, completions: Any, beside: Any, error: type, message: str) -> None:
    with pytest.raises(error) as caught:
        birds.score(completions, **beside)
    assert message in str(caught.value)
    assert isinstance(caught.value, (fullmarks.FullmarksError, ValueError))


def test_an_unknown_id_is_refused(birds_file: Path) -> None:
    task = Task.load(birds_file)
    with pytest.raises(SampleError, match="completion 1: there is no prompt with the id `auk`"):
        task.score(["a", "b"], ids=["owl", "auk"])
    with pytest.raises(SampleError, match="the task has several prompts"):
        task.score(["a"])


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"group_size": 1}, "the group size 1 is out of range"),
        ({"algorithm": "ppo"}, "`ppo` is not modelled: it learns its baseline beside the policy. The nearest is `reinforce`"),
        ({"algorithm": "grop"}, "there is no algorithm `grop`; known: grpo"),
        ({"level": 1.0}, "interval level 1 is out of range"),
        ({"kl": float("nan")}, "the KL coefficient NaN is out of range"),
        ({"pilots": {"binary": []}}, "the pilot of `binary` has no rollouts"),
        ({"pilots": {"all": []}}, "there is no scheme `all`"),
        ({"logprobs": [-1.0]}, "`logprobs` has 1 entries for 2 rollouts"),
        ({"logprobs": [-1.0, 0.5]}, "`logprobs` holds 0.5"),
        ({"sgd": (0.0, 10)}, "plain SGD needs a learning rate above 0"),
        ({"target": 1.0}, "the target 1 is out of range"),
        ({"price_per_hour": 2.0}, "`price_per_hour` needs `hours_per_step`"),
    ],
)
def test_bad_settings_are_refused(terse: Task, settings: Any, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        fullmarks.advise(terse.score(["a", "b"], ids=["x", "x"]), **settings)
    assert message in str(caught.value)


def test_advice_needs_rollouts(terse: Task) -> None:
    with pytest.raises(SettingsError, match="there are no rollouts"):
        fullmarks.advise([])
    with pytest.raises(TypeError):
        fullmarks.advise(["a"])  # type: ignore[list-item]
    with pytest.raises(SettingsError, match="did you mean `saturated`"):
        fullmarks.advice_page("saturatd")
    with pytest.raises(SettingsError, match="one pilot says nothing"):
        fullmarks.advise(terse.score(["a"]), pilots={"binary": terse.score(["a"])})
