//! A batch as trainers give it, converted.

use crate::{
    errors,
    json::{from_python, kind},
};
use fullmarks::task::{Batch, Task};
use pyo3::{
    prelude::*,
    types::{PyBytes, PyDict, PyString},
};
use serde_json::{Map, Value};

/// What comes with the completions.
pub(crate) struct Beside<'a, 'py> {
    pub(crate) ids: Option<&'a Bound<'py, PyAny>>,
    pub(crate) prompts: Option<&'a Bound<'py, PyAny>>,
    pub(crate) columns: Option<&'a Bound<'py, PyDict>>,
    pub(crate) tokens: Option<&'a Bound<'py, PyAny>>,
    pub(crate) truncated: Option<&'a Bound<'py, PyAny>>,
    pub(crate) finish_reasons: Option<&'a Bound<'py, PyAny>>,
    pub(crate) progress: Option<f64>,
}

/// Converts the arguments. Of rows and columns only what the spec looks at: data sets hold more than JSON has a form for.
pub(crate) fn read(task: &Task, completions: &Bound<'_, PyAny>, beside: &Beside<'_, '_>) -> PyResult<Batch> {
    let used = task.spec().columns_used();
    let prompt = |prompt: &Bound<'_, PyAny>| {
        let Ok(row) = prompt.cast::<PyDict>() else { return from_python(prompt) };
        let mut kept = Map::new();
        for column in &used {
            if let Some(value) = row.get_item(column).map_err(|error| error.to_string())? {
                kept.insert((*column).to_owned(), named(column, &value)?);
            }
        }
        Ok(Value::Object(kept))
    };
    let columns = |columns: &Bound<'_, PyDict>| {
        let mut kept = Vec::new();
        for column in &used {
            if let Some(values) = columns.get_item(column)? {
                kept.push(((*column).to_owned(), each(column, &values, |value| named(column, value))?));
            }
        }
        Ok::<_, PyErr>(kept)
    };
    Ok(Batch {
        completions: each("completions", completions, from_python)?,
        ids: beside.ids.map(|ids| each("ids", ids, from_python)).transpose()?,
        prompts: beside.prompts.map(|prompts| each("prompts", prompts, prompt)).transpose()?,
        columns: beside.columns.map(columns).transpose()?,
        tokens: beside.tokens.map(|tokens| each("tokens", tokens, tokens_of)).transpose()?,
        truncated: beside.truncated.map(|flags| each("truncated", flags, from_python)).transpose()?,
        finish_reasons: beside.finish_reasons.map(|words| each("finish_reasons", words, from_python)).transpose()?,
        progress: beside.progress,
    })
}

/// A number of tokens. Of a list, which may be a tensor, only the length matters.
fn tokens_of(tokens: &Bound<'_, PyAny>) -> Result<Value, String> {
    match tokens.extract::<u64>() {
        Ok(number) => Ok(number.into()),
        Err(_) => tokens
            .len()
            .map(Value::from)
            .map_err(|_| format!("`tokens` is a whole number of tokens, or the list of them, not {}", kind(tokens))),
    }
}

fn named(column: &str, value: &Bound<'_, PyAny>) -> Result<Value, String> {
    from_python(value).map_err(|why| format!("`{column}`: {why}"))
}

/// Converts every item of an argument.
fn each(
    name: &str,
    items: &Bound<'_, PyAny>,
    convert: impl Fn(&Bound<'_, PyAny>) -> Result<Value, String>,
) -> PyResult<Vec<Value>> {
    let py = items.py();
    let no_list = || {
        let message = format!("`{name}` must have one entry per completion, and is {}", kind(items));
        errors::batch(py, message)
    };
    if items.cast::<PyString>().is_ok() || items.cast::<PyBytes>().is_ok() || items.cast::<PyDict>().is_ok() {
        return Err(no_list());
    }
    let mut converted = Vec::with_capacity(items.len().unwrap_or_default());
    for (index, item) in items.try_iter().map_err(|_| no_list())?.enumerate() {
        converted.push(convert(&item?).map_err(|why| errors::sample(py, index, why))?);
    }
    Ok(converted)
}
