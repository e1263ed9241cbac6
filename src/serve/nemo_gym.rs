//! `POST …/verify`: what NeMo Gym asks of a resources server. Source: `nemo_gym.base_resources_server` of nemo-gym 0.4.

use super::{app::App, refusal::Refusal, work};
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
    let response = request.get("response").ok_or_else(|| Refusal::bad("the request has no `response`"))?;
    let completion = Value::String(answer(response)?);
    let spec = task.verifier().task();
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
    let parts: Map<String, Value> = judged.outcomes[0]
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
    let message = items.iter().rev().find(|item| typed(item, "message"));
    Ok(match message.and_then(|message| message.get("content")) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            let texts = parts.iter().filter(|part| typed(part, "output_text"));
            texts.filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
        }
        _ => String::new(),
    })
}

/// What the policy was asked: text, or the last text of a user.
fn prompt(asked: &Value) -> Option<Value> {
    match asked.get("input")? {
        Value::String(text) => Some(Value::String(text.clone())),
        Value::Array(items) => {
            let by_user = |item: &&Value| item.get("role").and_then(Value::as_str) == Some("user");
            items
                .iter()
                .rev()
                .filter(by_user)
                .find_map(|item| item.get("content").filter(|content| content.is_string()))
                .cloned()
        }
        _ => None,
    }
}
