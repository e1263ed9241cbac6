//! Expected policy-gradient updates: how the logits of outcomes move.

use super::{
    Trainer,
    incentive::Incentive,
    matrix::Matrix,
    policy::{PromptType, shifted},
};
use std::borrow::Cow;

/// A policy under training: prompts, what carries over between outcomes, and what each is paid.
#[derive(Clone, Debug)]
pub struct Flow<'a> {
    types: &'a [PromptType],
    kernel: &'a Matrix,
    incentive: Cow<'a, Incentive>,
}

impl<'a> Flow<'a> {
    /// The flow under `rewards`, one of each outcome.
    #[must_use]
    pub fn new(types: &'a [PromptType], kernel: &'a Matrix, rewards: &[f64], trainer: &Trainer) -> Self {
        Self { types, kernel, incentive: Cow::Owned(Incentive::new(rewards, trainer)) }
    }

    /// The flow under an incentive that others share.
    #[must_use]
    pub fn under(types: &'a [PromptType], kernel: &'a Matrix, incentive: &'a Incentive) -> Self {
        Self { types, kernel, incentive: Cow::Borrowed(incentive) }
    }

    /// Outcomes.
    #[must_use]
    pub fn outcomes(&self) -> usize {
        self.incentive.outcomes()
    }

    /// Coefficient of the penalty on the divergence from the initial policy.
    #[must_use]
    pub fn kl(&self) -> f64 {
        self.incentive.kl()
    }

    /// How fast the logits of outcomes move once they moved by `shift`, per unit of learning rate and step.
    #[must_use]
    pub fn drift(&self, shift: &[f64]) -> Vec<f64> {
        self.drift_seen(shift, |_, _| {})
    }

    /// The same, showing what the policy does on each type of prompts.
    pub fn drift_seen(&self, shift: &[f64], mut seen: impl FnMut(&PromptType, &[f64])) -> Vec<f64> {
        let mut push = vec![0.0; self.outcomes()];
        let mut probabilities = vec![0.0; self.outcomes()];
        let kept = self.kept(shift);
        for (kind, weight) in self.types.iter().zip(kept) {
            shifted(&kind.initial, shift, &mut probabilities);
            self.incentive.add(weight, &probabilities, &mut push);
            penalise(kind, self.incentive.kl(), &probabilities, &mut push);
            seen(kind, &probabilities);
        }
        let mut drift = vec![0.0; self.outcomes()];
        self.kernel.add_product(&push, &mut drift);
        drift
    }

    /// What each type of prompts counts in an update. Where groups of equal rewards are left out, others fill the batch, and types of which more
    /// groups differ are seen more often.
    fn kept(&self, shift: &[f64]) -> Vec<f64> {
        let weights = || self.types.iter().map(|kind| kind.weight);
        if self.types.len() < 2 || !self.incentive.filters() {
            return weights().collect();
        }
        let mut probabilities = vec![0.0; self.outcomes()];
        let of = |kind: &PromptType| {
            shifted(&kind.initial, shift, &mut probabilities);
            kind.weight * self.incentive.mixed(&probabilities)
        };
        let kept: Vec<f64> = self.types.iter().map(of).collect();
        let (all, total): (f64, f64) = (weights().sum(), kept.iter().sum());
        kept.into_iter().map(|kept| if total > 0.0 { kept * all / total } else { 0.0 }).collect()
    }

    /// One step of gradient ascent.
    pub fn ascend(&self, shift: &mut [f64], learning_rate: f64) {
        let drift = self.drift(shift);
        for (shift, drift) in shift.iter_mut().zip(drift) {
            *shift += learning_rate * drift;
        }
    }

    /// The mean over prompts of a value of outcomes, once the logits moved by `shift`.
    #[must_use]
    pub fn mean(&self, shift: &[f64], values: &[f64]) -> f64 {
        let mut probabilities = vec![0.0; self.outcomes()];
        let of_type = |kind: &PromptType| {
            shifted(&kind.initial, shift, &mut probabilities);
            kind.weight * probabilities.iter().zip(values).map(|(p, value)| p * value).sum::<f64>()
        };
        self.types.iter().map(of_type).sum()
    }
}

/// Adds the gradient of −β · KL(π ‖ π₀) with respect to logits, times the type's weight, to `push`.
pub(super) fn penalise(kind: &PromptType, kl: f64, probabilities: &[f64], push: &mut [f64]) {
    if kl == 0.0 {
        return;
    }
    let away: Vec<f64> = (probabilities.iter().zip(&kind.initial))
        .map(|(p, initial)| if *p > 0.0 { (p / initial).ln() } else { 0.0 })
        .collect();
    let divergence: f64 = probabilities.iter().zip(&away).map(|(p, away)| p * away).sum();
    for ((push, p), away) in push.iter_mut().zip(probabilities).zip(&away) {
        *push -= kind.weight * kl * p * (away - divergence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::dynamics::Algorithm;

    /// Where groups of equal rewards are left out, prompts that are never solved take up no part of an update, however many they are; where
    /// they are kept, they take up theirs.
    #[test]
    fn groups_that_are_left_out_are_made_up_for_by_other_prompts() {
        let open = PromptType { weight: 0.1, initial: vec![0.6, 0.4] };
        let never = PromptType { weight: 0.9, initial: vec![1.0, 0.0] };
        let kernel = Matrix::from_fn(2, |a, b| f64::from(u8::from(a == b)));
        let drift = |types: &[PromptType], algorithm| {
            let trainer = Trainer { algorithm, group_size: 8, kl: 0.0 };
            Flow::new(types, &kernel, &[0.0, 1.0], &trainer).drift(&[0.0; 2])[1]
        };
        let alone = [PromptType { weight: 1.0, ..open.clone() }];
        let both = [open, never];
        let share = |algorithm| drift(&both, algorithm) / drift(&alone, algorithm);
        assert!((share(Algorithm::Dapo) - 1.0).abs() < 1e-9, "{}", share(Algorithm::Dapo));
        assert!((share(Algorithm::Grpo) - 0.1).abs() < 1e-9, "{}", share(Algorithm::Grpo));
    }
}
