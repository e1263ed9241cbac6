//! Values as Python writes them, shortened for messages.

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

/// The first characters of a text.
pub(super) fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn append(value: &Value, into: &mut String) {
    // Enough for any message.
    if into.len() > 8 * LONGEST {
        return;
    }
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
        Value::Str(text) => _ = write!(into, "{text:?}"),
        Value::Bytes(bytes) => _ = write!(into, "b\"{}\"", bytes.escape_ascii()),
        Value::List(items) => list(items, "[", "]", into),
        Value::Tuple(items) if items.len() == 1 => list(items, "(", ",)", into),
        Value::Tuple(items) => list(items, "(", ")", into),
        Value::Set(items) if items.is_empty() => into.push_str("set()"),
        Value::Set(items) => list(items, "{", "}", into),
        Value::Frozenset(items) => list(items, "frozenset({", "})", into),
        Value::Dict(pairs) => {
            into.push('{');
            for (index, (key, value)) in pairs.iter().enumerate() {
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
        into.push_str(if index > 0 { ", " } else { "" });
        append(item, into);
    }
    into.push_str(close);
}
