//! Whether a column's value is of one completion or of several.

use serde_json::Value;

/// Whether what stands in a column is of several completions, where the row does not say.
pub(super) fn of_several(value: &Value) -> bool {
    match value {
        Value::Array(items) => !is_scored(items),
        Value::Object(by_constraint) => by_constraint.values().any(Value::is_array),
        _ => false,
    }
}

/// Whether these are the verdicts of one completion as `fullmarks score` writes them.
pub(super) fn is_scored(items: &[Value]) -> bool {
    items.first().is_some_and(|item| item.get("constraint").is_some_and(Value::is_string))
}
