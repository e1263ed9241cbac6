"""NeMo Gym: what a resources server answers to ``POST /verify``.

    class Server(SimpleResourcesServer):
        async def verify(self, body: Request) -> Response:
            return Response(**fullmarks.nemo_gym.verify(SPEC, body.model_dump()))

Further fields of the request are the prompt's row, and so is what ``verifier_metadata`` has. ``fullmarks serve`` answers the same over HTTP,
without any Python.

Source: ``nemo_gym.base_resources_server`` and ``nemo_gym.openai_utils`` of nemo-gym 0.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._adapt import Spec, judge_one, scored, task_of
from .errors import SampleError, Unscored

__all__ = ["answer", "verify"]

SAID = ("output_text", "refusal")
"""Parts of what a policy said."""
GIVEN = (*SAID, "input_text")
"""Parts of a message whose kind is that of a request. Agents put such messages into a response, those of the policy among them."""
OTHERS = ("user", "system", "developer")
"""Roles of those who are not the policy."""
UNFINISHED = ("failed", "cancelled", "queued", "in_progress")
"""What a response is that has no answer to judge."""


def verify(spec: Spec, body: Mapping[str, Any]) -> dict[str, Any]:
    """The request's fields with ``reward`` in [0, 1] and ``reward_components``, the score of each constraint.

    Raises:
        Unscored: Our side could not judge the response, or it failed before the policy had said all.
        SampleError: The response is not understood.
    """
    task = task_of(spec, "NeMo Gym")
    row = {name: value for name, value in body.items() if name not in ("response", "responses_create_params")}
    metadata = body.get("verifier_metadata")
    if isinstance(metadata, Mapping):
        row = {**metadata, **row}
    response = body.get("response")
    rollout = judge_one(task, answer(response), _prompt(body), row, _was_cut(response))
    reward = scored([rollout], "NeMo Gym")[0]
    return {**body, "reward": reward, "reward_components": {v.constraint: v.score for v in rollout.verdicts}}


def answer(response: Any) -> str:
    """The text of the policy's last message in a response of the Responses API; thinking and tool calls are items of their own, and agents
    add what others said.

    Raises:
        Unscored: The response failed, so that there is no answer of the policy.
        SampleError: It is not understood.
    """
    if not isinstance(response, Mapping):
        raise SampleError(0, f"`response` must be an object, not {_kind(response)}")
    if response.get("error") is not None:
        raise Unscored(f"`response.error` says that there is no answer to judge: {response['error']}")
    if response.get("status") in UNFINISHED:
        raise Unscored(f"`response.status` is `{response['status']}`, so there is no answer to judge")
    output = response.get("output")
    if not isinstance(output, (list, tuple)):
        raise SampleError(0, f"`response.output` must be a list, not {_kind(output)}")
    for index in reversed(range(len(output))):
        text = _said(output[index], f"`response.output[{index}]`")
        if text is not None:
            return text
    # A turn without a message said nothing.
    return ""


def _was_cut(response: Any) -> bool | None:
    """Whether the policy came to the end of its tokens; ``None`` where the response does not say how it ended."""
    if response.get("status") is None:
        return None
    details = response.get("incomplete_details")
    return isinstance(details, Mapping) and details.get("reason") == "max_output_tokens"


def _said(item: Any, at: str) -> str | None:
    """The text of an item; ``None`` where it is no message of the policy's, or one on the way to its answer."""
    if not isinstance(item, Mapping):
        raise SampleError(0, f"{at} must be an object with a `type`, not {_kind(item)}")
    of_type, role, content = item.get("type"), item.get("role"), item.get("content")
    if isinstance(of_type, str) and of_type != "message":
        return None
    if of_type != "message" and (of_type is not None or role is None):
        raise SampleError(0, f"{at} must have a `type`, as `message`, or a `role`")
    if role in OTHERS:
        return None
    if role not in ("assistant", None):
        raise SampleError(0, f"{at} has the role {role!r}, and roles are assistant, {', '.join(OTHERS)}")
    if role is None and not isinstance(content, (list, tuple)):
        raise SampleError(0, f"{at} is a message without a `role`")
    if item.get("phase") == "commentary":
        return None
    # Only a policy's message may leave its role out, and its parts show whose it is.
    return _texts(content, SAID if role is None else GIVEN, at)


def _texts(content: Any, types: tuple[str, ...], at: str = "the prompt") -> str:
    """The text of a message: text, or parts of these types, joined."""
    if isinstance(content, str):
        return content
    if not isinstance(content, (list, tuple)):
        raise SampleError(0, f"{at} is a message, which must have a `content` of text or parts, not {_kind(content)}")
    texts = []
    for part in content:
        of_type = part.get("type") if isinstance(part, Mapping) else None
        # A refusal has its text under its own name.
        text = part.get("refusal" if of_type == "refusal" else "text") if of_type in types else None
        if not isinstance(text, str):
            raise SampleError(0, f"{at} is a message with a part that is none of {', '.join(types)} with its text, but of type {of_type!r}")
        texts.append(text)
    return "".join(texts)


def _prompt(body: Mapping[str, Any]) -> Any:
    """The text of the prompt, where the request has it as text or as messages of text."""
    prompt = (body.get("responses_create_params") or {}).get("input")
    if isinstance(prompt, str):
        return prompt
    asked = [item.get("content") for item in prompt or [] if isinstance(item, Mapping) and item.get("role") == "user"]
    try:
        return _texts(asked[-1], ("input_text",)) if asked else None
    except SampleError:
        # Pictures, say: no text that a checker could read.
        return None


def _kind(value: Any) -> str:
    return "null" if value is None else type(value).__name__
