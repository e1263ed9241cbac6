//! `partial`: 1 when every constraint is met, else `credit` times the weighted mean of the constraints' scores, and 0
//! once a required constraint failed.

use super::Reward;
use crate::verdict::{Constraint, Outcome, Verdict};

/// Credit for the share that is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Partial {
    /// What an all-but-full outcome is worth, in [0, 1]; 0 is `binary`.
    pub credit: f64,
}

impl Default for Partial {
    fn default() -> Self {
        Self { credit: 1.0 }
    }
}

impl Partial {
    /// `credit · Σ wᵢ·scoreᵢ / Σ wᵢ` for an outcome that is not full, and always below 1. Known as soon as nothing unscored
    /// can change it: once a required constraint failed, or anything at all when `credit` is 0.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        let failed = |(constraint, verdict): (&Constraint, &Verdict)| {
            verdict.passed() == Some(false) && (constraint.required || self.credit == 0.0)
        };
        if outcome.iter().any(failed) {
            return Some(Reward::ZERO);
        }
        if outcome.full()? {
            return Some(Reward::FULL);
        }
        // Weights relative to the largest, so that no sum overflows.
        let largest = outcome.constraints().iter().map(|constraint| constraint.weight).fold(0.0, f64::max);
        let mut earned = 0.0;
        let mut total = 0.0;
        for (constraint, verdict) in outcome.iter() {
            let weight = constraint.weight / largest;
            earned += weight * verdict.score()?;
            total += weight;
        }
        // A weight too small to change the sum must not make the answer full.
        Some(Reward::new((self.credit * earned / total).min(1.0_f64.next_down())))
    }
}
