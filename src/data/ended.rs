//! How completions ended: what trainers and servers say of it.

use crate::completion::{Ended, kind};
use serde_json::Value;

/// The column that says of each completion whether it was cut.
pub const TRUNCATED: &str = "truncated";

/// The column with the word that a server has for why a completion ended.
pub const FINISH_REASON: &str = "finish_reason";

/// Words of servers for a completion that was cut at a limit, in small letters.
const CUT: [&str; 8] = [
    "length",
    "max_tokens",
    "max_output_tokens",
    "max_new_tokens",
    "max_length",
    "model_length",
    "token_limit",
    "incomplete",
];

/// How each of `count` completions ended, by lists of what is said of each: whether it was cut, and why it ended. It was cut if either says
/// so.
///
/// # Errors
/// A sentence naming the list and what is wrong with it.
pub fn endings(count: usize, truncated: Option<&[Value]>, reasons: Option<&[Value]>) -> Result<Vec<Ended>, String> {
    let mut ended = vec![Ended::Unknown; count];
    let lists = [(TRUNCATED, truncated, flag as fn(&Value) -> _), (FINISH_REASON, reasons, reason)];
    for (name, list, read) in lists {
        let Some(list) = list else { continue };
        if list.len() != count {
            return Err(format!("`{name}` has {} entries for {count} completions", list.len()));
        }
        for (ended, value) in ended.iter_mut().zip(list) {
            let told = read(value).map_err(|wanted| format!("`{name}` is {wanted}, not {}", kind(value)))?;
            *ended = match (*ended, told) {
                (Ended::Cut, _) | (_, Ended::Cut) => Ended::Cut,
                (before, Ended::Unknown) => before,
                (_, told) => told,
            };
        }
    }
    Ok(ended)
}

fn flag(value: &Value) -> Result<Ended, &'static str> {
    match (value, value.as_f64()) {
        (Value::Null, _) => Ok(Ended::Unknown),
        (Value::Bool(true), _) | (_, Some(1.0)) => Ok(Ended::Cut),
        (Value::Bool(false), _) | (_, Some(0.0)) => Ok(Ended::Whole),
        _ => Err("true, false or null for each completion"),
    }
}

/// Servers write the word, or an object with the word as `type`.
fn reason(value: &Value) -> Result<Ended, &'static str> {
    match value {
        Value::Null => Ok(Ended::Unknown),
        Value::String(word) if CUT.contains(&word.trim().to_ascii_lowercase().as_str()) => Ok(Ended::Cut),
        Value::String(_) => Ok(Ended::Whole),
        Value::Object(object) => object.get("type").map_or(Ok(Ended::Unknown), reason),
        _ => Err("a word such as `stop` or `length`, or null"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn either_list_says_that_a_completion_was_cut() {
        let list = |value: Value| value.as_array().cloned().unwrap_or_default();
        let truncated = list(json!([true, false, null, 0, 1.0, false]));
        let reasons = list(json!(["stop", "length", null, {"type": "length", "length": 8}, "stop", "MAX_TOKENS"]));
        let ended = endings(6, Some(&truncated), Some(&reasons)).unwrap();
        assert_eq!(ended, [Ended::Cut, Ended::Cut, Ended::Unknown, Ended::Cut, Ended::Cut, Ended::Cut]);
        let ended = endings(2, None, Some(&list(json!(["stop", "tool_calls"])))).unwrap();
        assert_eq!(ended, [Ended::Whole, Ended::Whole]);
    }

    #[test]
    fn other_values_and_lengths_are_refused_by_name() {
        assert!(endings(2, Some(&[json!(true)]), None).unwrap_err().contains("`truncated` has 1 entries for 2"));
        assert!(endings(1, Some(&[json!("yes")]), None).unwrap_err().contains("`truncated` is true, false or null"));
        assert!(endings(1, None, Some(&[json!(3)])).unwrap_err().contains("`finish_reason` is a word"));
    }
}
