//! Numbers that travel along with completions: rewards, truths, log-probabilities.

use super::{RolloutRow, missing_column};
use crate::{completion::kind, source::Unfit};
use serde_json::Value;

/// Beyond these, sums of rewards lose what they are about.
const LARGEST: f64 = 1e12;

/// What rounding may leave above 0 of the logarithm of a probability of 1.
pub(super) const ROUNDING: f64 = 1e-6;

impl RolloutRow {
    /// A column of rewards, one of each completion: numbers, or true and false for 1 and 0.
    ///
    /// # Errors
    /// A sentence naming the column and place: missing, null, text, not finite, or beyond ±1e12.
    pub fn rewards(&self, column: &str) -> Result<Vec<f64>, Unfit> {
        self.per_completion(column, reward)
    }

    /// The same, with `None` where it holds null: a reward that does not apply to the completion.
    ///
    /// # Errors
    /// As [`RolloutRow::rewards`], but for null.
    pub fn logged_rewards(&self, column: &str) -> Result<Vec<Option<f64>>, Unfit> {
        self.per_completion(column, |place, value| match value {
            Value::Null => Ok(None),
            value => reward(place, value).map(Some),
        })
    }

    /// A column of log-probabilities of whole completions, in nats; `None` where it holds null.
    ///
    /// # Errors
    /// A sentence naming the column and place: missing, not a number, or above 0.
    pub fn logprobs(&self, column: &str) -> Result<Vec<Option<f64>>, Unfit> {
        let logprob = |place: &str, value: &Value| match value {
            Value::Null => Ok(None),
            Value::Number(number) => match number.as_f64() {
                Some(logprob) if (-LARGEST..=ROUNDING).contains(&logprob) => Ok(Some(logprob.min(0.0))),
                _ => Err(Unfit::from(format!(
                    "`{place}` is {number}: a log-probability is at most 0, and that of the whole completion in nats"
                ))),
            },
            other => Err(Unfit::from(format!("`{place}` must be a log-probability or null, not {}", kind(other)))),
        };
        self.per_completion(column, logprob)
    }

    fn per_completion<T>(
        &self,
        column: &str,
        read: impl Fn(&str, &Value) -> Result<T, Unfit>,
    ) -> Result<Vec<T>, Unfit> {
        let value = self.columns.get(column).ok_or_else(|| missing_column(&self.columns, column))?;
        let items = match value {
            Value::Array(items) if self.plural => items.as_slice(),
            other if self.plural => {
                return Err(Unfit::from(format!(
                    "`{column}` must be a list, one entry per completion, not {}",
                    kind(other)
                )));
            }
            single => return Ok(vec![read(column, single)?]),
        };
        if !self.completions.is_empty() && items.len() != self.completions.len() {
            let (entries, completions) = (items.len(), self.completions.len());
            return Err(Unfit::from(format!("`{column}` has {entries} entries for {completions} completions")));
        }
        let one = |(index, item): (usize, &Value)| read(&format!("{column}[{index}]"), item);
        items.iter().enumerate().map(one).collect()
    }
}

/// One reward.
fn reward(place: &str, value: &Value) -> Result<f64, Unfit> {
    match value {
        Value::Bool(yes) => Ok(f64::from(u8::from(*yes))),
        Value::Number(number) => match number.as_f64() {
            Some(reward) if reward.abs() <= LARGEST => Ok(reward),
            _ => Err(Unfit::from(format!("`{place}` is {number}: a reward lies between -1e12 and 1e12"))),
        },
        Value::Null => Err(Unfit::from(format!(
            "`{place}` is null: a reward is a number; leave the completion out if it has none"
        ))),
        Value::Array(_) => Err(Unfit::from(format!(
            "`{place}` must be a number, or true or false, not a list: if it holds verdicts, name it with --verdicts"
        ))),
        other => Err(Unfit::from(format!("`{place}` must be a number, or true or false, not {}", kind(other)))),
    }
}
