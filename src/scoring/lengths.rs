//! How long completions are.

use crate::{
    completion::kind,
    data::RolloutRow,
    reward::{Length, Unit},
};
use serde_json::Value;

/// The column with the number of tokens, or the tokens themselves.
const TOKENS: &str = "tokens";

/// The lengths of a row's completions in `unit`; without one, in tokens where the row has them, else in characters of all that
/// the policy wrote.
///
/// # Errors
/// A sentence saying what is wrong with the column `tokens`.
pub(super) fn lengths(row: &RolloutRow, unit: Option<Unit>) -> Result<Vec<Length>, String> {
    let given = row.columns.get(TOKENS).filter(|value| !value.is_null());
    match (unit, given) {
        (Some(Unit::Tokens), None) => {
            Err(format!("the penalty counts tokens, but there is no column `{TOKENS}` with their number"))
        }
        (Some(Unit::Characters), _) | (None, None) => Ok(row
            .completions
            .iter()
            .map(|completion| Length { count: completion.everything().chars().count() as u64, unit: Unit::Characters })
            .collect()),
        (_, Some(Value::Array(items))) if row.plural => {
            let (given, wanted) = (items.len(), row.completions.len());
            if given != wanted {
                return Err(format!("`{TOKENS}` has {given} entries for {wanted} completions"));
            }
            items.iter().map(tokens).collect()
        }
        (_, Some(other)) if row.plural => {
            Err(format!("`{TOKENS}` must be a list, one entry per completion, not {}", kind(other)))
        }
        (_, Some(value)) => Ok(vec![tokens(value)?]),
    }
}

/// A number of tokens, or the length of a list of them.
fn tokens(value: &Value) -> Result<Length, String> {
    let count = match value {
        Value::Number(number) => number.as_u64(),
        Value::Array(tokens) => Some(tokens.len() as u64),
        _ => None,
    };
    let wrong = || format!("`{TOKENS}` is a whole number of tokens, or the list of them, not {value}");
    Ok(Length { count: count.ok_or_else(wrong)?, unit: Unit::Tokens })
}
