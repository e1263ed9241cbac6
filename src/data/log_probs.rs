//! Log-probabilities of completions under the policy, read from a column of the rollouts.

use super::{RolloutRow, missing_column, numbers::ROUNDING};
use crate::{completion::kind, source::Unfit};
use serde_json::Value;

/// Reads from one column how likely the policy finds each completion, token by token.
///
/// Per completion the column holds the log-probabilities of its tokens, a list of numbers; or their sum, and then the column `tokens` says how
/// many they are. `null` is one that is not known. In a row with `completions` it is a list of these.
#[derive(Clone, Debug)]
pub struct LogProbs {
    /// The column.
    pub column: String,
}

/// The column with the number of tokens of each completion, or the tokens themselves.
pub const TOKENS: &str = "tokens";

impl LogProbs {
    /// The mean log-probability of a token, of each completion of a row, in nats; at most 0.
    ///
    /// # Errors
    /// A sentence naming what does not fit.
    pub fn means(&self, row: &RolloutRow, completions: usize) -> Result<Vec<Option<f64>>, Unfit> {
        let logprobs = of_completions(row, &self.column, completions)?
            .ok_or_else(|| missing_column(&row.columns, &self.column))?;
        let tokens = of_completions(row, TOKENS, completions)?;
        let mean = |(place, value): (usize, &Value)| {
            let at = || if row.plural { format!("`{}[{place}]`", self.column) } else { format!("`{}`", self.column) };
            match value {
                Value::Null => Ok(None),
                Value::Array(items) if items.is_empty() => Ok(None),
                Value::Array(items) => {
                    let sum: f64 = items.iter().map(|item| number(item, &at())).sum::<Result<_, _>>()?;
                    Ok(Some(sum / items.len() as f64))
                }
                single => {
                    let sum = number(single, &at())?;
                    let tokens = tokens.as_ref().and_then(|tokens| tokens[place].as_u64()).filter(|count| *count > 0);
                    let tokens = tokens.ok_or_else(|| {
                        format!(
                            "{} is a sum: give the number of its tokens in a column `{TOKENS}`, or a list with the log-probability of \
                             each token",
                            at()
                        )
                    })?;
                    Ok(Some(sum / tokens as f64))
                }
            }
        };
        logprobs.into_iter().enumerate().map(mean).collect()
    }
}

/// The values of a column, one for each completion; `None` when there is no such column.
fn of_completions<'a>(row: &'a RolloutRow, column: &str, completions: usize) -> Result<Option<Vec<&'a Value>>, Unfit> {
    match row.columns.get(column) {
        None => Ok(None),
        Some(value) if !row.plural => Ok(Some(vec![value])),
        Some(Value::Array(items)) if items.len() == completions => Ok(Some(items.iter().collect())),
        Some(Value::Array(items)) => {
            Err(Unfit::from(format!("`{column}` has {} entries for {completions} completions", items.len())))
        }
        Some(other) => {
            Err(Unfit::from(format!("`{column}` must be a list, one entry per completion, not {}", kind(other))))
        }
    }
}

fn number(value: &Value, at: &str) -> Result<f64, Unfit> {
    let number = value.as_f64().ok_or_else(|| format!("{at} must hold numbers, not {}", kind(value)))?;
    if number <= ROUNDING {
        Ok(number.min(0.0))
    } else {
        Err(Unfit::from(format!("{at} holds {number}: the logarithm of a probability is at most 0")))
    }
}
