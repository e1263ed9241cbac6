//! `POST /openrlhf`: what OpenRLHF asks of a remote reward model. Source: `openrlhf.utils.agent.SingleTurnAgentExecutor` of 0.11.

use super::{app::App, refusal::Refusal, trainer, work};
use crate::task::{Batch, Scored, Task};
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, sync::Arc};

/// Queries of OpenRLHF. The lists are equally long.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenRlhfRequest {
    /// Prompts, each with its response and the special tokens.
    query: Vec<String>,
    /// The prompts alone.
    prompts: Vec<String>,
    /// Of each prompt: its id where the task knows its prompts, else its row (an object, or the JSON text of one), else the value of the
    /// column `label`.
    labels: Vec<Value>,
}

/// Rewards as OpenRLHF reads them.
#[derive(Serialize, JsonSchema)]
pub(super) struct OpenRlhfAnswer {
    /// One per query, 0 to 1.
    rewards: Vec<f64>,
    /// The same.
    scores: Vec<f64>,
    /// Figures to log, one per query each.
    extra_logs: BTreeMap<&'static str, Vec<f64>>,
}

pub(super) async fn only(State(app): State<Arc<App>>, request: Request) -> Response {
    work::answer(app, request, |app, request| reward(app, None, request)).await
}

pub(super) async fn named(State(app): State<Arc<App>>, Path(name): Path<String>, request: Request) -> Response {
    work::answer(app, request, move |app, request| reward(app, Some(&name), request)).await
}

fn reward(app: &App, name: Option<&str>, request: OpenRlhfRequest) -> Result<OpenRlhfAnswer, Refusal> {
    let (name, task) = app.task(name)?;
    trainer::can_reward(task, "OpenRLHF")?;
    let OpenRlhfRequest { query, prompts, labels } = request;
    let (queries, of_prompts, of_labels) = (query.len(), prompts.len(), labels.len());
    if of_prompts != queries || of_labels != queries {
        let message =
            format!("{queries} queries come with {of_prompts} prompts and {of_labels} labels: one of each is needed");
        return Err(Refusal::bad(message));
    }
    let pairs = query.iter().zip(&prompts).enumerate();
    let completions = pairs.map(|(index, (query, prompt))| response(index, query, prompt));
    let completions = completions.map(|response| response.map(Value::from)).collect::<Result<_, _>>()?;
    let batch = match task.knows_prompts() {
        true => Batch { completions, ids: Some(labels), ..Batch::default() },
        false => {
            let rows = prompts.into_iter().zip(labels).map(|(prompt, label)| row(task, prompt, label)).collect();
            Batch { completions, prompts: Some(rows), ..Batch::default() }
        }
    };
    let judged = work::judge(app, name, task, batch)?;
    let rewards = work::rewards(&judged)?;
    let full = judged.iter().map(|scored| f64::from(scored.outcome.full() == Some(true))).collect();
    let met = |scored: &Scored| {
        scored.outcome.verdicts().iter().filter(|verdict| verdict.passed() == Some(true)).count() as f64
    };
    let met = judged.iter().map(met).collect();
    Ok(OpenRlhfAnswer {
        scores: rewards.clone(),
        rewards,
        extra_logs: BTreeMap::from([("full", full), ("constraints_met", met)]),
    })
}

/// What the policy wrote of a query. Judging takes the special tokens off its end.
fn response<'a>(index: usize, query: &'a str, prompt: &str) -> Result<&'a str, Refusal> {
    query.strip_prefix(prompt).ok_or_else(|| {
        Refusal::bad(format!(
            "query {index} does not begin with its prompt, so that the response cannot be told from it"
        ))
    })
}

fn row(task: &Task, prompt: String, label: Value) -> Value {
    let mut row = match label {
        Value::Object(row) => row,
        Value::String(text) if text.trim_start().starts_with('{') => match serde_json::from_str(&text) {
            Ok(Value::Object(row)) => row,
            _ => Map::from_iter([("label".to_owned(), Value::String(text))]),
        },
        Value::Null => Map::new(),
        other => Map::from_iter([("label".to_owned(), other)]),
    };
    let column = &task.spec().columns.prompt;
    row.entry(column.as_str()).or_insert(Value::String(prompt));
    Value::Object(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn the_response_is_what_follows_the_prompt() {
        // What ends a turn is left out where completions are judged.
        let hello = response(0, "<|user|>Hi<|assistant|>Hello<|im_end|>", "<|user|>Hi<|assistant|>");
        assert_eq!(hello, Ok("Hello<|im_end|>"));
        assert_eq!(response(0, "Say </s> Hello </s> and more", "Say </s>"), Ok(" Hello </s> and more"));
        assert_eq!(response(0, "Hi", "Hi"), Ok(""));
        assert!(response(3, "Hello", "Hi").unwrap_err().message.contains("query 3 does not begin with its prompt"));
    }
}
