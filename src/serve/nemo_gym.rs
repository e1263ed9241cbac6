//! `POST …/verify`: what NeMo Gym asks of a resources server. Source: `nemo_gym.base_resources_server` of nemo-gym 0.4.

use super::{app::App, refusal::Refusal, trainer, work};
use crate::{completion::kind, task::Batch, verdict::Verdict};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(super) async fn only(State(app): State<Arc<App>>, request: Request) -> Response {
    work::answer(app, request, |app, request| verify(app, None, request)).await
}

pub(super) async fn named(State(app): State<Arc<App>>, Path(name): Path<String>, request: Request) -> Response {
    work::answer(app, request, move |app, request| verify(app, Some(&name), request)).await
}

/// The request's fields, with the reward and its parts. Fields besides the response and what it was asked for are the prompt's row.
fn verify(app: &App, name: Option<&str>, mut request: Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    let (name, task) = app.task(name)?;
    trainer::can_reward(task, "NeMo Gym")?;
    let response = request.get("response").ok_or_else(|| Refusal::bad("the request has no `response`"))?;
    let completion = Value::String(answer(response)?);
    let spec = task.spec();
    let mut row: Map<String, Value> = request
        .iter()
        .filter(|(field, _)| !["response", "responses_create_params"].contains(&field.as_str()))
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect();
    let batch = match row.get(&spec.columns.id) {
        Some(id) if task.knows_prompts() => {
            Batch { completions: vec![completion], ids: Some(vec![id.clone()]), ..Batch::default() }
        }
        _ => {
            if let Some(prompt) = request.get("responses_create_params").and_then(prompt) {
                row.entry(spec.columns.prompt.as_str()).or_insert(prompt);
            }
            Batch { completions: vec![completion], prompts: Some(vec![Value::Object(row)]), ..Batch::default() }
        }
    };
    let judged = work::judge(app, name, task, batch)?;
    let reward = work::rewards(&judged)?[0];
    let parts: Map<String, Value> = judged[0]
        .outcome
        .iter()
        .map(|(constraint, verdict)| (constraint.id.to_string(), json!(Verdict::score(verdict))))
        .collect();
    request.insert("reward".into(), json!(reward));
    request.insert("reward_components".into(), Value::Object(parts));
    Ok(request)
}

/// The text of a response of the Responses API: that of its last message. Thinking and tool calls are items of their own.
fn answer(response: &Value) -> Result<String, Refusal> {
    let items = match response.get("output") {
        Some(Value::Array(items)) => items,
        Some(other) => return Err(Refusal::bad(format!("`response.output` must be a list, not {}", kind(other)))),
        None => return Err(Refusal::bad("`response` has no `output`")),
    };
    let typed = |value: &Value, wanted: &str| value.get("type").and_then(Value::as_str) == Some(wanted);
    // A turn without a message said nothing.
    let Some(message) = items.iter().rev().find(|item| typed(item, "message")) else { return Ok(String::new()) };
    let content = message.get("content").unwrap_or(&Value::Null);
    texts(content, &["output_text", "refusal"])
        .map_err(|why| Refusal::bad(format!("the last message of `response.output` {why}")))
}

/// The text of a message: text, or parts of these types, joined.
fn texts(content: &Value, types: &[&str]) -> Result<String, String> {
    let parts = match content {
        Value::String(text) => return Ok(text.clone()),
        Value::Array(parts) => parts,
        other => return Err(format!("must have a `content` of text or parts, not {}", kind(other))),
    };
    let text = |part: &Value| {
        let of_type = part.get("type").and_then(Value::as_str).unwrap_or_default();
        // A refusal has its text under its own name.
        let text = part.get(if of_type == "refusal" { "refusal" } else { "text" }).and_then(Value::as_str);
        match text.filter(|_| types.contains(&of_type)) {
            Some(text) => Ok(text.to_owned()),
            None => {
                Err(format!("has a part that is none of {} with its text, but of type `{of_type}`", types.join(", ")))
            }
        }
    };
    parts.iter().map(text).collect()
}

/// What the policy was asked: text, or the last message of a user where it is text.
fn prompt(asked: &Value) -> Option<Value> {
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
