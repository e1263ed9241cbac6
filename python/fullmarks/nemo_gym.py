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
from .errors import SampleError

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
    # A turn without a message said nothing.
    return _texts(messages[-1].get("content"), ("output_text", "refusal")) if messages else ""


def _texts(content: Any, types: tuple[str, ...]) -> str:
    """The text of a message: text, or parts of these types, joined."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        raise SampleError(0, f"a message must have a `content` of text or parts, not {type(content).__name__}")
    texts = []
    for part in content:
        of_type = part.get("type") if isinstance(part, Mapping) else None
        # A refusal has its text under its own name.
        text = part.get("refusal" if of_type == "refusal" else "text") if of_type in types else None
        if not isinstance(text, str):
            raise SampleError(0, f"a message has a part that is none of {', '.join(types)} with its text, but of type {of_type!r}")
        texts.append(text)
    return "".join(texts)


def _prompt(body: Mapping[str, Any]) -> Any:
    """The text of the prompt, where the request has it as text or as messages of text."""
    prompt = (body.get("responses_create_params") or {}).get("input")
    if isinstance(prompt, str):
        return prompt
    asked = [item.get("content") for item in prompt or [] if item.get("role") == "user"]
    try:
        return _texts(asked[-1], ("input_text",)) if asked else None
    except SampleError:
        # Pictures, say: no text that a checker could read.
        return None
