//! A configuration as dotted keys: `{a: {b: 1}}` is `a.b = 1`.

use super::{TrainerError, leaves::Leaves, shell};
use crate::source::yaml_value;
use serde_json::Value;

/// Reads JSON, YAML or a command line.
pub(super) fn read(text: &str) -> Result<Leaves, TrainerError> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        return flattened(&value);
    }
    if shell::is_command(text) {
        return shell::options(text);
    }
    let value = yaml_value(text).map_err(TrainerError::Unreadable)?;
    flattened(&value)
}

/// The leaves of an object.
pub(super) fn flattened(value: &Value) -> Result<Leaves, TrainerError> {
    let Value::Object(object) = value else {
        return Err(TrainerError::Unreadable("keys with values are needed".into()));
    };
    let mut flat = Leaves::new();
    gather("", object, &mut flat);
    Ok(flat)
}

fn gather(above: &str, object: &serde_json::Map<String, Value>, flat: &mut Leaves) {
    for (key, value) in object {
        let key = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
        match value {
            // What is null is left at its default.
            Value::Null => {}
            Value::Object(inner) => gather(&key, inner, flat),
            value => {
                flat.insert(key, value.clone());
            }
        }
    }
}
