//! Answers of servers: OpenAI's chat completions, completions, responses and batches of them, and vLLM's own objects.
//!
//! Source: the schemas of `openai` 2.54 (`types.chat.ChatCompletion`, `types.Completion`, `types.responses.Response`), the batch output of OpenAI's
//! API reference, which vLLM's `run-batch` writes too, and `vllm.outputs.RequestOutput` of vLLM 0.11.

use crate::{completion::kind, data::FINISH_REASON, source::Unfit};
use serde_json::{Map, Value, json};

/// A row in our own columns: what the server answered becomes completions, and all else stays.
pub(super) fn unfold(mut row: Map<String, Value>) -> Result<Map<String, Value>, Unfit> {
    let mut answer = match row.remove("response") {
        Some(Value::Object(response)) => of_batch(response)?,
        Some(Value::Null) | None => Map::new(),
        Some(other) => return Err(format!("`response` is {}, not what a server answered", kind(&other)).into()),
    };
    for name in ["choices", "output", "outputs", "error", "status", "incomplete_details"] {
        if let Some(value) = row.remove(name) {
            answer.entry(name).or_insert(value);
        }
    }
    failed(&answer)?;
    if row.get("finished") == Some(&json!(false)) {
        return Err("the request did not end: `finished` is false".into());
    }
    let (completions, reasons) = if let Some(choices) = answer.remove("choices").or_else(|| answer.remove("outputs")) {
        choices_of(choices)?
    } else if let Some(output) = answer.remove("output") {
        let cut = answer.get("status").and_then(Value::as_str) == Some("incomplete");
        let why = answer.get("incomplete_details").and_then(|details| details.get("reason")).cloned();
        (vec![message_of(output)?], vec![if cut { why.unwrap_or_else(|| json!("incomplete")) } else { Value::Null }])
    } else {
        return Err("it has no answer: neither `choices` nor `output`".into());
    };
    // What the user's own columns say of the ends of completions counts first.
    let own = row.remove(FINISH_REASON);
    super::put(&mut row, completions, reasons);
    row.extend(own.map(|reason| (FINISH_REASON.to_owned(), reason)));
    Ok(row)
}

/// The body of one answer among a batch.
fn of_batch(mut response: Map<String, Value>) -> Result<Map<String, Value>, Unfit> {
    let status = response.get("status_code").and_then(Value::as_u64);
    match response.remove("body") {
        Some(Value::Object(body)) if status.is_none_or(|status| status == 200) => Ok(body),
        Some(body) if status == Some(200) => Err(format!("its `body` is {}, not an answer", kind(&body)).into()),
        Some(body) => {
            Err(format!("the request failed with status {}: {}", status.unwrap_or_default(), said(&body)).into())
        }
        // The answer itself under this name.
        None => Ok(response),
    }
}

/// A request that failed is no completion: it is the server's failure, not the policy's.
fn failed(answer: &Map<String, Value>) -> Result<(), Unfit> {
    let status = answer.get("status").and_then(Value::as_str);
    match (answer.get("error"), status) {
        (Some(error), _) if !error.is_null() => Err(format!("the request failed: {}", said(error)).into()),
        (_, Some(status @ ("failed" | "cancelled" | "queued" | "in_progress"))) => {
            Err(format!("the request did not end: its status is `{status}`").into())
        }
        _ => Ok(()),
    }
}

fn said(error: &Value) -> String {
    let message = error.get("error").unwrap_or(error).get("message").and_then(Value::as_str);
    message.map_or_else(|| error.to_string(), str::to_owned)
}

/// Completions in the order of their numbers, and why each ended.
fn choices_of(choices: Value) -> Result<(Vec<Value>, Vec<Value>), Unfit> {
    let Value::Array(mut choices) = choices else {
        return Err(format!("`choices` is {}, not a list", kind(&choices)).into());
    };
    if choices.is_empty() {
        return Err("`choices` is empty".into());
    }
    choices.sort_by_key(|choice| choice.get("index").and_then(Value::as_u64).unwrap_or(0));
    let read = |(place, mut choice): (usize, Value)| {
        let at = |why: &str| Unfit::from(format!("choices[{place}]: {why}"));
        let choice = choice.as_object_mut().ok_or_else(|| at("not an object"))?;
        let reason = choice.remove(FINISH_REASON).unwrap_or_default();
        if let Some(word @ ("abort" | "aborted" | "error" | "cancelled")) = reason.as_str() {
            return Err(at(&format!("it did not end: `{word}`")));
        }
        let completion = match (choice.remove("message"), choice.remove("text")) {
            (Some(Value::Object(mut message)), _) => {
                message.entry("role").or_insert_with(|| json!("assistant"));
                message.entry("content").or_insert(Value::Null);
                Value::Array(vec![Value::Object(message)])
            }
            (None, Some(text @ Value::String(_))) => text,
            _ if choice.contains_key("delta") => return Err(at("a piece of a stream, not a whole answer")),
            _ => return Err(at("it has neither `message` nor `text`")),
        };
        Ok((completion, reason))
    };
    let read: Result<Vec<_>, Unfit> = choices.into_iter().enumerate().map(read).collect();
    Ok(read?.into_iter().unzip())
}

/// The items of a response → its message: text and thinking, calls of tools aside.
fn message_of(output: Value) -> Result<Value, Unfit> {
    let Value::Array(items) = output else {
        return Err(format!("`output` is {}, not a list of items", kind(&output)).into());
    };
    let (mut content, mut thinking) = (Vec::new(), String::new());
    for item in &items {
        let parts = |name: &str| item.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        match item.get("type").and_then(Value::as_str) {
            Some("message") if item.get("role").and_then(Value::as_str) == Some("assistant") => {
                // An answer after another one, as after a call of a tool, takes its place.
                content = parts("content");
            }
            Some("reasoning") => {
                let texts = parts("content").into_iter().chain(parts("summary"));
                texts
                    .filter_map(|part| part.get("text")?.as_str().map(str::to_owned))
                    .for_each(|text| thinking += &text);
            }
            Some(_) => {}
            None => return Err("an item of `output` has no `type`".into()),
        }
    }
    Ok(json!([{"role": "assistant", "content": content, "reasoning_content": thinking}]))
}
