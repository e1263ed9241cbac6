"""A real evaluation with a model that says what it is told to."""

from __future__ import annotations

from pathlib import Path

from tasks import trapping
from inspect_ai import Task as Evaluation
from inspect_ai import eval
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ModelOutput, ModelUsage, get_model

import fullmarks
from fullmarks import Task
from fullmarks.inspect_ai import meets_spec


def run(scorer: object, says: list[str], samples: list[Sample], logs: Path) -> list[dict[str, object]]:
    outputs = [ModelOutput.from_content("mockllm/model", text) for text in says]
    for output in outputs:
        # Else the mock counts tokens with a vocabulary that it downloads.
        output.usage = ModelUsage()
    task = Evaluation(dataset=MemoryDataset(samples), scorer=scorer)
    model = get_model("mockllm/model", custom_outputs=outputs)
    log = eval(task, model=model, display="none", log_dir=str(logs), max_samples=1, max_connections=1)[0]
    assert log.status == "success", log.error
    scores = [next(iter(sample.scores.values())) for sample in sorted(log.samples, key=lambda sample: sample.id)]
    mean = log.results.scores[0].metrics["mean"].value
    return [{"value": score.value, "why": score.explanation, "mean": mean} for score in scores]


def test_an_evaluation_scores_by_the_spec(birds: fullmarks.Task, tmp_path: Path) -> None:
    samples = [Sample(id=1, input="Which?", metadata={"words": ["owl"]}), Sample(id=2, input="?", metadata={"words": ["gull"]})]
    scores = run(meets_spec(birds), ["An owl is a bird."] * 2, samples, tmp_path)
    assert [score["value"] for score in scores] == [1.0, 0.25]
    assert scores[0]["why"] is None and str(scores[1]["why"]).startswith("names_it: ")
    assert scores[0]["mean"] == 0.625


TARGETS = """
fullmarks: 1
name: targets
constraints: [{id: names_it, check: contains.any, with: {texts: {column: target}}}]
reward: {scheme: binary}
"""
TARGET = TARGETS.replace("contains.any, with: {texts: ", "text.equals, with: {text: ")


def test_several_targets_are_several(tmp_path: Path) -> None:
    samples = [Sample(id=n, input="Which?", target=["owl", "gull"]) for n in (1, 2, 3)]
    scores = run(meets_spec(Task.from_yaml(TARGETS)), ["An owl.", "A gull.", "An owlgull"], samples, tmp_path)
    assert [score["value"] for score in scores] == [1.0, 1.0, 1.0]
    # As one text they would be "owlgull".
    scores = run(meets_spec(Task.from_yaml(TARGETS)), ["An auk."], [Sample(id=1, input="?", target=["owl", "gull"])], tmp_path)
    assert scores[0]["value"] == 0.0


def test_one_target_is_text_and_no_answer_an_empty_one(tmp_path: Path) -> None:
    samples = [Sample(id=n, input="Which?", target="owl") for n in (1, 2)]
    scores = run(meets_spec(Task.from_yaml(TARGET)), ["owl", ""], samples, tmp_path)
    assert [score["value"] for score in scores] == [1.0, 0.0]


def test_our_failure_is_unscored_and_in_no_mean(tmp_path: Path) -> None:
    scores = run(meets_spec(trapping(tmp_path)), ["fine", "broken!"], [Sample(id=1, input="?"), Sample(id=2, input="?")], tmp_path)
    assert scores[0]["value"] == 1.0 and scores[1]["value"] != scores[1]["value"]
    assert scores[0]["mean"] == 1.0
