"""NeMo Gym: what a resources server answers to ``POST /verify``.

    class Server(SimpleResourcesServer):
        async def verify(self, body: Request) -> Response:
            return Response(**fullmarks.nemo_gym.verify(SPEC, body.model_dump()))

Further fields of the request are the prompt's row. ``fullmarks serve`` answers the same over HTTP, without any Python.

Source: ``nemo_gym.base_resources_server`` and ``resources_servers/example_tool_call_multireward`` of nemo-gym 0.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._adapt import Spec, judge_one, scored, task_of

__all__ = ["answer", "verify"]


def verify(spec: Spec, body: Mapping[str, Any]) -> dict[str, Any]:
    """The request's fields with ``reward`` in [0, 1] and ``reward_components``, the score of each constraint.

    Raises:
        Unscored: Our side could not judge the response.
    """
    task = task_of(spec, "NeMo Gym")
    row = {name: value for name, value in body.items() if name not in ("response", "responses_create_params")}
    rollout = judge_one(task, answer(body["response"]), _prompt(body), row)
    reward = scored([rollout], "NeMo Gym")[0]
    return {**body, "reward": reward, "reward_components": {v.constraint: v.score for v in rollout.verdicts}}


def answer(response: Mapping[str, Any]) -> str:
    """The text of a response of the Responses API: that of its last message, as thinking and tool calls are items of their own."""
    messages = [item for item in response.get("output", []) if item.get("type") == "message"]
    parts = messages[-1].get("content", []) if messages else []
    if isinstance(parts, str):
        return parts
    return "".join(part.get("text", "") for part in parts if part.get("type") == "output_text")


def _prompt(body: Mapping[str, Any]) -> Any:
    """The text of the prompt, where the request has it as text or as messages of text."""
    prompt = (body.get("responses_create_params") or {}).get("input")
    if isinstance(prompt, str):
        return prompt
    texts = [item["content"] for item in prompt or [] if item.get("role") == "user" and isinstance(item.get("content"), str)]
    return texts[-1] if texts else None
