//! Cases as people store them: our own form, and those of published data sets.

use super::{
    case::{Call, Case, Expected, Run},
    livecodebench,
    params::text,
    refused::{Refused, check_exception, check_function},
};
use crate::verify::Row;
use serde_json::{Map, Value};

/// Most mistakes of cases that are named at once.
pub(super) const NAMED: usize = 8;

/// The cases for a function.
pub(super) fn calls(params: &Row) -> Result<Vec<Call>, Refused> {
    let cases = cases(params)?.into_iter().enumerate().map(|(index, case)| match case {
        Case::Call(call) => Ok(call),
        Case::Run(_) => {
            Err(format!("case {} is about standard input and output: check it with `python.stdio`", index + 1))
        }
    });
    Ok(cases.collect::<Result<_, String>>()?)
}

/// The same where some cannot be read: with something harmless in their places, to find what is wrong with the others.
pub(super) fn readable_calls(params: &Row) -> Vec<Call> {
    let harmless = || Call {
        args: Vec::new(),
        kwargs: Map::new(),
        expected: Expected::Raises("Exception".into()),
        leaves: None,
        hidden: false,
    };
    let call = |case| match case {
        Ok(Case::Call(call)) => call,
        Ok(Case::Run(_)) | Err(_) => harmless(),
    };
    gather(params).unwrap_or_default().into_iter().map(call).collect()
}

/// All cases: `cases`, then those of `hidden_cases`. The error names all that cannot be read.
pub(super) fn cases(params: &Row) -> Result<Vec<Case>, Refused> {
    let all = gather(params)?;
    if all.is_empty() {
        return Err("there are no cases: with none, everything would pass".into());
    }
    let mut wrong: Vec<String> = all.iter().filter_map(|case| case.as_ref().err().cloned()).collect();
    if !wrong.is_empty() {
        few(&mut wrong);
        return Err(Refused(wrong));
    }
    Ok(all.into_iter().collect::<Result<_, _>>()?)
}

/// No more sentences about cases than anybody reads.
pub(super) fn few(wrong: &mut Vec<String>) {
    if let Some(more) = wrong.len().checked_sub(NAMED).filter(|more| *more > 0) {
        wrong.truncate(NAMED);
        wrong[NAMED - 1] += &format!("; and {more} more");
    }
}

/// What a case is called, by its place among all.
pub(super) fn place(params: &Row, index: usize) -> String {
    let first = params.get("cases").and_then(Value::as_array).map_or(usize::MAX, Vec::len);
    match index.checked_sub(first) {
        Some(index) => format!("`hidden_cases[{index}]`"),
        None => format!("`cases[{index}]`"),
    }
}

fn gather(params: &Row) -> Result<Vec<Result<Case, String>>, String> {
    let mut all = Vec::new();
    for (name, hidden) in [("cases", false), ("hidden_cases", true)] {
        if let Some(value) = params.get(name) {
            let more = read(name, value, hidden)?;
            all.extend(more);
        }
    }
    Ok(all)
}

/// The function under test: its name, or LiveCodeBench's `metadata`, which holds it.
pub(super) fn function_name(params: &Row) -> Result<String, String> {
    let given = text(params, "function").unwrap_or_default();
    if !given.trim_start().starts_with('{') {
        if !given.is_empty() {
            check_function(given)?;
        }
        return Ok(given.to_owned());
    }
    let metadata: Value =
        serde_json::from_str(given).map_err(|error| format!("`function` is JSON with a mistake: {error}"))?;
    let name = metadata.get("func_name").and_then(Value::as_str);
    name.map(str::to_owned).ok_or_else(|| "`function` is JSON without a `func_name`".into())
}

fn read(name: &str, value: &Value, hidden: bool) -> Result<Vec<Result<Case, String>>, String> {
    match value {
        Value::String(text) => {
            let decoded: Value = match serde_json::from_str(text) {
                Ok(value) => value,
                Err(error) => match livecodebench::unpack(text) {
                    Some(packed) => serde_json::from_str(&packed).map_err(|error| format!("`{name}`: {error}"))?,
                    None => return Err(format!("`{name}` is text that is no JSON: {error}")),
                },
            };
            if decoded.is_string() {
                return Err(format!("`{name}` must be a list of cases"));
            }
            read(name, &decoded, hidden)
        }
        Value::Array(items) => {
            let case =
                |(index, item): (usize, &Value)| one(item, hidden).map_err(|why| format!("`{name}[{index}]`: {why}"));
            Ok(items.iter().enumerate().map(case).collect())
        }
        Value::Object(object) => Ok(paired(name, object, hidden)?.into_iter().map(Ok).collect()),
        _ => Err(format!("`{name}` must be a list of cases")),
    }
}

fn one(item: &Value, hidden: bool) -> Result<Case, String> {
    let Value::Object(item) = item else {
        return Err("a case is an object such as `{args: [1, 2], returns: 3}`".into());
    };
    if item.contains_key("input") && item.contains_key("output") {
        return livecodebench::case(item, hidden);
    }
    let hidden = hidden || flag(item, "hidden")?;
    if item.contains_key("stdin") || item.contains_key("stdout") {
        known(item, &["stdin", "stdout", "hidden"])?;
        let get = |key: &str| match item.get(key) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(_) => Err(format!("`{key}` must be text")),
            None if key == "stdin" => Ok(String::new()),
            None => Err("it has no `stdout`".into()),
        };
        return Ok(Case::Run(Run { stdin: get("stdin")?, stdout: get("stdout")?, hidden }));
    }
    known(item, &["args", "kwargs", "returns", "raises", "leaves", "hidden"])?;
    let list = |key: &str| match item.get(key) {
        Some(Value::Array(items)) => Ok(Some(items.clone())),
        Some(_) => Err(format!("`{key}` must be a list, one item for each argument")),
        None => Ok(None),
    };
    let kwargs = match item.get("kwargs") {
        Some(Value::Object(kwargs)) => kwargs.clone(),
        Some(_) => return Err("`kwargs` must be an object".into()),
        None => Map::new(),
    };
    let expected = match (item.get("returns"), item.get("raises")) {
        (Some(value), None) => Expected::Returns(value.clone()),
        (None, Some(Value::String(kind))) => {
            check_exception(kind)?;
            Expected::Raises(kind.clone())
        }
        (None, Some(_)) => return Err("`raises` must be the name of an exception".into()),
        (Some(_), Some(_)) => return Err("a case says `returns` or `raises`, not both".into()),
        (None, None) => Expected::Reference,
    };
    Ok(Case::Call(Call { args: list("args")?.unwrap_or_default(), kwargs, expected, leaves: list("leaves")?, hidden }))
}

fn flag(item: &Map<String, Value>, key: &str) -> Result<bool, String> {
    match item.get(key) {
        None => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(format!("`{key}` must be true or false")),
    }
}

fn known(item: &Map<String, Value>, keys: &[&str]) -> Result<(), String> {
    let unknown: Vec<_> =
        item.keys().filter(|key| !keys.contains(&key.as_str())).map(|key| format!("`{key}`")).collect();
    match unknown.len() {
        0 => Ok(()),
        1 => Err(format!("unknown key {}; a case has {}", unknown[0], keys.join(", "))),
        _ => Err(format!("unknown keys {}; a case has {}", unknown.join(", "), keys.join(", "))),
    }
}

/// `{"inputs": […], "outputs": […]}`, with a `fn_name` when they are arguments and not standard input (APPS, TACO).
fn paired(name: &str, object: &Map<String, Value>, hidden: bool) -> Result<Vec<Case>, String> {
    let (Some(Value::Array(inputs)), Some(Value::Array(outputs))) = (object.get("inputs"), object.get("outputs"))
    else {
        return Err(format!("`{name}` is an object without lists of `inputs` and `outputs`"));
    };
    if inputs.len() != outputs.len() {
        return Err(format!("`{name}` has {} inputs and {} outputs", inputs.len(), outputs.len()));
    }
    let function = object.get("fn_name").is_some_and(|name| !name.is_null());
    let case = |(input, output): (&Value, &Value)| {
        if !function {
            return Ok(Case::Run(Run { stdin: as_lines(input)?, stdout: as_lines(output)?, hidden }));
        }
        let Value::Array(args) = input else {
            return Err(format!("`{name}` has an input that is no list of arguments"));
        };
        let expected = Expected::Returns(output.clone());
        Ok(Case::Call(Call { args: args.clone(), kwargs: Map::new(), expected, leaves: None, hidden }))
    };
    inputs.iter().zip(outputs).map(case).collect()
}

/// Text, or a list of lines.
fn as_lines(value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Array(items) => {
            let lines: Option<Vec<_>> = items.iter().map(Value::as_str).collect();
            lines.map(|lines| lines.join("\n")).ok_or("an input or output is neither text nor a list of lines".into())
        }
        _ => Err("an input or output is neither text nor a list of lines".into()),
    }
}
