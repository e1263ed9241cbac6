//! A row of a rollouts file: one prompt with its completions, or one completion.

use super::{
    ended::{FINISH_REASON, TRUNCATED, endings},
    several::of_several,
};
use crate::{
    completion::{Completion, Ended},
    source::{Unfit, closest},
};
use serde_json::{Map, Value};

/// Columns that say of which group a row is.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'a> {
    /// With the prompt's id.
    pub id: &'a str,
    /// With the step of training, and whatever else sets policies apart: completions of a prompt at two steps are two groups.
    pub steps: &'a [&'static str],
}

impl<'a> Keys<'a> {
    /// Of rows whose completions are all of one policy.
    #[must_use]
    pub fn id(id: &'a str) -> Self {
        Self { id, steps: &[] }
    }
}

/// A row of a rollouts file.
#[derive(Clone, Debug)]
pub struct RolloutRow {
    /// The prompt's id, as text.
    pub id: String,
    /// The step that it is of, as text, where steps are told apart.
    pub step: Option<String>,
    /// The completions: all of the row's `completions`, or its one `completion`.
    pub completions: Vec<Completion>,
    /// How each of them ended.
    pub ended: Vec<Ended>,
    /// Whether the row has the plural form, so that other columns are lists parallel to the completions.
    pub plural: bool,
    /// All other columns.
    pub columns: Map<String, Value>,
}

impl RolloutRow {
    /// The columns with a meaning of their own.
    pub const COLUMNS: [&str; 5] = ["completions", "completion", TRUNCATED, FINISH_REASON, ERROR];

    /// Reads a row. Where `only` some columns matter, the completions may be absent, or be the
    /// numbers that `fullmarks score` writes; without them those columns say whether they are of several completions.
    ///
    /// # Errors
    /// A sentence naming the column that is missing or wrong.
    pub fn from_row(mut row: Map<String, Value>, keys: Keys<'_>, only: Option<&[&str]>) -> Result<Self, Unfit> {
        let column = keys.id;
        let id = match row_id(&row, column) {
            Err(why) if !row.contains_key(column) => {
                Err(Unfit::from(format!("{why}: `--id` names the one with the prompt's id")))?
            }
            known => known?,
        };
        row.remove(column);
        failed(&row)?;
        let step = step(&row, keys.steps);
        let (plural, completions) = match (row.remove("completions"), row.remove("completion")) {
            (Some(_), Some(_)) => return Err("it has both `completions` and `completion`; give one of them".into()),
            (Some(Value::Array(completions)), None) => (true, completions),
            (Some(other), None) => {
                return Err(Unfit::from(format!(
                    "`completions` must be a list, not {}",
                    crate::completion::kind(&other)
                )));
            }
            (None, Some(Value::Number(_))) if only.is_some() => (false, Vec::new()),
            (None, Some(completion)) => (false, vec![completion]),
            (None, None) => match only {
                Some(only) => (only.iter().filter_map(|name| row.get(*name)).any(of_several), Vec::new()),
                None => return Err(missing(&row).into()),
            },
        };
        if plural && completions.is_empty() && only.is_none() {
            return Err("`completions` is empty".into());
        }
        let read = |(index, completion)| {
            Completion::from_json(completion)
                .map_err(|why| if plural { format!("completions[{index}]: {why}").into() } else { why })
        };
        let completions = completions.into_iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
        let ended = ended(&row, completions.len(), plural)?;
        Ok(Self { id, step, completions, ended, plural, columns: row })
    }
}

/// The column with what went wrong on our side of the policy.
const ERROR: &str = "error";

/// A request that failed and brought nothing is no answer of the policy.
fn failed(row: &Map<String, Value>) -> Result<(), Unfit> {
    let Some(error) = row.get(ERROR).filter(|error| !error.is_null()) else { return Ok(()) };
    let nothing = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    let said = error.as_str().map_or_else(|| error.to_string(), str::to_owned);
    if ["completion", "completions"].iter().filter_map(|name| row.get(*name)).any(nothing) {
        return Err(format!("the request failed: {said}").into());
    }
    Ok(())
}

fn step(row: &Map<String, Value>, columns: &[&str]) -> Option<String> {
    let values: Vec<String> = columns
        .iter()
        .filter_map(|name| row.get(*name))
        .filter(|value| !value.is_null())
        .map(Value::to_string)
        .collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// How the completions of a row ended, by its columns: one value for one completion, and a list, or one value for all, for several.
fn ended(row: &Map<String, Value>, count: usize, plural: bool) -> Result<Vec<Ended>, String> {
    let column = |name: &str| match row.get(name) {
        None | Some(Value::Null) => None,
        Some(Value::Array(items)) if plural => Some(items.clone()),
        Some(one) => Some(vec![one.clone(); count]),
    };
    endings(count, column(TRUNCATED).as_deref(), column(FINISH_REASON).as_deref())
}

/// Below it every whole number is told from its neighbours (2⁵³).
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The id of a row, as text; numbers are written out.
///
/// # Errors
/// A sentence naming the column.
pub fn row_id(row: &Map<String, Value>, column: &str) -> Result<String, Unfit> {
    let id = row.get(column).ok_or_else(|| missing_column(row, column))?;
    id_text(id).map_err(|why| format!("`{column}` {why}").into())
}

/// An id as text: text as it is, and a whole number, also where a table with a gap in its column has made `1.0` of it.
///
/// # Errors
/// What it must be instead, and is not.
pub fn id_text(id: &Value) -> Result<String, Unfit> {
    match id {
        Value::String(id) => Ok(id.clone()),
        Value::Number(id) if id.is_i64() || id.is_u64() => Ok(id.to_string()),
        Value::Number(id) => match id.as_f64().filter(|id| id == &id.trunc() && id.abs() < EXACT) {
            Some(whole) => Ok((whole as i64).to_string()),
            None => Err(Unfit::from(format!(
                "must be text or a whole number that JSON does not round, not {id}: write it as text"
            ))),
        },
        other => Err(Unfit::from(format!("must be text or a number, not {}", crate::completion::kind(other)))),
    }
}

/// Says that a column is missing, and which one may have been meant.
#[must_use]
pub fn missing_column(row: &Map<String, Value>, column: &str) -> String {
    let names: Vec<_> = row.keys().map(String::as_str).collect();
    match closest(column, names.iter().copied()) {
        Some(name) => format!("there is no column `{column}` (did you mean `{name}`?)"),
        None if names.is_empty() => format!("there is no column `{column}` (there are no other columns)"),
        None => format!("there is no column `{column}` (it has {})", names.join(", ")),
    }
}

/// What tools call the completion.
const LIKELY: [&str; 9] =
    ["response", "responses", "output", "outputs", "generated_text", "generation", "answer", "text", "prediction"];

fn missing(row: &Map<String, Value>) -> String {
    let names: Vec<_> = row.keys().map(String::as_str).collect();
    let meant = names.iter().find_map(|name| closest(name, ["completions", "completion"]).map(|meant| (name, meant)));
    let likely = LIKELY.iter().find(|name| row.contains_key(**name));
    let hint = match (meant, likely) {
        (Some((name, meant)), _) => format!(": is `{name}` meant to be `{meant}`?"),
        (None, Some(name)) => format!(": is it in `{name}`? Then add `--completion {name}`"),
        (None, None) if names.is_empty() => String::new(),
        (None, None) => format!(" (besides the id it has {}): `--completion` names its column", names.join(", ")),
    };
    format!("it has neither `completions` nor `completion`{hint}")
}
