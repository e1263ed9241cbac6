//! Reading parameters whose names and simple types the catalogue has already checked.

use crate::verify::Row;
use serde_json::Value;

pub(super) fn text<'a>(params: &'a Row, name: &str) -> Option<&'a str> {
    params.get(name).and_then(Value::as_str)
}

pub(super) fn flag(params: &Row, name: &str) -> bool {
    params.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// A text, or a list of texts as lines.
pub(super) fn lines(params: &Row, name: &str) -> Result<String, String> {
    match params.get(name) {
        None => Ok(String::new()),
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Array(items)) => {
            let texts: Option<Vec<_>> = items.iter().map(Value::as_str).collect();
            texts.map(|texts| texts.join("\n")).ok_or(format!("`{name}` must be text or a list of texts"))
        }
        Some(_) => Err(format!("`{name}` must be text or a list of texts")),
    }
}

/// What the spec puts before a completion's code, ending with a line end; empty when there is none.
pub(super) fn prefix(params: &Row) -> String {
    match text(params, "prefix") {
        Some(prefix) if !prefix.is_empty() && !prefix.ends_with('\n') => format!("{prefix}\n"),
        Some(prefix) => prefix.to_owned(),
        None => String::new(),
    }
}
