//! What a trainer pays each outcome: made once, for any number of flows under the same rewards.

use super::{Pay, Trainer};
use crate::reward::Algorithm;

/// The rewards of outcomes, with what an update makes of them.
#[derive(Clone, Debug)]
pub struct Incentive {
    pay: Pay,
    /// Of each outcome, the place of its reward among the levels.
    level_of: Vec<usize>,
    levels: usize,
    kl: f64,
}

impl Incentive {
    /// For `rewards`, one of each outcome.
    #[must_use]
    pub fn new(rewards: &[f64], trainer: &Trainer) -> Self {
        Self::with(rewards, trainer, Pay::new)
    }

    /// The same, half as closely where groups are drawn: for one of many spaces, each of which counts for little.
    #[must_use]
    pub fn coarse(rewards: &[f64], trainer: &Trainer) -> Self {
        Self::with(rewards, trainer, Pay::coarse)
    }

    fn with(rewards: &[f64], trainer: &Trainer, pay: fn(Algorithm, &[f64], usize) -> Pay) -> Self {
        let mut levels: Vec<f64> = rewards.to_vec();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let place = |reward: &f64| levels.partition_point(|level| level < reward);
        Self {
            level_of: rewards.iter().map(place).collect(),
            levels: levels.len(),
            pay: pay(trainer.algorithm, &levels, trainer.group_size),
            kl: trainer.kl,
        }
    }

    /// Outcomes.
    #[must_use]
    pub fn outcomes(&self) -> usize {
        self.level_of.len()
    }

    /// Coefficient of the penalty on the divergence from the initial policy.
    pub(super) fn kl(&self) -> f64 {
        self.kl
    }

    /// Whether groups of equal rewards are left out, and others drawn in their place.
    pub(super) fn filters(&self) -> bool {
        self.pay.filters()
    }

    /// The probability that the rewards of a policy's group are not all equal.
    pub(super) fn mixed(&self, probabilities: &[f64]) -> f64 {
        self.pay.mixed(&self.of_levels(probabilities))
    }

    fn of_levels(&self, probabilities: &[f64]) -> Vec<f64> {
        let mut of_levels = vec![0.0; self.levels];
        for (p, &level) in probabilities.iter().zip(&self.level_of) {
            of_levels[level] += p;
        }
        of_levels
    }

    /// Adds to `push` what an update pays each outcome on average: its probability, times its advantage, times `weight`.
    pub(super) fn add(&self, weight: f64, probabilities: &[f64], push: &mut [f64]) {
        let pay = self.pay.of(&self.of_levels(probabilities));
        for ((push, p), &level) in push.iter_mut().zip(probabilities).zip(&self.level_of) {
            *push += weight * p * pay[level];
        }
    }
}
