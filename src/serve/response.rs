//! A response of the Responses API, as NeMo Gym hands it on: what the policy said last, and what it was asked.

use super::refusal::Refusal;
use crate::completion::kind;
use serde_json::Value;

/// Parts of what a policy said. A refusal has its text under its own name.
const SAID: [&str; 2] = ["output_text", "refusal"];
/// Parts of a message whose kind is that of a request. Agents put such messages into a response, those of the policy among them.
const GIVEN: [&str; 3] = ["output_text", "refusal", "input_text"];

/// The text of the last message of the policy; thinking and tool calls are items of their own, and agents add what others said.
///
/// # Errors
/// What is not understood, and a response that failed before the policy had said all: that is no answer of the policy.
pub(super) fn answer(response: &Value) -> Result<String, Refusal> {
    let text_of = |name: &str| response.get(name).and_then(Value::as_str);
    let failed = response.get("error").filter(|error| !error.is_null());
    if let Some(error) = failed {
        return Err(Refusal::unscored(format!("`response.error` says that there is no answer to judge: {error}")));
    }
    if let Some(status @ ("failed" | "cancelled" | "queued" | "in_progress")) = text_of("status") {
        return Err(Refusal::unscored(format!("`response.status` is `{status}`, so there is no answer to judge")));
    }
    let items = match response.get("output") {
        Some(Value::Array(items)) => items,
        Some(other) => return Err(Refusal::bad(format!("`response.output` must be a list, not {}", kind(other)))),
        None => return Err(Refusal::bad("`response` has no `output`")),
    };
    for (index, item) in items.iter().enumerate().rev() {
        let at = |why: String| Refusal::bad(format!("`response.output[{index}]` {why}"));
        if let Some(text) = said(item).map_err(at)? {
            return Ok(text);
        }
    }
    // A turn without a message said nothing.
    Ok(String::new())
}

/// Whether the policy came to the end of its tokens; null where the response does not say how it ended.
pub(super) fn was_cut(response: &Value) -> Value {
    match response.get("status") {
        None | Some(Value::Null) => Value::Null,
        Some(_) => (response["incomplete_details"]["reason"] == "max_output_tokens").into(),
    }
}

/// The text of an item; `None` where it is no message of the policy's, or one on the way to its answer.
fn said(item: &Value) -> Result<Option<String>, String> {
    if !item.is_object() {
        return Err(format!("must be an object with a `type`, not {}", kind(item)));
    }
    let field = |name: &str| item.get(name).filter(|value| !value.is_null());
    let role = match field("role") {
        Some(Value::String(role)) => Some(role.as_str()),
        Some(other) => return Err(format!("must have a `role` of text, not {}", kind(other))),
        None => None,
    };
    match field("type") {
        Some(Value::String(of_type)) if of_type == "message" => {}
        Some(Value::String(_)) => return Ok(None),
        None if role.is_some() => {}
        _ => return Err("must have a `type`, as `message`, or a `role`".into()),
    }
    let types = match role {
        Some("assistant") => &GIVEN[..],
        Some("user" | "system" | "developer") => return Ok(None),
        Some(other) => return Err(format!("has the role `{other}`, and roles are assistant, user, system, developer")),
        // Only a policy's message may leave it out, and its parts show whose it is.
        None if field("content").is_some_and(Value::is_array) => &SAID[..],
        None => return Err("is a message without a `role`".into()),
    };
    if item.get("phase").and_then(Value::as_str) == Some("commentary") {
        return Ok(None);
    }
    texts(item.get("content").unwrap_or(&Value::Null), types).map(Some)
}

/// The text of a message: text, or parts of these types, joined.
fn texts(content: &Value, types: &[&str]) -> Result<String, String> {
    let parts = match content {
        Value::String(text) => return Ok(text.clone()),
        Value::Array(parts) => parts,
        other => {
            return Err(format!("is a message, which must have a `content` of text or parts, not {}", kind(other)));
        }
    };
    let text = |part: &Value| {
        let of_type = part.get("type").and_then(Value::as_str).unwrap_or_default();
        let text = part.get(if of_type == "refusal" { "refusal" } else { "text" }).and_then(Value::as_str);
        match text.filter(|_| types.contains(&of_type)) {
            Some(text) => Ok(text.to_owned()),
            None => Err(format!(
                "is a message with a part that is none of {} with its text, but of type `{of_type}`",
                types.join(", ")
            )),
        }
    };
    parts.iter().map(text).collect()
}

/// What the policy was asked: text, or the last message of a user where it is text.
pub(super) fn prompt(asked: &Value) -> Option<Value> {
    match asked.get("input")? {
        Value::String(text) => Some(Value::String(text.clone())),
        Value::Array(items) => {
            let by_user = |item: &&Value| item.get("role").and_then(Value::as_str) == Some("user");
            let last = items.iter().rev().find(by_user)?;
            texts(last.get("content")?, &["input_text"]).ok().map(Value::String)
        }
        _ => None,
    }
}
