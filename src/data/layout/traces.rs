//! Traces as verifiers saves them: one episode a row, with the traces of its agents; or one trace a row, as prime-rl saves them.
//!
//! Source: `verifiers.v1.episode.Episode`, `verifiers.v1.trace.Trace` and `Trace.last_reply` of verifiers 0.4.0.

use crate::{completion::kind, data::FINISH_REASON, source::Unfit};
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, mem};

/// A row in our own columns: the id in column `id`, a completion for each trace, and a column for each reward.
pub(super) fn unfold(mut row: Map<String, Value>, id: &str) -> Result<Map<String, Value>, Unfit> {
    let list = |value: Option<Value>| match value {
        Some(Value::Array(items)) => Ok(items),
        Some(Value::Null) | None => Ok(Vec::new()),
        Some(other) => Err(format!("`traces` is {}, not a list", kind(&other))),
    };
    let task = row.get("task").cloned().unwrap_or_default();
    let trainable = |trace: &Value| trace.get("agent").and_then(|agent| agent.get("trainable")) != Some(&json!(false));
    let mut traces: Vec<Value> =
        if row.contains_key("nodes") { vec![Value::Object(mem::take(&mut row))] } else { list(row.remove("traces"))? };
    traces.retain(trainable);
    let episode = (traces.is_empty() && row.get("ok") != Some(&json!(true))).then(|| row.get("errors").and_then(last));
    if let Some(error) = traces.iter().find_map(failure).or_else(|| episode.flatten()) {
        // The harness failed, and not the policy.
        return Err(format!("the rollout failed: {error}").into());
    }
    if traces.is_empty() {
        return Err("it has no trace".into());
    }
    let agents: BTreeSet<&str> = traces.iter().filter_map(|trace| trace.get("agent")?.get("name")?.as_str()).collect();
    if agents.len() > 1 {
        let agents = agents.into_iter().collect::<Vec<_>>().join(", ");
        return Err(format!("it has traces of several agents ({agents}), and nothing says whose answer counts").into());
    }
    let mut own = Map::new();
    let data = task.get("data").unwrap_or(&Value::Null);
    let named = [data.get(id), data.get("id"), task.get("key"), data.get("idx"), data.get("prompt")];
    let Some(prompt) = named.into_iter().flatten().find(|value| !value.is_null()) else {
        return Err("its task has no `data` with `id`, `idx` or `prompt`, and no `key`".into());
    };
    let prompt = match prompt {
        Value::Array(_) => Value::String(super::id_of_messages(prompt)?),
        other => other.clone(),
    };
    own.insert(id.into(), prompt);
    for name in rewards(&traces[0]) {
        let of = |trace: &Value| trace.get("rewards")?.get(&name)?.get("score").cloned();
        let scores: Vec<Value> = traces.iter().map(|trace| of(trace).unwrap_or_default()).collect();
        own.insert(name.clone(), super::one_or_list(scores));
    }
    super::put(&mut own, traces.iter().map(reply).collect(), traces.iter().map(finish).collect());
    Ok(own)
}

/// The rewards of rows that are not yet unfolded, with their weights: a trace that failed has no rewards.
pub(super) fn weighted(rows: &[Map<String, Value>]) -> Vec<(String, f64)> {
    let mut all: Vec<(String, f64)> = Vec::new();
    for row in rows {
        let of_first = || row.get("traces").and_then(|traces| traces.get(0)?.get("rewards"));
        let Some(Value::Object(rewards)) = row.get("rewards").or_else(of_first) else { continue };
        for (name, reward) in rewards {
            let weight = reward.get("weight").and_then(Value::as_f64);
            if let Some(weight) = weight.filter(|_| all.iter().all(|(known, _)| known != name)) {
                all.push((name.clone(), weight));
            }
        }
    }
    all
}

fn rewards(trace: &Value) -> Vec<String> {
    let rewards = trace.get("rewards").and_then(Value::as_object);
    rewards.map(|rewards| rewards.keys().cloned().collect()).unwrap_or_default()
}

/// The root agent's response, else the last message that the model wrote: a prompt may hold messages of an assistant too.
fn reply(trace: &Value) -> Value {
    if let Some(Value::String(reply)) = trace.get("root_reply") {
        return json!(reply.trim());
    }
    let nodes = trace.get("nodes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let sampled = nodes.iter().rev().filter(|node| node.get("sampled") == Some(&json!(true)));
    let mut messages = sampled.filter_map(|node| node.get("message"));
    let last = messages.find(|message| message.get("role").and_then(Value::as_str) == Some("assistant"));
    let Some(Value::Object(last)) = last else { return Value::Null };
    let mut message = last.clone();
    message.entry("content").or_insert(Value::Null);
    json!([message])
}

/// Why the last call ended that did not fail.
fn finish(trace: &Value) -> Value {
    let calls = trace.get("calls").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let last = calls.iter().rev().find(|call| call.get("error").is_none_or(Value::is_null));
    last.and_then(|call| call.get(FINISH_REASON)).cloned().unwrap_or_default()
}

/// Errors of earlier tries say nothing of one that succeeded.
fn failure(trace: &Value) -> Option<String> {
    let failed = trace.get("ok") != Some(&json!(true));
    failed.then(|| trace.get("errors").and_then(last)).flatten()
}

fn last(errors: &Value) -> Option<String> {
    let error = errors.as_array()?.last()?;
    Some(error.get("message").and_then(Value::as_str).map_or_else(|| error.to_string(), str::to_owned))
}
