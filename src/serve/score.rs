//! `POST /v1/score`

use super::{
    app::App,
    refusal::Refusal,
    work::{self, Asked},
};
use crate::{
    report::ScoreLine,
    task::{Batch, Want},
};
use axum::{
    extract::{Request, State},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::sync::Arc;

/// Completions to judge. What comes beside them has one entry for each.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScoreRequest {
    /// The task's name; may be left out where the server has one task.
    #[serde(default)]
    task: Option<String>,
    /// Texts, or lists of messages with `role` and `content`; null is an empty answer.
    #[schemars(with = "Vec<Option<CompletionForm>>")]
    completions: Vec<Value>,
    /// Ids of their prompts: texts or whole numbers.
    #[serde(default)]
    #[schemars(with = "Option<Vec<IdForm>>")]
    ids: Option<Vec<Value>>,
    /// Their prompts: texts, lists of messages, or whole rows.
    #[serde(default)]
    #[schemars(with = "Option<Vec<PromptForm>>")]
    prompts: Option<Vec<Value>>,
    /// Columns of the prompts' rows by name. Those that the spec does not use are not looked at.
    #[serde(default)]
    #[schemars(with = "Option<std::collections::BTreeMap<String, Vec<Value>>>")]
    columns: Option<Map<String, Value>>,
    /// How many tokens each has, or the lists of them: where the reward counts length.
    #[serde(default)]
    #[schemars(with = "Option<Vec<TokensForm>>")]
    tokens: Option<Vec<Value>>,
    /// Whether each was cut at a limit on its length: true, false or null.
    #[serde(default)]
    truncated: Option<Vec<Value>>,
    /// The word for why each ended, such as `stop`; `length` and its like say that it was cut.
    #[serde(default)]
    finish_reasons: Option<Vec<Value>>,
    /// Where training is, from 0 to 1: for a reward that changes with it.
    #[serde(default)]
    progress: Option<f64>,
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "describes a form")]
enum CompletionForm {
    Text(String),
    Messages(Vec<MessageForm>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "describes a form")]
enum PromptForm {
    Text(String),
    Messages(Vec<MessageForm>),
    Row(Map<String, Value>),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "describes a form")]
enum IdForm {
    Text(String),
    Number(i64),
}

#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "describes a form")]
enum TokensForm {
    Number(u64),
    Tokens(Vec<Value>),
}

/// A message of a conversation.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "describes a form")]
struct MessageForm {
    /// `system`, `developer`, `user`, `assistant`, `tool` or `function`.
    role: String,
    /// Text, or a list of parts with a `type`.
    content: Value,
}

impl Asked for ScoreRequest {
    fn wants(app: &App, path: &[&str]) -> Want {
        match path {
            // Their number counts, not which they are.
            ["tokens"] => Want::Count,
            ["columns", column] if !app.uses(column) => Want::Skip,
            _ => Want::Keep,
        }
    }
}

/// Completions, judged.
#[derive(Serialize, JsonSchema)]
pub(super) struct ScoreAnswer {
    /// Always `scores`.
    fullmarks: &'static str,
    /// Version of this format: 1.
    version: u32,
    /// The task's name.
    task: String,
    /// The reward scheme.
    scheme: String,
    /// One per completion, in order, each a line as `fullmarks score` writes it.
    rollouts: Vec<ScoreLine>,
}

pub(super) async fn score(State(app): State<Arc<App>>, request: Request) -> Response {
    work::answer(app, request, |app, request: ScoreRequest| {
        let (name, task) = app.task(request.task.as_deref())?;
        let ScoreRequest { completions, ids, prompts, columns, tokens, truncated, finish_reasons, progress, .. } =
            request;
        let columns = columns.map(|columns| lists(app, columns)).transpose()?;
        let batch = Batch { completions, ids, prompts, columns, tokens, truncated, finish_reasons, progress };
        let rollouts = work::judge(app, name, task, batch)?.iter().map(ScoreLine::of).collect();
        let scheme = task.scheme().to_string();
        Ok(ScoreAnswer { fullmarks: "scores", version: 1, task: name.to_owned(), scheme, rollouts })
    })
    .await
}

/// Columns that no task uses are not looked at.
fn lists(app: &App, columns: Map<String, Value>) -> Result<Vec<(String, Vec<Value>)>, Refusal> {
    let list = |(name, values)| match values {
        Value::Array(values) => Ok((name, values)),
        other => {
            let kind = crate::completion::kind(&other);
            Err(Refusal::bad(format!("`columns.{name}` must be a list, one entry per completion, not {kind}")))
        }
    };
    columns.into_iter().filter(|(name, _)| app.uses(name)).map(list).collect()
}
