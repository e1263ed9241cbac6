//! Cases in lists side by side: APPS, TACO and what is made of them (`inputs`, `outputs`, with a `fn_name` for calls), and
//! CodeContests (`input`, `output`).

use super::case::{Call, Case, Expected, Run};
use serde_json::{Map, Value};

/// The names that the two lists have.
const LISTS: [(&str, &str); 2] = [("inputs", "outputs"), ("input", "output")];

/// The function that an object of cases names.
pub(super) fn function(object: &Map<String, Value>) -> Option<&str> {
    ["fn_name", "func_name"].iter().find_map(|key| object.get(*key)?.as_str())
}

/// The two lists of an object of cases, if it is one.
pub(super) fn lists(object: &Map<String, Value>) -> Option<(&[Value], &[Value])> {
    let list = |key: &str| object.get(key).and_then(Value::as_array).map(Vec::as_slice);
    LISTS.iter().find_map(|(inputs, outputs)| Some((list(inputs)?, list(outputs)?)))
}

/// Its cases; each is read by itself.
pub(super) fn cases(
    inputs: &[Value],
    outputs: &[Value],
    calls: bool,
    hidden: bool,
) -> Result<Vec<Result<Case, String>>, String> {
    if inputs.len() != outputs.len() {
        return Err(format!("it has {} inputs and {} outputs", inputs.len(), outputs.len()));
    }
    let pairs = || inputs.iter().zip(outputs);
    if !calls {
        return Ok(pairs().map(|(input, output)| run(input, output, hidden)).collect());
    }
    // Where every expected value is in a list of one, nobody can tell whether the list belongs to it: the graders of these sets take both.
    let wrapped = outputs.iter().all(|output| matches!(output, Value::Array(items) if items.len() == 1));
    Ok(pairs().map(|(input, output)| call(input, output, wrapped, hidden)).collect())
}

fn run(input: &Value, output: &Value, hidden: bool) -> Result<Case, String> {
    Ok(Case::Run(Run { stdin: as_lines(input)?, stdout: as_lines(output)?, hidden }))
}

fn call(input: &Value, output: &Value, wrapped: bool, hidden: bool) -> Result<Case, String> {
    let (args, expected) = match (input, output) {
        (Value::Array(args), output) => (args.clone(), output.clone()),
        // As LiveCodeBench and PRIME have it: an argument a line, each as JSON, and so is the outcome.
        (Value::String(lines), Value::String(output)) => (argument_lines(lines)?, json(output)?),
        _ => return Err("an input is neither a list of arguments nor text with an argument a line".into()),
    };
    let expected = if wrapped { Expected::ReturnsItem(expected) } else { Expected::Returns(expected) };
    Ok(Case::Call(Call { whole_keys: true, ..Call::new(args, expected, hidden) }))
}

/// Arguments as text: JSON, one a line.
pub(super) fn argument_lines(text: &str) -> Result<Vec<Value>, String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(json).collect()
}

/// JSON as Python writes it.
pub(super) fn json(text: &str) -> Result<Value, String> {
    super::json_text::parse(text).map_err(|error| format!("`{text}` is no JSON: {error}"))
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
