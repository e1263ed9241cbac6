//! How long completions are.

use crate::{
    completion::{Completion, kind},
    data::{RolloutRow, TOKENS},
    reward::{Length, Unit},
    source::Unfit,
};
use serde_json::Value;

/// The lengths of a row's completions, as [`lengths`] has them.
///
/// # Errors
/// A sentence saying what is wrong with the column `tokens`.
pub fn lengths_of_row(row: &RolloutRow, unit: Option<Unit>) -> Result<Vec<Length>, Unfit> {
    match row.columns.get(TOKENS).filter(|value| !value.is_null()) {
        None => lengths(&row.completions, None, unit),
        Some(Value::Array(tokens)) if row.plural => lengths(&row.completions, Some(tokens), unit),
        Some(other) if row.plural && unit != Some(Unit::Characters) => {
            Err(Unfit::from(format!("`{TOKENS}` must be a list, one entry per completion, not {}", kind(other))))
        }
        Some(one) => lengths(&row.completions, Some(std::slice::from_ref(one)), unit),
    }
}

/// The lengths of completions in `unit`; without one, in tokens where they are given, else in characters of all that the policy wrote.
/// `tokens` has a number, or the list of tokens, for each.
///
/// # Errors
/// A sentence saying what is wrong with `tokens`.
pub fn lengths(completions: &[Completion], tokens: Option<&[Value]>, unit: Option<Unit>) -> Result<Vec<Length>, Unfit> {
    match (unit, tokens) {
        (Some(Unit::Tokens), None) => {
            Err(Unfit::from(format!("the penalty counts tokens, but there are no `{TOKENS}` with their number")))
        }
        (Some(Unit::Characters), _) | (None, None) => Ok(completions
            .iter()
            .map(|completion| Length { count: completion.everything().chars().count() as u64, unit: Unit::Characters })
            .collect()),
        (_, Some(items)) if items.len() != completions.len() => {
            Err(Unfit::from(format!("`{TOKENS}` has {} entries for {} completions", items.len(), completions.len())))
        }
        (_, Some(items)) => items.iter().map(number).collect(),
    }
}

/// A number of tokens, or the length of a list of them.
fn number(value: &Value) -> Result<Length, Unfit> {
    let count = match value {
        Value::Number(number) => number.as_u64(),
        Value::Array(tokens) => Some(tokens.len() as u64),
        _ => None,
    };
    let wrong = || format!("`{TOKENS}` is a whole number of tokens, or the list of them, not {value}");
    Ok(Length { count: count.ok_or_else(wrong)?, unit: Unit::Tokens })
}
