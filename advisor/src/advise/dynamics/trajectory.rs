//! A policy over many steps, written down now and then.

use super::{
    flow::Flow,
    policy::{PromptType, shifted},
};

/// How long to train, and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// Updates.
    pub steps: u64,
    /// Updates between two records, at least 1.
    pub record_every: u64,
    /// Learning rate of an update.
    pub learning_rate: f64,
}

impl Schedule {
    /// The steps after which the policy is recorded: 0, every so many, and the last.
    pub fn recorded(&self) -> impl Iterator<Item = u64> {
        let (steps, every) = (self.steps, self.record_every);
        (0..=steps.div_ceil(every)).map(move |record| (record * every).min(steps))
    }

    /// Takes steps on logits and records the policy, of whose initial probabilities they are shifts.
    pub(super) fn run(&self, initial: &[f64], mut step: impl FnMut(&mut [f64])) -> Vec<Recorded> {
        let mut shift = vec![0.0; initial.len()];
        let mut taken = 0;
        let record = |at| {
            while taken < at {
                step(&mut shift);
                taken += 1;
            }
            let mut probabilities = vec![0.0; initial.len()];
            shifted(initial, &shift, &mut probabilities);
            Recorded { step: at, probabilities }
        };
        self.recorded().map(record).collect()
    }
}

/// The policy after so many updates.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    /// Updates taken.
    pub step: u64,
    /// Probability of each outcome.
    pub probabilities: Vec<f64>,
}

/// What expected updates make of the policy on prompts of one type. With `Algorithm::Reinforce` that is exact gradient
/// ascent of the expected reward.
#[must_use]
pub fn trajectory(flow: &Flow, kind: &PromptType, schedule: &Schedule) -> Vec<Recorded> {
    schedule.run(&kind.initial, |shift| flow.ascend(shift, schedule.learning_rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_and_the_last_step_are_recorded() {
        let steps = |steps, record_every| -> Vec<u64> {
            Schedule { steps, record_every, learning_rate: 1.0 }.recorded().collect()
        };
        assert_eq!(steps(10, 5), [0, 5, 10]);
        assert_eq!(steps(11, 5), [0, 5, 10, 11]);
        assert_eq!(steps(3, 100), [0, 3]);
    }
}
