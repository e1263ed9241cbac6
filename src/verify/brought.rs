//! The constraints a prompt brings: their checkers' ids and parameters, out of the columns of its row.

use super::{
    plan_error::PlanError,
    python_literal,
    row::{Row, column_of},
};
use crate::{
    completion::kind,
    spec::{Catalogue, FromColumns},
};
use serde_json::Value;

/// A constraint as a prompt's row has it, its two parts with their places for messages.
pub(super) struct Brought {
    pub(super) id: String,
    pub(super) params: Row,
}

/// Before the ids of English instructions in M-IFEval, which are IFEval's.
const ENGLISH: &str = "en:";

impl Brought {
    /// The id of the checker that it names.
    pub(super) fn checker(&self, catalogue: &Catalogue) -> &str {
        match self.id.strip_prefix(ENGLISH) {
            Some(english) if catalogue.get(&self.id).is_none() => english,
            _ => &self.id,
        }
    }
}

/// The constraints of a row, in order.
pub(super) fn brought(columns: &FromColumns, row: &Row) -> Result<Vec<Brought>, PlanError> {
    let (ids, params, places) = match columns {
        FromColumns::Apart { ids, params } => {
            let found = (list(ids, column_of(row, ids)?)?, list(params, column_of(row, params)?)?);
            (found.0, found.1, [ids.clone(), params.clone()])
        }
        FromColumns::Together(column) => {
            let (ids, params) = together(column, column_of(row, column)?)?;
            (ids, params, [format!("{column}: {IDS}"), format!("{column}: {PARAMS}")])
        }
    };
    let [a, b] = places;
    if ids.len() != params.len() {
        let (ids, params) = (ids.len(), params.len());
        return Err(PlanError::new(format!("`{a}` has {ids} entries and `{b}` has {params}; they must match")));
    }
    let pairs = ids.into_iter().zip(params).enumerate();
    pairs
        .map(|(index, (id, params))| {
            let Value::String(id) = id else {
                return Err(PlanError::new(format!("`{a}[{index}]` must be a checker's id, not {}", kind(&id))));
            };
            Ok(Brought { id, params: object(&format!("{b}[{index}]"), params)? })
        })
        .collect()
}

const IDS: &str = "instruction_id";
const PARAMS: &str = "kwargs";

/// How deep lists and texts around the object may nest.
const DEEPEST: usize = 4;

/// The two lists of IF-RLVR's `ground_truth`: an object alone in a list, or in two; each as it is, or as JSON text or as
/// Python writes it.
fn together(column: &str, value: &Value) -> Result<(Vec<Value>, Vec<Value>), PlanError> {
    let wanted = || format!("`{column}` must be `[{{\"{IDS}\": […], \"{PARAMS}\": […]}}]`, or text of it");
    let mut value = value.clone();
    for _ in 0..DEEPEST {
        value = match value {
            Value::String(text) => parse(&text).map_err(|why| PlanError::new(format!("{}: {why}", wanted())))?,
            Value::Array(items) if items.len() == 1 => items.into_iter().next().unwrap_or_default(),
            other => {
                value = other;
                break;
            }
        };
    }
    let Value::Object(mut object) = value else {
        return Err(PlanError::new(format!("{}, not {}", wanted(), kind(&value))));
    };
    let (ids, params) = (object.remove(IDS), object.remove(PARAMS));
    match (ids, params, object.keys().next()) {
        (Some(Value::Array(ids)), Some(Value::Array(params)), None) => Ok((ids, params)),
        (_, _, Some(key)) => Err(PlanError::new(format!("{}; it has `{key}`", wanted()))),
        _ => Err(PlanError::new(format!("{}; one of the lists is missing", wanted()))),
    }
}

/// JSON, or a Python literal: data sets hold both.
fn parse(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).or_else(|_| python_literal::parse(text))
}

/// A list, or JSON text of one.
fn list(column: &str, value: &Value) -> Result<Vec<Value>, PlanError> {
    match value {
        Value::Array(items) => Ok(items.clone()),
        Value::String(text) => serde_json::from_str(text)
            .map_err(|error| PlanError::new(format!("`{column}` is text that is no JSON list: {error}"))),
        other => Err(PlanError::new(format!("`{column}` must be a list, not {}", kind(other)))),
    }
}

/// An object, JSON text of one, or null for none.
fn object(place: &str, value: Value) -> Result<Row, PlanError> {
    match value {
        Value::Object(object) => Ok(object),
        Value::Null => Ok(Row::new()),
        Value::String(text) => serde_json::from_str(&text)
            .map_err(|error| PlanError::new(format!("`{place}` is text that is no JSON object: {error}"))),
        other => Err(PlanError::new(format!("`{place}` must be an object, not {}", kind(&other)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Result<(Vec<Value>, Vec<Value>), String> {
        together("ground_truth", &value).map_err(|error| error.to_string())
    }

    #[test]
    fn reads_the_column_however_it_is_wrapped() {
        let object = json!({"instruction_id": ["a:b"], "kwargs": [null]});
        let python = "[{'instruction_id': ['a:b'], 'kwargs': [None]}]";
        for value in [
            object.clone(),
            json!([object]),
            json!(json!([object]).to_string()),
            json!(python),
            json!([python]),
            json!([json!(object).to_string()]),
        ] {
            assert_eq!(read(value.clone()), Ok((vec![json!("a:b")], vec![Value::Null])), "{value}");
        }
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for (value, why) in [
            (json!(7), "not a number"),
            (json!([]), "not a list"),
            (json!("[{'func_name': 'verify'}]"), "it has `func_name`"),
            (json!("[{'instruction_id': ['a:b']}]"), "one of the lists is missing"),
            (json!("[{'instruction_id': ["), "ends too early"),
            (json!({"instruction_id": ["a:b"], "kwargs": [null], "weights": [1]}), "it has `weights`"),
        ] {
            let error = read(value.clone()).expect_err(&value.to_string());
            assert!(error.contains(why), "{value}: {error}");
        }
    }
}
