//! `partial`: 1 when every constraint is met, else credit for the share that is, and 0 once a required constraint or a gate
//! failed. The share of unit tests passed as a reward goes back to RLTF (arXiv 2307.04349); threshold, power and cap are the
//! usual ways to make it pay less for less.

use super::{Param, Reward, Takes, kleene};
use crate::verdict::{Constraint, Outcome, Verdict};
use std::fmt;

/// Credit for the share that is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Partial {
    /// What an all-but-full outcome is worth, in [0, 1]; 0 is `binary`.
    pub credit: f64,
    /// Shares below this earn nothing, in [0, 1].
    pub threshold: f64,
    /// The share's exponent, above 0: beyond 1, small shares earn less than their part.
    pub power: f64,
    /// The most that an outcome which is not full can earn, in [0, 1].
    pub cap: f64,
}

impl Default for Partial {
    fn default() -> Self {
        Self { credit: 1.0, threshold: 0.0, power: 1.0, cap: 1.0 }
    }
}

impl Partial {
    /// What a spec may say of it, and of every scheme that pays a share.
    pub const PARAMS: &[Param] = &[
        Param {
            name: "credit",
            doc: "what an answer that meets all but nothing of weight would be worth (for `annealed` at the start, for `adaptive` the most it may choose)",
            is: "a number",
            takes: Takes::Within(0.0, 1.0),
            help: None,
            default: || Self::default().credit.to_string(),
        },
        Param {
            name: "threshold",
            doc: "shares below this earn nothing",
            is: "a number",
            takes: Takes::Within(0.0, 1.0),
            help: None,
            default: || Self::default().threshold.to_string(),
        },
        Param {
            name: "power",
            doc: "exponent of the share",
            is: "a number",
            takes: Takes::Above(0.0),
            help: Some("2 pays a half of the constraints a quarter of the credit"),
            default: || Self::default().power.to_string(),
        },
        Param {
            name: "cap",
            doc: "the most that an answer which is not full can earn",
            is: "a number",
            takes: Takes::Within(0.0, 1.0),
            help: None,
            default: || Self::default().cap.to_string(),
        },
    ];
}

impl Partial {
    /// Credit in proportion to the share.
    #[must_use]
    pub fn with_credit(credit: f64) -> Self {
        Self { credit, ..Self::default() }
    }

    /// For an outcome that is not full, with s = Σ wᵢ·scoreᵢ / Σ wᵢ over the constraints that are no gates: 0 where s is below
    /// the threshold, else `min(credit · s^power, cap)`, and always below 1. Known as soon as nothing unscored can change it.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        self.weighted(outcome, |_, constraint| constraint.weight)
    }

    /// The same with other weights, above 0 and finite, by a constraint's place.
    pub(super) fn weighted(&self, outcome: &Outcome, weight: impl Fn(usize, &Constraint) -> f64) -> Option<Reward> {
        let forfeits = |(constraint, verdict): (&Constraint, &Verdict)| {
            (constraint.required || constraint.gate) && verdict.passed() == Some(false)
        };
        if outcome.iter().any(forfeits) {
            return Some(Reward::ZERO);
        }
        if outcome.full() == Some(true) {
            return Some(Reward::FULL);
        }
        let counting = outcome.constraints().iter().enumerate().filter(|(_, constraint)| !constraint.gate);
        let weights: Vec<(usize, f64)> =
            counting.map(|(place, constraint)| (place, weight(place, constraint))).collect();
        // Weights relative to the largest, so that no sum overflows.
        let largest = weights.iter().map(|(_, weight)| *weight).fold(f64::MIN_POSITIVE, f64::max);
        kleene::between(outcome, |score| {
            let (mut earned, mut total) = (0.0, 0.0);
            for &(place, weight) in &weights {
                earned += weight / largest * score(place);
                total += weight / largest;
            }
            self.of_share(earned / total)
        })
    }

    /// What a share earns.
    fn of_share(&self, share: f64) -> f64 {
        if share < self.threshold {
            return 0.0;
        }
        (self.credit * share.powf(self.power)).min(self.cap).min(1.0_f64.next_down())
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = Self::default();
        let settings = [
            ("credit", self.credit, plain.credit),
            ("threshold", self.threshold, plain.threshold),
            ("power", self.power, plain.power),
            ("cap", self.cap, plain.cap),
        ];
        let given: Vec<String> = settings
            .into_iter()
            .filter(|(_, value, plain)| value != plain)
            .map(|(name, value, _)| format!("{name} {value}"))
            .collect();
        if given.is_empty() { f.write_str("partial") } else { write!(f, "partial ({})", given.join(", ")) }
    }
}
