//! New cases in the value that holds those there are, in the layout that it has.

use super::written::Written;
use serde_json::Value;

/// The value with cases added; `None` where its layout is not one that cases can be added to.
pub(super) fn with_cases(value: &Value, new: &[Written], hidden: bool) -> Option<Value> {
    match value {
        Value::String(text) => {
            let inside: Value = serde_json::from_str(text).ok()?;
            Some(Value::String(with_cases(&inside, new, hidden)?.to_string()))
        }
        Value::Array(items) => {
            let mut items = items.clone();
            for one in new {
                let like = items.first()?;
                let item = match like {
                    // As EvalPlus has them: the reference says what comes of it.
                    Value::Array(_) => one.input.clone()?,
                    Value::Object(like)
                        if ["args", "returns", "stdin", "stdout", "raises"]
                            .iter()
                            .any(|key| like.contains_key(*key)) =>
                    {
                        one.own(hidden)
                    }
                    _ => return None,
                };
                items.push(item);
            }
            Some(Value::Array(items))
        }
        Value::Object(object) => {
            let mut object = object.clone();
            for one in new {
                object.get_mut("inputs")?.as_array_mut()?.push(one.input.clone()?);
                object.get_mut("outputs")?.as_array_mut()?.push(one.output.clone()?);
            }
            Some(Value::Object(object))
        }
        _ => None,
    }
}

/// Test code with assertions added, by the convention that it follows.
pub(super) fn with_tests(value: &Value, new: &[Written], name: &str) -> Option<Value> {
    let lines: Vec<&str> = new.iter().filter_map(|one| one.assertion.as_deref()).collect();
    match value {
        Value::Array(items) => {
            let mut items = items.clone();
            items.extend(lines.into_iter().map(Value::from));
            Some(Value::Array(items))
        }
        Value::String(text) => {
            let body = lines.iter().map(|line| format!("    {line}\n")).collect::<String>();
            let more = if text.contains("def check(") {
                // The function is called by another name there.
                let body = body.replace(&format!("{name}("), "candidate(");
                format!("\n\n_check_first = check\n\n\ndef check(candidate):\n    _check_first(candidate)\n{body}")
            } else if text.contains("def test") || text.contains("class Test") {
                format!("\n\ndef test_more_inputs():\n{body}")
            } else {
                format!("\n{}\n", lines.join("\n"))
            };
            Some(Value::String(format!("{}\n{}", text.trim_end(), more.trim_start_matches('\n').to_owned())))
        }
        _ => None,
    }
}
