//! One order over all JSON values, for equality as JSON Schema means it and for finding duplicates by sorting.

use std::cmp::Ordering;

use serde_json::Value;

use super::number;

/// Orders values by kind, then by content. Equal means equal to JSON Schema: `1` equals `1.0`, and the members of an
/// object have no order.
pub(super) fn order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => number::compare(a, b),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::Array(a), Value::Array(b)) => {
            let unequal = a.iter().zip(b).map(|(a, b)| order(a, b)).find(|order| order.is_ne());
            unequal.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        // `serde_json` keeps the members of an object sorted by name.
        (Value::Object(a), Value::Object(b)) => {
            let member = |((a, x), (b, y)): ((&String, &Value), (&String, &Value))| a.cmp(b).then_with(|| order(x, y));
            let unequal = a.iter().zip(b).map(member).find(|order| order.is_ne());
            unequal.unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

/// Whether two of the values are equal.
pub(super) fn has_duplicates(values: &[Value]) -> bool {
    let mut sorted: Vec<&Value> = values.iter().collect();
    sorted.sort_unstable_by(|a, b| order(a, b));
    sorted.windows(2).any(|pair| order(pair[0], pair[1]).is_eq())
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn equality_is_that_of_json_schema() {
        assert!(has_duplicates(&[json!({"a": 1, "b": [2]}), json!(0), json!({"b": [2.0], "a": 1.0})]));
        assert!(!has_duplicates(&[json!(1), json!(true), json!("1"), json!([1]), json!({"1": 1}), json!(null)]));
        assert!(!has_duplicates(&[json!([1, 2]), json!([2, 1]), json!([1])]));
    }
}
