//! `partial`: 1 when every constraint is met, else `credit` times the weighted mean of the constraints' scores, and 0
//! once a required constraint failed.

use super::Reward;
use crate::verdict::Outcome;

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
    /// `credit · Σ wᵢ·scoreᵢ / Σ wᵢ` for an outcome that is not full. Unknown as soon as anything is unscored, unless a
    /// required constraint failed already.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        if outcome.iter().any(|(constraint, verdict)| constraint.required && verdict.passed() == Some(false)) {
            return Some(Reward::ZERO);
        }
        if outcome.full() == Some(true) {
            return Some(Reward::FULL);
        }
        let mut earned = 0.0;
        let mut total = 0.0;
        for (constraint, verdict) in outcome.iter() {
            earned += constraint.weight * verdict.score()?;
            total += constraint.weight;
        }
        Some(Reward::new(self.credit * earned / total))
    }
}
