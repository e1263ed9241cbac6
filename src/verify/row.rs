//! A prompt's row.

use super::plan_error::PlanError;
use crate::source::closest;
use serde_json::{Map, Value};

/// A prompt's row: its columns.
pub type Row = Map<String, Value>;

/// The value of a column.
pub(super) fn column_of<'a>(row: &'a Row, column: &str) -> Result<&'a Value, PlanError> {
    row.get(column).ok_or_else(|| {
        let names = || row.keys().map(String::as_str);
        let help = match closest(column, names()) {
            Some(name) => Some(format!("did you mean `{name}`?")),
            None if row.is_empty() => {
                Some("it comes from the prompts: give them with `--prompts`, or a case of the spec its `row`".into())
            }
            None => Some(format!("it has {}", names().collect::<Vec<_>>().join(", "))),
        };
        PlanError { help, ..PlanError::new(format!("the prompt's row has no column `{column}`")) }
    })
}
