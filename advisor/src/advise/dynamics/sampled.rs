//! Updates from drawn groups: what a trainer does, where [`Flow`](super::Flow) has its expectation.

use super::{
    Algorithm,
    flow::penalise,
    matrix::Matrix,
    policy::{PromptType, shifted},
    trainer::Trainer,
    trajectory::{Recorded, Schedule},
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Times that DAPO draws a group again before it gives up the step.
const TRIES: usize = 100;

/// Groups in an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Groups in an update.
    pub groups: usize,
    /// Seed of all runs; each draws from a stream of its own.
    pub seed: u64,
}

/// A policy on prompts of one type, trained on draws.
///
/// An update moves logits by lr · K · Σᵢ Aᵢ (e_{yᵢ} − π) / completions. The penalty's gradient is exact. DAPO draws a group
/// whose rewards are all equal again, at most 100 times; where that fails the step changes nothing.
#[derive(Clone, Copy, Debug)]
pub struct Sampler<'a> {
    /// The policy at the start; its weight is 1.
    pub start: &'a PromptType,
    /// What carries over between outcomes.
    pub kernel: &'a Matrix,
    /// Reward of each outcome.
    pub rewards: &'a [f64],
    /// What a trainer does with them.
    pub trainer: Trainer,
    /// Groups in an update.
    pub batch: Batch,
}

impl Sampler<'_> {
    /// One run of training. The same `run` gives the same draws.
    #[must_use]
    pub fn trajectory(&self, schedule: &Schedule, run: u64) -> Vec<Recorded> {
        let mut rng = self.draws(run);
        schedule.run(&self.start.initial, |shift| self.ascend(shift, schedule.learning_rate, &mut rng))
    }

    fn draws(&self, run: u64) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.batch.seed);
        rng.set_stream(run);
        rng
    }

    /// One update.
    fn ascend(&self, shift: &mut [f64], learning_rate: f64, rng: &mut ChaCha8Rng) {
        let mut probabilities = vec![0.0; shift.len()];
        shifted(&self.start.initial, shift, &mut probabilities);
        let Some(mut push) = self.push(&probabilities, rng) else { return };
        penalise(self.start, self.trainer.kl, &probabilities, &mut push);
        push.iter_mut().for_each(|push| *push *= learning_rate);
        self.kernel.add_product(&push, shift);
    }

    /// Σᵢ Aᵢ (e_{yᵢ} − π) / completions of drawn groups; none when a group could not be drawn.
    fn push(&self, probabilities: &[f64], rng: &mut ChaCha8Rng) -> Option<Vec<f64>> {
        let size = self.trainer.group_size;
        let completions = (self.batch.groups * size) as f64;
        let ends = ends(probabilities);
        let mut push = vec![0.0; probabilities.len()];
        let (mut outcomes, mut rewards) = (vec![0; size], vec![0.0; size]);
        let mut total = 0.0;
        for _ in 0..self.batch.groups {
            self.draw(&ends, &mut outcomes, &mut rewards, rng).then_some(())?;
            for (&outcome, advantage) in outcomes.iter().zip(self.trainer.algorithm.advantages(&rewards)) {
                push[outcome] += advantage / completions;
                total += advantage / completions;
            }
        }
        for (push, p) in push.iter_mut().zip(probabilities) {
            *push -= total * p;
        }
        Some(push)
    }

    /// Draws a group; false when there was none to be had.
    fn draw(&self, ends: &[f64], outcomes: &mut [usize], rewards: &mut [f64], rng: &mut ChaCha8Rng) -> bool {
        let tries = if self.trainer.algorithm == Algorithm::Dapo { TRIES } else { 1 };
        for _ in 0..tries {
            for (outcome, reward) in outcomes.iter_mut().zip(rewards.iter_mut()) {
                let at: f64 = rng.random();
                *outcome = ends.partition_point(|end| *end <= at);
                *reward = self.rewards[*outcome];
            }
            if tries == 1 || rewards.iter().any(|reward| *reward != rewards[0]) {
                return true;
            }
        }
        false
    }
}

/// Where each outcome's share of [0, 1) ends. The last that can be drawn ends at 1, whatever the sum is rounded to.
fn ends(probabilities: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let add = |p: &f64| {
        sum += p;
        sum
    };
    let mut ends: Vec<f64> = probabilities.iter().map(add).collect();
    let last = probabilities.iter().rposition(|p| *p > 0.0).unwrap_or(0);
    ends[last..].fill(1.0);
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::dynamics::{Flow, Kernel};

    /// Every algorithm, with and without a penalty: the mean of sampled updates is the expected one.
    #[test]
    fn the_mean_of_sampled_updates_is_the_expected_one() {
        let start = PromptType { weight: 1.0, initial: vec![0.15, 0.5, 0.25, 0.1] };
        let rewards = [1.0, 0.6, 0.0, 0.6];
        let features = vec![vec![1.0, 0.2], vec![0.3, 0.8], vec![-0.5, 0.4], vec![0.0, 1.0]];
        let kernel = Kernel::Features(features.clone()).matrix(&features);
        let shift = [0.3, -0.2, 0.1, 0.0];
        for (algorithm, kl) in Algorithm::ALL.into_iter().flat_map(|algorithm| [(algorithm, 0.0), (algorithm, 0.3)]) {
            let trainer = Trainer { algorithm, group_size: 6, kl };
            let batch = Batch { groups: 1, seed: 7 };
            let sampler = Sampler { start: &start, kernel: &kernel, rewards: &rewards, trainer, batch };
            let types = [start.clone()];
            let expected = Flow::new(&types, &kernel, &rewards, &trainer).drift(&shift);
            let (mut sums, mut squares) = ([0.0; 4], [0.0; 4]);
            let mut rng = sampler.draws(0);
            let updates = 100_000;
            for _ in 0..updates {
                let mut after = shift;
                sampler.ascend(&mut after, 1.0, &mut rng);
                for outcome in 0..4 {
                    let change = after[outcome] - shift[outcome];
                    sums[outcome] += change;
                    squares[outcome] += change * change;
                }
            }
            for outcome in 0..4 {
                let mean = sums[outcome] / f64::from(updates);
                let variance = squares[outcome] / f64::from(updates) - mean * mean;
                let room = 5.0 * (variance / f64::from(updates)).sqrt();
                assert!((mean - expected[outcome]).abs() < room, "{algorithm} {outcome}: {mean} {expected:?} ± {room}");
            }
        }
    }

    #[test]
    fn without_a_mixed_group_dapo_changes_nothing() {
        let start = PromptType { weight: 1.0, initial: vec![1.0, 0.0] };
        let kernel = Matrix::from_fn(2, |a, b| f64::from(u8::from(a == b)));
        let trainer = Trainer { algorithm: Algorithm::Dapo, group_size: 4, kl: 0.0 };
        let batch = Batch { groups: 3, seed: 0 };
        let sampler = Sampler { start: &start, kernel: &kernel, rewards: &[0.0, 1.0], trainer, batch };
        let mut shift = [0.5, 0.5];
        sampler.ascend(&mut shift, 1.0, &mut sampler.draws(0));
        assert_eq!(shift, [0.5, 0.5]);
    }

    #[test]
    fn what_has_no_probability_is_never_drawn() {
        assert_eq!(ends(&[0.25, 0.0, 0.75, 0.0]), [0.25, 0.25, 1.0, 1.0]);
        let point = |at: f64| ends(&[0.0, 0.3, 0.0]).partition_point(|end| *end <= at);
        assert_eq!((point(0.0), point(0.999)), (1, 1));
    }
}
