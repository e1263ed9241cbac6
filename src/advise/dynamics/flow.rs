//! Expected policy-gradient updates: how the logits of outcomes move.

use super::{
    algorithm::Algorithm,
    matrix::Matrix,
    pay::Pay,
    policy::{PromptType, shifted},
};

/// A policy under training: outcomes, what each is paid, and what carries over between them.
#[derive(Clone, Debug)]
pub struct Flow<'a> {
    types: &'a [PromptType],
    kernel: &'a Matrix,
    pay: Pay,
    /// Of each outcome, the place of its reward among the levels.
    level_of: Vec<usize>,
    levels: usize,
    kl: f64,
}

/// What a trainer does with rewards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trainer {
    /// Rewards to advantages.
    pub algorithm: Algorithm,
    /// Completions per prompt in a step.
    pub group_size: usize,
    /// Coefficient β of the penalty β · KL(π ‖ π₀).
    pub kl: f64,
}

impl<'a> Flow<'a> {
    /// The flow under `rewards`, one of each outcome.
    #[must_use]
    pub fn new(types: &'a [PromptType], kernel: &'a Matrix, rewards: &[f64], trainer: &Trainer) -> Self {
        let mut levels: Vec<f64> = rewards.to_vec();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let place = |reward: &f64| levels.partition_point(|level| level < reward);
        Self {
            types,
            kernel,
            level_of: rewards.iter().map(place).collect(),
            levels: levels.len(),
            pay: Pay::new(trainer.algorithm, &levels, trainer.group_size),
            kl: trainer.kl,
        }
    }

    /// Outcomes.
    #[must_use]
    pub fn outcomes(&self) -> usize {
        self.level_of.len()
    }

    /// How fast the logits of outcomes move once they moved by `shift`, per unit of learning rate and step.
    #[must_use]
    pub fn drift(&self, shift: &[f64]) -> Vec<f64> {
        let mut push = vec![0.0; self.outcomes()];
        let mut probabilities = vec![0.0; self.outcomes()];
        for kind in self.types {
            shifted(&kind.initial, shift, &mut probabilities);
            let mut of_levels = vec![0.0; self.levels];
            for (p, &level) in probabilities.iter().zip(&self.level_of) {
                of_levels[level] += p;
            }
            let pay = self.pay.of(&of_levels);
            for ((push, p), &level) in push.iter_mut().zip(&probabilities).zip(&self.level_of) {
                *push += kind.weight * p * pay[level];
            }
            penalise(kind, self.kl, &probabilities, &mut push);
        }
        let mut drift = vec![0.0; self.outcomes()];
        self.kernel.add_product(&push, &mut drift);
        drift
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
