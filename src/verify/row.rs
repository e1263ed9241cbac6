//! A prompt's row.

use super::plan_error::PlanError;
use crate::{
    completion::kind as json_kind,
    source::closest,
    spec::{Kind, ParamSource},
};
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

/// The value of a parameter. Where a list of texts is wanted, one text of a column is a list of one, and a column with several texts adds
/// them all to the list in which it stands.
pub(super) fn value_of(source: &ParamSource, kind: Option<&Kind>, row: &Row) -> Result<Value, PlanError> {
    let texts = kind == Some(&Kind::Texts);
    match source {
        ParamSource::Literal(value) => Ok(value.clone()),
        ParamSource::Column(column) => match column_of(row, column)? {
            Value::String(text) if texts => Ok(Value::Array(vec![text.as_str().into()])),
            value => Ok(value.clone()),
        },
        ParamSource::List(items) => {
            let mut list = Vec::new();
            for item in items {
                match (item, value_of(item, kind, row)?) {
                    (ParamSource::Column(_), Value::Array(several)) if texts => list.extend(several),
                    (ParamSource::Column(column), other) if texts && !other.is_string() => {
                        let found = json_kind(&other);
                        return Err(PlanError::new(format!("`{column}` must be text or a list of texts, not {found}")));
                    }
                    (_, value) => list.push(value),
                }
            }
            Ok(Value::Array(list))
        }
    }
}
