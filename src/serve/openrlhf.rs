//! `POST /openrlhf`: what OpenRLHF asks of a remote reward model. Source: `openrlhf.utils.agent.SingleTurnAgentExecutor` of 0.11.

use super::{
    app::App,
    refusal::Refusal,
    trainer,
    work::{self, Asked},
};
use crate::task::{Batch, Memory, Scored, Task, Unread, Want, read_bounded};
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
    /// Of each prompt: its id where the task knows its prompts, else the value of the column `label` where the task takes that from a prompt,
    /// else its row (an object, or the JSON text of one).
    labels: Vec<Value>,
}

impl Asked for OpenRlhfRequest {
    fn wants(app: &App, path: &[&str]) -> Want {
        match path {
            ["labels", column] if !app.uses(column) => Want::Skip,
            _ => Want::Keep,
        }
    }
}

/// Rewards as OpenRLHF reads them.
#[derive(Serialize, JsonSchema)]
pub(super) struct OpenRlhfAnswer {
    /// One per query, 0 to 1; null where it could not be judged, and others could.
    rewards: Vec<Option<f64>>,
    /// The same.
    scores: Vec<Option<f64>>,
    /// Figures to log, one per query each.
    extra_logs: BTreeMap<&'static str, Vec<f64>>,
}

/// The column of a label that is no row.
const LABEL: &str = "label";

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
    let completion = |(index, (query, prompt)): (usize, (&String, &String))| {
        let response = response(index, query, prompt)?;
        // Where prompts come from a file, judging does not see the one that the policy read.
        let opened = task.opened_by(prompt).filter(|_| task.knows_prompts()).unwrap_or_default();
        Ok(Value::String(format!("{opened}{response}")))
    };
    let completions = pairs.map(completion).collect::<Result<_, Refusal>>()?;
    let batch = match task.knows_prompts() {
        true => Batch { completions, ids: Some(labels), ..Batch::default() },
        false => {
            let memory = Memory::new(app.settings.max_values);
            let pairs = prompts.into_iter().zip(labels);
            let rows = pairs.map(|(prompt, label)| row(task, &memory, prompt, label)).collect::<Result<_, _>>()?;
            Batch { completions, prompts: Some(rows), ..Batch::default() }
        }
    };
    let judged = work::judge(app, name, task, batch)?;
    let rewards = work::rewards(&judged)?;
    let full = judged.iter().map(|scored| f64::from(scored.outcome.full() == Some(true))).collect();
    let count = |passed: Option<bool>| {
        let of_one = |scored: &Scored| {
            scored.outcome.verdicts().iter().filter(|verdict| verdict.passed() == passed).count() as f64
        };
        judged.iter().map(of_one).collect()
    };
    Ok(OpenRlhfAnswer {
        scores: rewards.clone(),
        rewards,
        extra_logs: BTreeMap::from([
            ("full", full),
            ("constraints_met", count(Some(true))),
            ("constraints_failed", count(Some(false))),
            ("constraints_unscored", count(None)),
        ]),
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

fn row(task: &Task, memory: &Memory, prompt: String, label: Value) -> Result<Value, Refusal> {
    let mut row = of_label(task, memory, label)?;
    let column = &task.spec().columns.prompt;
    row.entry(column.as_str()).or_insert(Value::String(prompt));
    Ok(Value::Object(row))
}

/// The row that a label is, or is the column `label` of. Text is never a row where the task takes that column as a value, however much it
/// looks like one: data sets hold answers and test cases as JSON text.
fn of_label(task: &Task, memory: &Memory, label: Value) -> Result<Map<String, Value>, Refusal> {
    let columns = &task.spec().columns;
    let all = task.spec().columns_used();
    let mut used = all.clone();
    used.retain(|column| **column != *columns.id && **column != *columns.prompt);
    let of_column = |label: Value| Map::from_iter([(LABEL.to_owned(), label)]);
    let wants = |path: &[&str]| if path.len() > 1 || all.contains(&path[0]) { Want::Keep } else { Want::Skip };
    Ok(match label {
        Value::Null => Map::new(),
        label if !used.contains(&LABEL) => match label {
            Value::Object(row) => row,
            Value::String(text) => match read_bounded(&text, memory, &wants) {
                Ok(Value::Object(row)) => row,
                Err(Unread::TooLarge(error)) => return Err(work::too_large(&error)),
                _ => of_column(Value::String(text)),
            },
            other => of_column(other),
        },
        Value::Object(row) if row.keys().any(|column| used.contains(&column.as_str())) => row,
        value => of_column(value),
    })
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
