//! `difficulty`: `partial` that weighs each constraint by how rarely the rest of the group meets it.
//!
//! The weight exp(−α ρ) is that of VeRPO (arXiv 2601.03525, equation 8), ρ the rate at which the group meets the constraint.
//! Here ρ leaves out the completion that is rewarded, so that its own verdicts do not move its weights and its reward stays
//! monotone in them.

use super::{Param, Partial, Reward, Takes};
use crate::verdict::Outcome;
use std::fmt;

/// Credit for what is rarely met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difficulty {
    /// How a weighted share is paid.
    pub partial: Partial,
    /// α, at least 0: a constraint that all of many others meet weighs exp(−α) times one that none does. 0 is `partial`.
    pub alpha: f64,
}

impl Default for Difficulty {
    /// Full credit; α = 2, so that what none of many others meets weighs some seven times what all do; with three others, some three times.
    fn default() -> Self {
        Self { partial: Partial::default(), alpha: 2.0 }
    }
}

impl Difficulty {
    /// What a spec may say of it, beside what [`Partial`] takes.
    pub const PARAMS: &[Param] = &[Param {
        name: "alpha",
        doc: "how much more a constraint weighs that others of the group fail",
        is: "a number",
        takes: Takes::Within(0.0, 50.0),
        help: None,
        default: || Self::default().alpha.to_string(),
    }];
}

impl Difficulty {
    /// The rewards of a group. Rates are of scored verdicts, one met and one not added, so that without other completions
    /// this is `partial`.
    #[must_use]
    pub fn rewards(&self, group: &[Outcome]) -> Vec<Option<Reward>> {
        let places = group.first().map_or(0, |outcome| outcome.verdicts().len());
        let count = |place: usize, passed: bool| {
            group.iter().filter(|outcome| outcome.verdicts()[place].passed() == Some(passed)).count() as f64
        };
        let counts: Vec<(f64, f64)> = (0..places).map(|place| (count(place, true), count(place, false))).collect();
        let of = |outcome: &Outcome| {
            self.partial.weighted(outcome, |place, constraint| {
                let own = |passed: bool| f64::from(u8::from(outcome.verdicts()[place].passed() == Some(passed)));
                let (met, unmet) = (counts[place].0 - own(true), counts[place].1 - own(false));
                constraint.weight * (-self.alpha * (met + 1.0) / (met + unmet + 2.0)).exp()
            })
        };
        group.iter().map(of).collect()
    }

    /// The reward of a completion of which no others are known: that of `partial`.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        self.partial.reward(outcome)
    }
}

impl fmt::Display for Difficulty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let partial = self.partial.to_string();
        match partial.strip_prefix("partial (") {
            Some(settings) => write!(f, "difficulty (alpha {}, {settings}", self.alpha),
            None => write!(f, "difficulty (alpha {})", self.alpha),
        }
    }
}
