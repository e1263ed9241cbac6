"""What a verdict costs beside the official IFEval checker, in one sitting: for docs/benchmarks.md.

    pip install --no-deps lm-eval==0.4.13
    pip install nltk==3.9.1 langdetect==1.0.9 immutabledict packaging
    python python/tests/official_ifeval.py

Both judge GPT-4's responses to IFEval's prompts, in one process and in turn. The time is the processor's, of all threads. Ratios depend
little on the machine; microseconds do. Where the ratio is below 1, the official code is faster.
"""

from __future__ import annotations

import gc
import gzip
import importlib
import importlib.util
import json
import os
import statistics
import sys
import tempfile
import time
import types
from collections import defaultdict
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import fullmarks

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
"""Rounds of fullmarks; the official code is slow enough for a third of them."""


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a file of tests/data/ifeval."""
    with gzip.open(ROOT / "tests/data/ifeval" / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def punkt(folder: Path) -> None:
    """Writes NLTK's folder of English Punkt parameters from the tables that our own checkers have of it, which are the same, sorted."""
    tables = ROOT / "checkers/library/data"
    english = folder / "tokenizers/punkt_tab/english"
    english.mkdir(parents=True)
    pairs = (tables / "punkt_collocations.txt").read_text("utf-8").replace(" ", "\t")
    (english / "collocations.tab").write_text(pairs.rstrip("\n"), "utf-8")
    for ours, theirs in {
        "punkt_abbreviations.txt": "abbrev_types.txt",
        "punkt_starters.txt": "sent_starters.txt",
        "punkt_orthography.tsv": "ortho_context.tab",
    }.items():
        (english / theirs).write_text((tables / ours).read_text("utf-8").rstrip("\n"), "utf-8")


def official(data: Path) -> dict[str, Any]:
    """The official classes by instruction, as lm-eval distributes them. Its packages are not run: they load all of its tasks."""
    import nltk

    punkt(data)
    nltk.data.path.insert(0, str(data))
    spec = importlib.util.find_spec("lm_eval")
    if spec is None or spec.submodule_search_locations is None:
        sys.exit("lm-eval is not installed: pip install --no-deps lm-eval==0.4.13")
    for name in ("lm_eval", "lm_eval.tasks", "lm_eval.tasks.ifeval"):
        package = types.ModuleType(name)
        package.__path__ = [os.path.join(path, *name.split(".")[1:]) for path in spec.submodule_search_locations]
        sys.modules[name] = package
    util = importlib.import_module("lm_eval.tasks.ifeval.instructions_util")
    # The pickle that it names is not distributed any more; these are the same parameters.
    tokenizer = nltk.tokenize.PunktTokenizer("english")
    util._get_sentence_tokenizer = lambda: tokenizer
    return importlib.import_module("lm_eval.tasks.ifeval.instructions_registry").INSTRUCTION_DICT


def official_verdict(classes: dict[str, Any], one: dict[str, Any]) -> bool:
    """One instruction of one response, as the official strict evaluation judges it."""
    instruction = classes[one["instruction"]](one["instruction"])
    instruction.build_description(**one["kwargs"])
    arguments = instruction.get_instruction_args()
    if arguments and "prompt" in arguments:
        instruction.build_description(prompt=one["prompt"])
    return bool(one["completion"].strip() and instruction.check_following(one["completion"]))


def processor(work: Callable[[], object]) -> float:
    """Seconds of processor that a call takes, by all threads."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def load(folder: Path, name: str, prompts: list[dict[str, Any]]) -> fullmarks.Task:
    """The task of IFEval with these prompts."""
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in prompts), "utf-8")
    return fullmarks.Task.load(ROOT / "task_specs/ifeval.yaml", prompts=path)


def main() -> None:
    prompts = {str(row["key"]): row for row in rows("prompts.jsonl.gz")}
    responses = {row["id"]: row["completions"][0] for row in rows("rollouts_gpt4.jsonl.gz")}
    verdicts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for key, row in prompts.items():
        for index, (instruction, kwargs) in enumerate(zip(row["instruction_id_list"], row["kwargs"], strict=True)):
            verdicts[instruction].append(
                {
                    "key": f"{key}.{index}",
                    "instruction": instruction,
                    "kwargs": kwargs,
                    "prompt": row["prompt"],
                    "completion": responses[key],
                }
            )
    ones = [one for group in verdicts.values() for one in group]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        classes = official(folder / "nltk")
        whole = load(folder, "whole.jsonl", list(prompts.values()))
        single = load(
            folder,
            "single.jsonl",
            [
                {
                    "key": one["key"],
                    "prompt": one["prompt"],
                    "instruction_id_list": [one["instruction"]],
                    "kwargs": [one["kwargs"]],
                }
                for one in ones
            ],
        )

        def ours(group: list[dict[str, Any]]) -> list[float | None]:
            return single.reward([one["completion"] for one in group], ids=[one["key"] for one in group])

        def theirs(group: list[dict[str, Any]]) -> list[bool]:
            return [official_verdict(classes, one) for one in group]

        def all_ours() -> list[fullmarks.Rollout]:
            return whole.score(list(responses.values()), ids=list(responses))

        # The first round loads what is loaded once, and both must say the same.
        same = sum((reward == 1.0) == verdict for reward, verdict in zip(ours(ones), theirs(ones), strict=True))
        all_ours()
        times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in verdicts}
        together: list[float] = []
        gc.disable()
        for turn in range(ROUNDS):
            for name, group in verdicts.items():
                times[name][0].append(processor(lambda: ours(group)) / len(group) * 1e6)
                if turn % 3 == 0:
                    times[name][1].append(processor(lambda: theirs(group)) / len(group) * 1e6)
            together.append(processor(all_ours) / len(ones) * 1e6)
    print(f"{'microseconds of processor a verdict, medians':44} {'n':>4} {'fullmarks':>10} {'official':>10} {'ratio':>7}")
    sums = [0.0, 0.0]
    for name, (mine, other) in sorted(times.items()):
        count, medians = len(verdicts[name]), (statistics.median(mine), statistics.median(other))
        sums = [total + median * count for total, median in zip(sums, medians, strict=True)]
        print(f"{name:44} {count:4} {medians[0]:10.1f} {medians[1]:10.1f} {medians[1] / medians[0]:7.1f}")
    mean, reference = (total / len(ones) for total in sums)
    print(f"{'all, each constraint in a call of its own':44} {len(ones):4} {mean:10.1f} {reference:10.1f} {reference / mean:7.1f}")
    joint = statistics.median(together)
    print(f"{'all, whole responses in one batch':44} {len(ones):4} {joint:10.1f} {reference:10.1f} {reference / joint:7.1f}")
    print(f"{same} of {len(ones)} verdicts are the same; langdetect and random letters make the official ones vary")
    names = ("lm-eval", "nltk", "langdetect")
    print(f"Python {sys.version.split()[0]}, fullmarks {fullmarks.__version__}, " + ", ".join(f"{name} {version(name)}" for name in names))


if __name__ == "__main__":
    main()
