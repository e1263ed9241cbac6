//! JSON as Python values. What JSON cannot say is written as an expression: `{python: "(1, 2)"}`.

use fullmarks_sandbox::python::{Python, Value};
use serde_json::Value as Json;
use std::collections::HashSet;

/// Turns JSON into values, all expressions among them at once.
pub(super) fn values(all: &[&Json], python: &Python) -> Result<Vec<Value>, String> {
    let mut texts = Vec::new();
    for json in all {
        convert(json, &mut |text| {
            texts.push(text.to_owned());
            Value::None
        })?;
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let known = if texts.is_empty() { Vec::new() } else { python.values(&texts)? };
    let mut known = known.into_iter();
    all.iter().map(|json| convert(json, &mut |_| known.next().expect("one value for each expression"))).collect()
}

/// Turns JSON without expressions into a value.
pub(super) fn value(json: &Json) -> Result<Value, String> {
    convert(json, &mut |text| text.into())
}

/// The one item of a list, then the list; another value alone.
pub(super) fn item_or_list(value: Value) -> Vec<Value> {
    match &value {
        Value::List(items) if items.len() == 1 => vec![items[0].clone(), value],
        _ => vec![value],
    }
}

/// Reads the keys of a dict, or of the dict that is a list's one item, as whole numbers, if all of them are such.
pub(super) fn read_keys(value: &mut Value) {
    let pairs = match value {
        Value::Dict(pairs) => pairs,
        Value::List(items) => match items.as_mut_slice() {
            [Value::Dict(pairs)] => pairs,
            _ => return,
        },
        _ => return,
    };
    let number = |key: &Value| match key {
        Value::Str(text) => std::str::from_utf8(text.as_bytes()).ok()?.parse::<i64>().ok(),
        _ => None,
    };
    let numbers: Option<Vec<i64>> = pairs.iter().map(|(key, _)| number(key)).collect();
    let Some(numbers) = numbers else { return };
    // Two ways to write one number are two keys, and no dict of numbers.
    if numbers.iter().collect::<HashSet<_>>().len() == pairs.len() {
        pairs.iter_mut().zip(numbers).for_each(|(pair, number)| pair.0 = number.into());
    }
}

/// From here on a whole number in JSON may not be the one that was written: 2^63.
const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;

fn convert(json: &Json, expression: &mut impl FnMut(&str) -> Value) -> Result<Value, String> {
    Ok(match json {
        Json::Null => Value::None,
        Json::Bool(bool) => (*bool).into(),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(int), _) => int.into(),
            // JSON readers turn larger whole numbers into the nearest float: nobody can tell which was meant.
            (None, Some(float)) if float.fract() == 0.0 && float.abs() >= TOO_LARGE => {
                return Err(format!(
                    "{number} may be a whole number that lost digits; write what it is: `{{python: \"…\"}}`"
                ));
            }
            (None, Some(float)) => float.into(),
            (None, None) => return Err(format!("{number} is no number that Python has")),
        },
        Json::String(text) => text.as_str().into(),
        Json::Array(items) => {
            Value::List(items.iter().map(|item| convert(item, expression)).collect::<Result<_, _>>()?)
        }
        Json::Object(object) => match (object.len(), object.get("python")) {
            (1, Some(Json::String(text))) => expression(text),
            (1, Some(_)) => return Err("`python:` takes an expression as text".into()),
            _ => {
                let pair = |(key, value): (&String, &Json)| Ok((key.as_str().into(), convert(value, expression)?));
                Value::Dict(object.iter().map(pair).collect::<Result<_, String>>()?)
            }
        },
    })
}
