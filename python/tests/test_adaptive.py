"""A credit that follows what is seen, and what watches a run."""

from __future__ import annotations

import pickle

import numpy
import pytest
from test_processes import in_child

import fullmarks
import fullmarks.openrlhf
import fullmarks.trl

ADAPTS = """
fullmarks: 1
name: adapts
constraints:
  - {id: short, check: length.max_words, with: {words: 5}}
  - {id: polite, check: contains.any, with: {texts: [please]}}
reward: {scheme: adaptive, credit: 1}
"""

HALF, FULL, NONE = "hello", "hello please", "one two three four five six"


def test_the_credit_is_decided_before_a_step_by_what_was_seen() -> None:
    adaptive = fullmarks.Task.from_yaml(ADAPTS)
    assert adaptive.credit == 0.0 and "too little" in (adaptive.reason or "")
    # No full answer: nothing but credit moves the policy.
    rollouts = adaptive.score([HALF, NONE] * 64, ids=[n // 8 for n in range(128)])
    assert [rollout.reward for rollout in rollouts[:2]] == [0.0, 0.0]
    credit = adaptive.credit
    assert credit is not None and credit > 0
    # Half of the answers are full: nothing else needs to be paid.
    rewards = adaptive.reward([HALF, FULL] * 64, ids=[n // 8 for n in range(128)])
    assert rewards[:2] == [credit / 2, 1.0]
    assert adaptive.credit == 0.0 and "50 % of the completions are full" in (adaptive.reason or "")


def test_states_go_round_and_others_are_refused() -> None:
    adaptive, again = fullmarks.Task.from_yaml(ADAPTS), fullmarks.Task.from_yaml(ADAPTS)
    adaptive.reward([HALF, FULL] * 64, ids=[n // 8 for n in range(128)])
    again.restore(adaptive.state)
    assert again.credit == adaptive.credit and again.state == adaptive.state
    with pytest.raises(fullmarks.SettingsError, match="no state of the scheme `adaptive`"):
        again.restore("{}")


def test_another_scheme_changes_no_class_that_a_script_names() -> None:
    partial = fullmarks.Task.from_yaml(ADAPTS.replace("adaptive, credit: 1", "partial"))
    assert (partial.credit, partial.reason, partial.state) == (None, None, None)
    with pytest.raises(fullmarks.RewardError, match="only the scheme `adaptive` has a state, and this is `partial`"):
        partial.restore("{}")
    for task in (partial, fullmarks.Task.from_yaml(ADAPTS)):
        assert fullmarks.trl.reward(task)(prompts=["a", "a"], completions=[FULL, NONE]) == [1.0, 0.0]


def test_a_copy_in_another_process_begins_with_the_state_it_was_made_with() -> None:
    adaptive = fullmarks.Task.from_yaml(ADAPTS)
    adaptive.reward([HALF, NONE] * 64, ids=[n // 8 for n in range(128)])
    again = pickle.loads(pickle.dumps(adaptive))
    assert again.credit == adaptive.credit and again.state == adaptive.state
    again.reward([HALF, FULL] * 64, ids=[n // 8 for n in range(128)])
    assert again.state != adaptive.state


def test_a_forked_child_begins_with_the_state_of_its_parent() -> None:
    adaptive = fullmarks.Task.from_yaml(ADAPTS)
    adaptive.reward([HALF, NONE] * 64, ids=[n // 8 for n in range(128)])
    state, credit = adaptive.state, adaptive.credit

    def goes_on() -> bool:
        begins = (adaptive.state, adaptive.credit) == (state, credit)
        adaptive.reward([HALF, FULL] * 64, ids=[n // 8 for n in range(128)])
        return begins and adaptive.state != state

    assert in_child(goes_on)
    assert adaptive.state == state


def test_trainers_that_may_split_a_step_refuse_it() -> None:
    with pytest.raises(fullmarks.RewardError, match="has to see every step whole"):
        fullmarks.openrlhf.reward(fullmarks.Task.from_yaml(ADAPTS))


def test_trl_logs_the_credit_and_what_the_monitor_sees() -> None:
    adaptive = fullmarks.Task.from_yaml(ADAPTS)
    reward = fullmarks.trl.reward(adaptive, monitor=fullmarks.Monitor(adaptive, group_size=2))
    logged: dict[str, float] = {}
    step = {"prompts": ["a", "a", "b", "b"], "completions": [HALF, FULL, NONE, HALF], "log_metric": logged.__setitem__}
    adaptive.reward([HALF, NONE] * 64, ids=[n // 8 for n in range(128)])
    credit = adaptive.credit
    assert credit is not None and credit > 0 and reward(**step) == [credit / 2, 1.0, 0.0, credit / 2]
    assert logged["adapts/credit"] == credit and logged["adapts/monitor/p_full"] == 0.25
    assert logged["adapts/monitor/mixed_groups"] == 1.0


def test_groups_are_of_one_prompt_however_it_is_named() -> None:
    """By the id of its row, by the prompt itself, or by a prompts file: what a monitor sees does not depend on it."""
    task = fullmarks.Task.from_yaml(ADAPTS.replace("adaptive, credit: 1", "partial"))
    texts = [HALF, FULL, NONE, NONE] * 2
    prompts = ["a"] * 4 + ["b"] * 4
    for columns in ({}, {"id": [1] * 4 + [2] * 4}):
        monitor = fullmarks.Monitor(task, group_size=4)
        fullmarks.trl.reward(task, monitor=monitor)(prompts=prompts, completions=texts, **columns)
        assert monitor.metrics()["mixed_groups"] == 1.0
        assert "8 completions of 2 prompts, 4 each" in str(monitor.assess())
    rows = [{"id": prompt, "prompt": "Which?"} for prompt in prompts]
    assert [rollout.id for rollout in task.score(texts, prompts=rows)] == prompts
    assert [rollout.id for rollout in task.score(texts, columns={"id": range(8)})] == list("01234567")
    assert [rollout.id for rollout in task.score(texts)] == list("01234567")


def test_a_monitor_sees_a_stall(terse: fullmarks.Task) -> None:
    monitor = fullmarks.Monitor(terse, group_size=4, groups=64, steps=20)
    assert monitor.metrics() == {}
    for step in range(16):
        texts = [NONE, NONE, HALF, NONE] if step < 8 else [HALF, HALF, HALF, NONE]
        monitor.observe(step, terse.score(texts * 4, ids=[f"{step}-{n // 4}" for n in range(16)]), texts * 4)
    assert "partial-credit-stalls" in monitor.assess().codes
    # Rewards that grow first are a sign; answers that are paid alike, none of them full, are a stall.
    assert monitor.metrics()["advice/partial-credit-stalls"] == 2.0
    assert monitor.metrics()["distinct"] == 0.5
    for step in range(20, 40):
        texts = [HALF] * 4
        monitor.observe(step, terse.score(texts * 4, ids=[f"{step}-{n // 4}" for n in range(16)]), texts * 4)
    assert monitor.assess().codes[0] == "partial-credit-stalls"
    assert (monitor.metrics()["tied_groups"], monitor.metrics()["lost_prompts"]) == (1.0, 0.0)
    with pytest.raises(fullmarks.SettingsError, match="`completions` has 1 entries for 16 rollouts"):
        monitor.observe(40, terse.score(texts * 4, ids=[f"{n // 4}" for n in range(16)]), texts[:1])
    assert monitor.metrics()["advice/partial-credit-stalls"] == 3.0
    with_forecast = monitor.assess(forecast=True)
    assert (with_forecast.decision["answer"], with_forecast.decision["fix"]) == ("fix-first", "stalled")
    assert "credit is earned and full answers do not grow" in str(with_forecast)
    again = fullmarks.Monitor(terse, group_size=4, groups=64, steps=20)
    again.restore(monitor.to_json())
    assert again.metrics() == monitor.metrics()
    with pytest.raises(fullmarks.SettingsError, match="looking back on"):
        fullmarks.Monitor(terse, groups=8).restore(monitor.to_json())
    page = monitor.assess().to_html("a run")
    assert page.startswith("<!DOCTYPE html>") and "a run" in page


def test_long_completions_are_told_apart_whole(terse: fullmarks.Task) -> None:
    tokens = [numpy.zeros(2000, dtype=int) for _ in range(4)]
    for place, one in enumerate(tokens):
        one[1000] = place
    monitor = fullmarks.Monitor(terse, group_size=4)
    rollouts = terse.score([HALF] * 4, ids=["a"] * 4)
    monitor.observe(0, rollouts, tokens)
    assert monitor.metrics()["distinct"] == 1.0
    with pytest.raises(fullmarks.SettingsError, match="cannot be told from another one"):
        monitor.observe(1, rollouts, [object()] * 4)
