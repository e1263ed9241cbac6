"""SkyRL: an environment of one turn whose reward is a spec's.

    skyrl_gym.register(id="my-task", entry_point="fullmarks.skyrl:Env")      # environment.skyrl_gym.my-task.spec=spec.yaml

``extras`` is the prompt's row, and what it has under ``extra_info`` counts as columns too. ``reward_spec.ground_truth`` is the column of that
name where the spec takes it from a prompt, also where it is JSON text; else a row, or the JSON text of one.

Source: ``skyrl_gym.envs.base_text_env`` of skyrl-gym 0.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skyrl_gym.envs.base_text_env import BaseTextEnv, BaseTextEnvStepOutput

from ._adapt import Spec, judge_one, numbers, row_of, scored, task_of

__all__ = ["Env"]


class Env(BaseTextEnv):  # type: ignore[misc]
    """One prompt, one answer, one reward."""

    def __init__(self, env_config: Any = None, extras: Mapping[str, Any] | None = None, spec: Spec | None = None) -> None:
        super().__init__()
        if spec is None:
            spec = _setting(env_config, "spec")
        if spec is None:
            raise ValueError("the environment needs the path of a spec: set `spec` in its configuration")
        extras = dict(extras or {})
        truth = (extras.pop("reward_spec", None) or {}).get("ground_truth")
        self.task = task_of(spec, "SkyRL")
        self.row = {**extras, **row_of(truth, "ground_truth", self.task), **(extras.pop("extra_info", None) or {})}
        self.prompt: Any = None

    def init(self, prompt: Any) -> tuple[Any, dict[str, Any]]:
        """Keeps the prompt for the constraints that look at it."""
        self.prompt = prompt
        return prompt, {}

    def step(self, action: str) -> Any:
        """Judges the answer.

        Raises:
            Unscored: Our side could not judge it.
        """
        rollout = judge_one(self.task, action, self.prompt, self.row)
        reward = scored([rollout], "SkyRL")[0]
        return BaseTextEnvStepOutput(observations=[], reward=reward, done=True, metadata=numbers(rollout))


def _setting(config: Any, name: str) -> Any:
    if isinstance(config, Mapping):
        return config.get(name)
    return getattr(config, name, None)
