"""SkyRL's registry makes our environment, and steps it."""

from __future__ import annotations

from pathlib import Path

import pytest
import skyrl_gym
from tasks import BIRDS, trapping
from omegaconf import OmegaConf

from fullmarks import Unscored


@pytest.fixture(scope="module", autouse=True)
def registered() -> None:
    skyrl_gym.register(id="fullmarks-test", entry_point="fullmarks.skyrl:Env")


def test_an_episode_is_one_answer(tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(BIRDS)
    config = OmegaConf.create({"spec": str(spec)})
    extras = {"reward_spec": {"method": "rule", "ground_truth": {"words": ["owl"]}}, "data_source": "birds"}
    environment = skyrl_gym.make("fullmarks-test", env_config=config, extras=extras)
    prompt = [{"role": "user", "content": "Which?"}]
    assert environment.init(prompt) == (prompt, {})
    output = environment.step("An owl is a bird.")
    assert (output["reward"], output["done"], output["observations"]) == (1.0, True, [])
    assert output["metadata"]["constraints_met"] == 2.0
    environment = skyrl_gym.make("fullmarks-test", env_config=config, extras={"extra_info": {"words": ["gull"]}})
    assert environment.step("An owl is a bird.")["reward"] == 0.25


JSON_ANSWER = """
fullmarks: 1
name: json-answer
constraints: [{check: text.equals, with: {text: {column: ground_truth}}}]
reward: {scheme: binary}
"""


@pytest.mark.parametrize("truth", ['{"a": 1}', '{"ground_truth": "x"}', "[1]", "owl"])
def test_json_text_is_a_value_where_the_task_takes_the_ground_truth(truth: str, tmp_path: Path) -> None:
    spec = tmp_path / "spec.yaml"
    spec.write_text(JSON_ANSWER)
    for says, reward in ((truth, 1.0), ("gull", 0.0), (None, 0.0)):
        extras = {"reward_spec": {"method": "rule", "ground_truth": truth}}
        environment = skyrl_gym.make("fullmarks-test", env_config={"spec": str(spec)}, extras=extras)
        assert environment.step(says)["reward"] == reward


def test_our_failure_is_raised(tmp_path: Path) -> None:
    environment = skyrl_gym.make("fullmarks-test", env_config={"spec": str(trapping(tmp_path))}, extras={})
    with pytest.raises(Unscored, match="SkyRL has no way"):
        environment.step("broken!")
    with pytest.raises(ValueError, match="the path of a spec"):
        skyrl_gym.make("fullmarks-test", env_config={}, extras={})
