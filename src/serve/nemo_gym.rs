//! `POST …/verify`: what NeMo Gym asks of a resources server. Source: `nemo_gym.base_resources_server` of nemo-gym 0.7.

use super::{
    app::App,
    refusal::Refusal,
    response, trainer,
    work::{self, Asked},
};
use crate::{
    task::{Batch, Want},
    verdict::Verdict,
};
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

/// All of its fields are given back.
impl Asked for Map<String, Value> {
    fn wants(_: &App, _: &[&str]) -> Want {
        Want::Keep
    }
}

/// The request's fields, with the reward and its parts. Fields besides the response and what it was asked for are the prompt's row, and so
/// is what `verifier_metadata` has.
fn verify(app: &App, name: Option<&str>, mut request: Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    let (name, task) = app.task(name)?;
    trainer::can_reward(task, "NeMo Gym")?;
    let response = request.get("response").ok_or_else(|| Refusal::bad("the request has no `response`"))?;
    let completion = Value::String(response::answer(response)?);
    let truncated = Some(vec![response::was_cut(response)]);
    let spec = task.spec();
    let mut row: Map<String, Value> = request
        .iter()
        .filter(|(field, _)| !["response", "responses_create_params"].contains(&field.as_str()))
        .map(|(field, value)| (field.clone(), value.clone()))
        .collect();
    for (field, value) in request.get("verifier_metadata").and_then(Value::as_object).into_iter().flatten() {
        row.entry(field.as_str()).or_insert_with(|| value.clone());
    }
    let batch = match row.get(&spec.columns.id) {
        Some(id) if task.knows_prompts() => {
            Batch { completions: vec![completion], ids: Some(vec![id.clone()]), truncated, ..Batch::default() }
        }
        _ => {
            if let Some(prompt) = request.get("responses_create_params").and_then(response::prompt) {
                row.entry(spec.columns.prompt.as_str()).or_insert(prompt);
            }
            let prompts = Some(vec![Value::Object(row)]);
            Batch { completions: vec![completion], prompts, truncated, ..Batch::default() }
        }
    };
    let judged = work::judge(app, name, task, batch)?;
    let [Some(reward)] = work::rewards(&judged)?[..] else {
        return Err(Refusal::unscored("the response could not be judged"));
    };
    let parts: Map<String, Value> = judged[0]
        .outcome
        .iter()
        .map(|(constraint, verdict)| (constraint.id.to_string(), json!(Verdict::score(verdict))))
        .collect();
    request.insert("reward".into(), json!(reward));
    request.insert("reward_components".into(), Value::Object(parts));
    Ok(request)
}
