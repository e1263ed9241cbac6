//! How far a trajectory came, and what held it up.

use super::{Problem, Record};

/// Shares of the best true reward that are waited for.
pub const SHARES: [f64; 2] = [0.9, 0.95];

/// How far a trajectory came.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Of each of [`SHARES`], the first recorded step at which the expected true reward is at least that share of its
    /// maximum; none when it never is. None either when the maximum is not above 0: a share of it means nothing then.
    pub reached: [Option<u64>; 2],
    /// What held most of the probability before the larger share was reached, other than the best outcomes.
    pub held: Option<Held>,
}

/// An outcome that probability sits on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Which.
    pub outcome: usize,
    /// Its mean probability over the recorded steps after the start and before the goal.
    pub share: f64,
}

impl Progress {
    pub(super) fn of(problem: &Problem, records: &[Record]) -> Self {
        let reached = SHARES.map(|share| {
            let found = records.iter().find(|record| reaches(problem, record.truth, share));
            found.map(|record| record.step)
        });
        let until = reached[1].unwrap_or(u64::MAX);
        let waiting: Vec<_> = records.iter().filter(|record| 0 < record.step && record.step < until).collect();
        let best: Vec<_> = problem.best().collect();
        let mean = |outcome: usize| {
            waiting.iter().map(|record| record.probabilities[outcome]).sum::<f64>() / waiting.len() as f64
        };
        let others = (0..problem.outcomes.len()).filter(|outcome| !best.contains(outcome));
        let held = others
            .map(|outcome| Held { outcome, share: mean(outcome) })
            .filter(|_| !waiting.is_empty())
            .max_by(|a, b| a.share.total_cmp(&b.share));
        Self { reached, held }
    }
}

/// Whether an expected true reward is that share of the most there can be.
pub(super) fn reaches(problem: &Problem, truth: f64, share: f64) -> bool {
    let maximum = problem.maximum();
    maximum > 0.0 && truth >= share * maximum
}
