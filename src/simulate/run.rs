//! A problem run: a trajectory for each of its rewards.

use super::{Band, Problem, Progress, Record, SHARES, Sampled, progress::reaches};
use crate::advise::dynamics::{Flow, Recorded, Sampler, trajectory};
use rayon::prelude::*;

/// What a reward makes of the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulated {
    /// Name of the reward.
    pub reward: String,
    /// The policy under expected updates.
    pub records: Vec<Record>,
    /// How far it came.
    pub progress: Progress,
    /// The policy under drawn groups, where they were asked for.
    pub draws: Option<Draws>,
}

/// Runs on drawn groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    /// Where they were at the steps that are recorded.
    pub records: Vec<DrawsRecord>,
    /// Of each of [`SHARES`], the runs that were there at some recorded step.
    pub reached: [u64; 2],
}

/// The runs after so many updates.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawsRecord {
    /// Updates taken.
    pub step: u64,
    /// Probability of each outcome.
    pub probabilities: Vec<Band>,
    /// Expected reward by the truth.
    pub truth: Band,
}

/// Trains the policy with each of the problem's rewards, in their order.
#[must_use]
pub fn simulate(problem: &Problem) -> Vec<Simulated> {
    let (types, kernel, trainer) = ([problem.start()], problem.kernel(), problem.trainer());
    let train = |(name, rewards): &(String, Vec<f64>)| {
        let flow = Flow::new(&types, &kernel, rewards, &trainer);
        let record = |recorded: Recorded| Record {
            truth: expected(&recorded.probabilities, problem.worth()),
            reward: expected(&recorded.probabilities, rewards),
            step: recorded.step,
            probabilities: recorded.probabilities,
        };
        let records: Vec<_> = trajectory(&flow, &types[0], &problem.schedule).into_iter().map(record).collect();
        let draws = problem.sampled.map(|Sampled { runs, batch }| {
            let sampler = Sampler { start: &types[0], kernel: &kernel, rewards, trainer, batch };
            let run = |run| sampler.trajectory(&problem.schedule, run);
            draws(problem, &(0..runs).into_par_iter().map(run).collect::<Vec<_>>())
        });
        Simulated { reward: name.clone(), progress: Progress::of(problem, &records), records, draws }
    };
    problem.rewards.par_iter().map(train).collect()
}

fn draws(problem: &Problem, runs: &[Vec<Recorded>]) -> Draws {
    let truth = |recorded: &Recorded| expected(&recorded.probabilities, problem.worth());
    let at = |record: usize| DrawsRecord {
        step: runs[0][record].step,
        probabilities: (0..problem.outcomes.len())
            .map(|outcome| Band::of(runs.iter().map(|run| run[record].probabilities[outcome]).collect()))
            .collect(),
        truth: Band::of(runs.iter().map(|run| truth(&run[record])).collect()),
    };
    let arrived = |share| {
        let there = |run: &&Vec<Recorded>| run.iter().any(|recorded| reaches(problem, truth(recorded), share));
        runs.iter().filter(there).count() as u64
    };
    Draws { records: (0..runs[0].len()).map(at).collect(), reached: SHARES.map(arrived) }
}

fn expected(probabilities: &[f64], values: &[f64]) -> f64 {
    probabilities.iter().zip(values).map(|(p, value)| p * value).sum()
}
