//! The penalty on long completions: the soft overlong punishment of DAPO (arXiv 2503.14476, equation 13).

use super::named::named;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A penalty that grows over the last `soft` units before `max`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlong {
    /// Length from which the penalty is whole (beyond which, where `soft` is 0), at least 1 (L_max).
    pub max: u64,
    /// Length before `max` over which it grows, at most `max` (L_cache). 0: all or nothing.
    pub soft: u64,
    /// The whole penalty, above 0 and at most 1. DAPO takes 1, from rewards of ±1.
    pub at_most: f64,
    /// What length is counted in; `None`: tokens where they are given, else characters.
    pub unit: Option<Unit>,
}

/// What a length is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// Tokens, from the rollouts' `tokens` column.
    Tokens,
    /// Unicode characters of all that the policy wrote, its thinking included.
    Characters,
}

named!(Unit as NAMES { Tokens = "tokens", Characters = "characters" });

/// How long a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    /// How many.
    pub count: u64,
    /// Of what.
    pub unit: Unit,
}

impl Overlong {
    /// The penalty, from 0 to `at_most`: 0 up to `max − soft`, then in proportion, and whole from `max` on.
    #[must_use]
    pub fn penalty(&self, length: u64) -> f64 {
        let free = self.max.saturating_sub(self.soft);
        if length <= free {
            0.0
        } else if length >= self.max {
            self.at_most
        } else {
            self.at_most * (length - free) as f64 / self.soft as f64
        }
    }
}

impl fmt::Display for Overlong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { max, soft, at_most, unit } = self;
        write!(f, "overlong (max {max}, soft {soft}, at most {at_most}")?;
        match unit {
            Some(unit) => write!(f, ", in {})", unit.name()),
            None => f.write_str(")"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// DAPO's own numbers, by hand: L_max = 20,480, L_cache = 4,096; half-way through the cache the punishment is a half.
    #[test]
    fn is_that_of_the_paper() {
        let overlong = Overlong { max: 20_480, soft: 4_096, at_most: 1.0, unit: None };
        for (length, penalty) in [(0, 0.0), (16_384, 0.0), (17_408, 0.25), (18_432, 0.5), (20_480, 1.0), (99_999, 1.0)]
        {
            assert_eq!(overlong.penalty(length), penalty, "{length}");
        }
        let hard = Overlong { soft: 0, ..overlong };
        assert_eq!([hard.penalty(20_479), hard.penalty(20_480), hard.penalty(20_481)], [0.0, 0.0, 1.0]);
    }
}
