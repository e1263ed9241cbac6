//! Values as Python writes them, shortened for messages. Only what is shown is looked at.

use crate::printable::within;
use fullmarks_sandbox::python::Value;
use std::fmt::Write;

/// Longest text of a value in a message, in characters.
const LONGEST: usize = 200;

/// The value, at most 200 characters of it.
pub(super) fn show(value: &Value) -> String {
    let mut text = String::new();
    append(value, &mut text);
    shorten(&text, LONGEST)
}

/// Several values, as a list shows them.
pub(super) fn show_all(values: &[Value]) -> String {
    let mut text = String::new();
    list(values, "[", "]", &mut text);
    shorten(&text, LONGEST)
}

/// The first characters of a text, cleaned.
pub(super) fn shorten(text: &str, most: usize) -> String {
    within(text, most)
}

/// Whether there is enough for any message.
fn is_full(text: &str) -> bool {
    text.len() > 4 * LONGEST
}

fn append(value: &Value, into: &mut String) {
    match value {
        Value::None => into.push_str("None"),
        Value::Bool(true) => into.push_str("True"),
        Value::Bool(false) => into.push_str("False"),
        Value::Int(int) => match int.to_i64() {
            Some(small) => _ = write!(into, "{small}"),
            None => _ = write!(into, "an integer of {} bytes", int.as_le_bytes().len()),
        },
        Value::Float(float) => _ = write!(into, "{float:?}"),
        Value::Complex(real, imaginary) => _ = write!(into, "({real:?}{imaginary:+?}j)"),
        Value::Str(text) => {
            let bytes = text.as_bytes();
            // A character that the cut goes through is one of those that are not shown.
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4 * LONGEST)]);
            let first: String = start.chars().take(LONGEST).collect();
            let whole = bytes.len() <= 4 * LONGEST && start.chars().count() <= LONGEST;
            _ = if whole { write!(into, "{start:?}") } else { write!(into, "{first:?}…") };
        }
        Value::Bytes(bytes) => _ = write!(into, "b\"{}\"", bytes[..bytes.len().min(LONGEST)].escape_ascii()),
        Value::List(items) => list(items, "[", "]", into),
        Value::Tuple(items) if items.len() == 1 => list(items, "(", ",)", into),
        Value::Tuple(items) => list(items, "(", ")", into),
        Value::Set(items) if items.is_empty() => into.push_str("set()"),
        Value::Set(items) => list(items, "{", "}", into),
        Value::Frozenset(items) => list(items, "frozenset({", "})", into),
        Value::Dict(pairs) => {
            into.push('{');
            for (index, (key, value)) in pairs.iter().enumerate() {
                if is_full(into) {
                    return;
                }
                into.push_str(if index > 0 { ", " } else { "" });
                append(key, into);
                into.push_str(": ");
                append(value, into);
            }
            into.push('}');
        }
    }
}

fn list(items: &[Value], open: &str, close: &str, into: &mut String) {
    into.push_str(open);
    for (index, item) in items.iter().enumerate() {
        if is_full(into) {
            return;
        }
        into.push_str(if index > 0 { ", " } else { "" });
        append(item, into);
    }
    into.push_str(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_python_writes_them() {
        let value = Value::Tuple(vec![
            vec![1, 2].into(),
            "a\"b\n\u{202e}".into(),
            Value::Bytes(vec![0, 65]),
            Value::Dict(vec![(1.into(), Value::None)]),
            Value::Frozenset(vec![true.into()]),
        ]);
        assert_eq!(show(&value), "([1, 2], \"a\\\"b\\n\\u{202e}\", b\"\\x00A\", {1: None}, frozenset({True}))");
        assert_eq!(show(&Value::Tuple(vec![1.into()])), "(1,)");
        assert_eq!(show_all(&[1.into(), "x".into()]), "[1, \"x\"]");
    }

    /// Much more than is shown is not written first.
    #[test]
    fn only_what_is_shown_is_written() {
        let long = "\u{1}é".repeat(1 << 20);
        let all = Value::List(vec![long.as_str().into(); 8]);
        for value in [Value::from(long.as_str()), Value::Bytes(vec![1; 1 << 22]), all] {
            let mut text = String::new();
            append(&value, &mut text);
            assert!(text.len() < 20_000, "{}", text.len());
            assert!(show(&value).chars().count() <= LONGEST && show(&value).ends_with('…'));
        }
        let mut text = String::new();
        append(&Value::Dict(vec![(vec![7; 100].into(), "é".repeat(300).as_str().into()); 1000]), &mut text);
        assert!(text.len() < 20_000, "{}", text.len());
    }
}
