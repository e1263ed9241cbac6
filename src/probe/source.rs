//! Python source from JSON values.

use serde_json::Value;

/// A value as a Python expression.
pub(super) fn literal(value: &Value) -> String {
    match value {
        Value::Null => "None".into(),
        Value::Bool(true) => "True".into(),
        Value::Bool(false) => "False".into(),
        Value::Number(number) => number.to_string(),
        // A JSON text is a Python text: its escapes are, and what it need not escape is printed.
        Value::String(text) => Value::String(text.clone()).to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", ")),
        Value::Object(object) => match (object.len(), object.get("python")) {
            (1, Some(Value::String(expression))) => format!("({expression})"),
            _ => {
                let pair =
                    |(key, value): (&String, &Value)| format!("{}: {}", Value::String(key.clone()), literal(value));
                format!("{{{}}}", object.iter().map(pair).collect::<Vec<_>>().join(", "))
            }
        },
    }
}

/// Lines, further in.
pub(super) fn indented(code: &str, by: &str) -> String {
    let line = |line: &str| if line.trim().is_empty() { "\n".to_owned() } else { format!("{by}{line}\n") };
    code.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_becomes_python() {
        let value = json!({"a": [null, true, 1.5, "it's \"x\"\n"], "b": {"python": "(1, 2)"}});
        assert_eq!(literal(&value), r#"{"a": [None, True, 1.5, "it's \"x\"\n"], "b": ((1, 2))}"#);
        assert_eq!(indented("a\n\nb", "  "), "  a\n\n  b\n");
    }
}
