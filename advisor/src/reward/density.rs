//! `density`: density-calibrated partial success, VeRPO (arXiv 2601.03525, version 3), for one answer a prompt.
//!
//! Where most tests are easy, a sum over tests is mostly about easy ones (the paper's cardinality bias, equation 6). So each
//! weighs by how rarely it is met, divided by how many others are met about as often.

use super::group_advantage::{AdvantagePart, GroupAdvantage, centre};
use super::scores::{scores, weights};
use crate::verdict::Outcome;

/// The settings of the calibration. The defaults are this project's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Density {
    /// α of equation 8, at least 0: how much more a constraint weighs that is rarely met.
    pub alpha: f64,
    /// σ of equation 7, above 0: the rates that count as alike.
    pub sigma: f64,
    /// δ of equation 9, at least 0. Densities are at least 1, so that it hardly matters.
    pub delta: f64,
    /// β of equation 14, at least 0: what partial success counts beside full success.
    pub beta: f64,
}

impl Default for Density {
    fn default() -> Self {
        Self { alpha: 2.0, sigma: 0.1, delta: 1e-6, beta: 1.0 }
    }
}

impl Density {
    /// A = A_traj + β A_turn (equation 14), where A_traj is 1 for a full answer and 0 for any other, and
    /// A_turn is R_turn = Σ w′ⱼ pⱼ (equation 10), each less its mean over the group (equations 12 and 13; no division by a
    /// deviation, the paper's F_norm = 1). w′ⱼ = exp(−α ρⱼ) / (N̂(ρⱼ) + δ) (equation 9),
    /// N̂(ρ) = Σ exp(−(ρ − ρⱼ)² / 2σ²) (equation 7), ρⱼ the mean of pⱼ over the group (equation 3).
    ///
    /// pⱼ is a constraint's score, which is the paper's 0 or 1 where it has no cases of its own, and 0 once a gate or a
    /// required constraint failed; a constraint's weight, over the largest, multiplies w′ⱼ. Gates are no tests. With one answer
    /// a prompt, the paper's discount of turns (equation 11) is the same for all, and left out.
    #[must_use]
    pub fn advantages(&self, group: &[Outcome]) -> GroupAdvantage {
        let scores: Vec<Option<Vec<f64>>> = group.iter().map(scores).collect();
        let weights = weights(group);
        let known = scores.iter().flatten().count() as f64;
        let rate = |nth: usize| scores.iter().flatten().map(|scores| scores[nth]).sum::<f64>() / known.max(1.0);
        let rates: Vec<f64> = (0..weights.len()).map(rate).collect();
        let density = |rate: f64| -> f64 {
            rates.iter().map(|other| (-(rate - other).powi(2) / (2.0 * self.sigma.powi(2))).exp()).sum()
        };
        let weighed: Vec<f64> = weights
            .iter()
            .zip(&rates)
            .map(|((_, weight, _), &rate)| weight * (-self.alpha * rate).exp() / (density(rate) + self.delta))
            .collect();
        let full = group.iter().zip(&scores).map(|(outcome, scores)| {
            let _ = scores.as_ref()?;
            Some(f64::from(u8::from(outcome.full() == Some(true))))
        });
        let whole = AdvantagePart { name: "full".into(), values: centred(full.collect()) };
        let part = |nth: usize| {
            let values =
                scores.iter().map(|scores| scores.as_ref().map(|scores| self.beta * weighed[nth] * scores[nth]));
            AdvantagePart { name: weights[nth].2.clone(), values: centred(values.collect()) }
        };
        let parts = std::iter::once(whole).chain((0..weights.len()).map(part)).collect();
        GroupAdvantage::of_parts(group.len(), parts)
    }
}

fn centred(mut values: Vec<Option<f64>>) -> Vec<Option<f64>> {
    centre(&mut values);
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Constraint, FailureKind, Verdict};
    use std::sync::Arc;

    /// By hand: four completions; `a` and `b` are met by three and weigh e^−1.5 / 2 each, `c` by one and weighs e^−0.5
    /// (σ is so small that only equal rates count as alike).
    #[test]
    fn equals_the_equations_worked_out_by_hand() {
        let constraints: Arc<[Constraint]> = ["a", "b", "c"].map(Constraint::plain).into();
        let verdict = |mark| if mark == '1' { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
        let rows = ["111", "110", "110", "000"];
        let group: Vec<Outcome> =
            rows.iter().map(|row| Outcome::new(constraints.clone(), row.chars().map(verdict).collect())).collect();
        let density = Density { alpha: 2.0, sigma: 1e-3, delta: 0.0, beta: 0.5 };
        let (easy, hard) = ((-1.5_f64).exp() / 2.0, (-0.5_f64).exp());
        let turn = [2.0 * easy + hard, 2.0 * easy, 2.0 * easy, 0.0];
        let mean = turn.iter().sum::<f64>() / 4.0;
        let whole = [0.75, -0.25, -0.25, -0.25];
        let found = density.advantages(&group);
        for (place, value) in found.values().iter().enumerate() {
            let expected = whole[place] + 0.5 * (turn[place] - mean);
            assert!((value.unwrap() - expected).abs() < 1e-12, "{place}: {value:?} {expected}");
        }
    }
}
