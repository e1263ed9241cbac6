//! Columns that stand within the lists of parameters.

use super::ParamSource;
use serde_json::Value;

/// A value as it is, but for columns that stand as items of a list.
pub(super) fn listed(value: &Value) -> ParamSource {
    match value {
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(item).collect();
            match items.iter().all(|item| matches!(item, ParamSource::Literal(_))) {
                true => ParamSource::Literal(value.clone()),
                false => ParamSource::List(items),
            }
        }
        other => ParamSource::Literal(other.clone()),
    }
}

fn item(value: &Value) -> ParamSource {
    match value.as_object().filter(|object| object.len() == 1).and_then(|object| object.get("column")) {
        Some(Value::String(column)) => ParamSource::Column(column.clone()),
        _ => listed(value),
    }
}
