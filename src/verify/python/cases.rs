//! Cases as people store them: our own form, and those of published data sets.

use super::{
    case::{Call, Case, Expected, Run},
    json_text, livecodebench,
    params::text,
    published,
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
    let harmless = || Call::new(Vec::new(), Expected::Raises("Exception".into()), false);
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

/// The function under test: as `function` says, which may be a column with LiveCodeBench's metadata or with the cases of APPS;
/// else as the cases say. Empty where nothing does.
pub(super) fn function_name(params: &Row) -> Result<String, String> {
    let given = text(params, "function").unwrap_or_default();
    if given.trim_start().starts_with('{') {
        let object = json_text::parse(given).map_err(|error| format!("`function` is JSON with a mistake: {error}"))?;
        let name = object.as_object().and_then(published::function);
        return name.map(str::to_owned).ok_or_else(|| "`function` is JSON without a `func_name` or `fn_name`".into());
    }
    if !given.is_empty() {
        check_function(given)?;
        return Ok(given.to_owned());
    }
    let said = |value: &Value| match value {
        Value::String(text) => {
            json_text::parse(text).ok()?.as_object().and_then(published::function).map(str::to_owned)
        }
        Value::Object(object) => published::function(object).map(str::to_owned),
        _ => None,
    };
    Ok(["cases", "hidden_cases"].iter().find_map(|name| said(params.get(*name)?)).unwrap_or_default())
}

fn read(name: &str, value: &Value, hidden: bool) -> Result<Vec<Result<Case, String>>, String> {
    match value {
        Value::String(text) => {
            let decoded = match json_text::parse(text) {
                Ok(value) => value,
                Err(error) => match livecodebench::unpack(text) {
                    Some(packed) => json_text::parse(&packed).map_err(|error| format!("`{name}`: {error}"))?,
                    None => return Err(format!("`{name}` is text that is no JSON: {error}")),
                },
            };
            if decoded.is_string() {
                return Err(format!("`{name}` must be a list of cases"));
            }
            read(name, &decoded, hidden)
        }
        Value::Array(items) => {
            let mut all = Vec::new();
            for (index, item) in items.iter().enumerate() {
                let place = |why: String| format!("`{name}[{index}]`: {why}");
                match item.as_object().and_then(published::lists) {
                    // Several columns of such lists.
                    Some(_) => all.extend(read(&format!("{name}[{index}]"), item, hidden)?),
                    None => all.push(one(item, hidden).map_err(place)),
                }
            }
            Ok(all)
        }
        Value::Object(object) => {
            let (inputs, outputs) = published::lists(object)
                .ok_or_else(|| format!("`{name}` is an object without lists of `inputs` and `outputs`"))?;
            let cases = published::cases(inputs, outputs, published::function(object).is_some(), hidden)
                .map_err(|why| format!("`{name}`: {why}"))?;
            let place = |(index, case): (usize, Result<Case, String>)| {
                case.map_err(|why| format!("`{name}`, case {}: {why}", index + 1))
            };
            Ok(cases.into_iter().enumerate().map(place).collect())
        }
        _ => Err(format!("`{name}` must be a list of cases")),
    }
}

fn one(item: &Value, hidden: bool) -> Result<Case, String> {
    let item = match item {
        Value::Object(item) => item,
        // As EvalPlus lists them.
        Value::Array(args) => return Ok(Case::Call(Call::new(args.clone(), Expected::ReferenceReturns, hidden))),
        _ => return Err("a case is an object such as `{args: [1, 2], returns: 3}`, or a list of arguments".into()),
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
    let call = Call::new(list("args")?.unwrap_or_default(), expected, hidden);
    Ok(Case::Call(Call { kwargs, leaves: list("leaves")?, ..call }))
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
