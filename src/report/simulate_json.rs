//! The JSON form of a simulation, version 1: structs of its own, so that what programs read does not move with the
//! library's types.

use crate::simulate::{Band, Draws, Problem, Record, SHARES, Simulated, Update};
use schemars::JsonSchema;
use serde::Serialize;

/// Version of this form. Fields may be added within a version; removing one or changing its meaning makes a new one.
const VERSION: u32 = 1;

/// What `fullmarks simulate --json` writes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SimulateReport {
    /// The kind of document.
    pub fullmarks: SimulateKind,
    /// Version of the form.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// What was simulated.
    pub problem: ProblemReport,
    /// Names of the outcomes; probabilities come in this order.
    pub outcomes: Vec<String>,
    /// The reward that counts.
    pub truth: String,
    /// The most an outcome is worth by it.
    pub maximum: f64,
    /// What each reward made of the policy, in the order of the file.
    pub rewards: Vec<RewardReport>,
}

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum SimulateKind {
    /// A simulation.
    #[serde(rename = "simulate")]
    Simulate,
}

/// What was simulated.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ProblemReport {
    /// What an update is.
    #[schemars(extend("enum" = Update::names()))]
    pub algorithm: String,
    /// Completions in a group; `null` for `gradient`.
    pub group_size: Option<u64>,
    /// Learning rate of an update.
    pub learning_rate: f64,
    /// Updates.
    pub steps: u64,
    /// Coefficient of the KL penalty.
    pub kl: f64,
}

/// What a reward made of the policy.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RewardReport {
    /// Its name.
    pub name: String,
    /// How soon the expected true reward came near its maximum.
    pub reached: Vec<ReachedReport>,
    /// Where probability sat until 95 % was reached, or to the end; `null` when that was reached at the first record.
    pub held: Option<HeldReport>,
    /// The policy under expected updates.
    pub records: Vec<RecordReport>,
    /// Training on drawn groups; `null` when it was not asked for.
    pub sampled: Option<SampledReport>,
}

/// A share of the maximum.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReachedReport {
    /// The share of the largest true reward, in [0, 1].
    pub share: f64,
    /// The first recorded step with that much; `null` when there is none, or the maximum is not above 0.
    pub step: Option<u64>,
}

/// What probability sat on.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct HeldReport {
    /// The likeliest outcome that is not one of the best.
    pub outcome: String,
    /// Its mean probability over the recorded steps, the first one left out.
    pub share: f64,
}

/// The policy after so many updates.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RecordReport {
    /// Updates taken.
    pub step: u64,
    /// Expected reward by the truth.
    pub truth: f64,
    /// Expected reward by the reward it is trained with.
    pub reward: f64,
    /// Probability of each outcome.
    pub probabilities: Vec<f64>,
}

/// Training on drawn groups.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SampledReport {
    /// How often training was repeated.
    pub runs: u64,
    /// Groups in an update.
    pub groups: u64,
    /// Seed of the draws.
    pub seed: u64,
    /// Runs that came near the maximum at some recorded step.
    pub reached: Vec<RunsReport>,
    /// The runs at each recorded step.
    pub records: Vec<SampledRecordReport>,
}

/// Runs that reached a share of the maximum.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RunsReport {
    /// The share of the largest true reward, in [0, 1].
    pub share: f64,
    /// How many runs did.
    pub runs: u64,
}

/// The runs after so many updates.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SampledRecordReport {
    /// Updates taken.
    pub step: u64,
    /// Expected reward by the truth.
    pub truth: BandReport,
    /// Probability of each outcome.
    pub probabilities: Vec<BandReport>,
}

/// A number over runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BandReport {
    /// The mean.
    pub mean: f64,
    /// The 5 % quantile.
    pub low: f64,
    /// The 95 % quantile.
    pub high: f64,
}

impl SimulateReport {
    /// The JSON form of a problem and of what became of it.
    #[must_use]
    pub fn new(problem: &Problem, simulated: &[Simulated]) -> Self {
        Self {
            fullmarks: SimulateKind::Simulate,
            version: VERSION,
            problem: ProblemReport {
                algorithm: problem.update.name().to_owned(),
                group_size: problem.update.group_size().map(|size| size as u64),
                learning_rate: problem.schedule.learning_rate,
                steps: problem.schedule.steps,
                kl: problem.kl,
            },
            outcomes: problem.outcomes.clone(),
            truth: problem.rewards[problem.truth].0.clone(),
            maximum: problem.maximum(),
            rewards: simulated.iter().map(|simulated| reward(problem, simulated)).collect(),
        }
    }
}

fn reward(problem: &Problem, simulated: &Simulated) -> RewardReport {
    let reached = SHARES.into_iter().zip(simulated.progress.reached);
    RewardReport {
        name: simulated.reward.clone(),
        reached: reached.map(|(share, step)| ReachedReport { share, step }).collect(),
        held: simulated
            .progress
            .held
            .map(|held| HeldReport { outcome: problem.outcomes[held.outcome].clone(), share: held.share }),
        records: simulated.records.iter().map(RecordReport::from).collect(),
        sampled: problem.sampled.zip(simulated.draws.as_ref()).map(|(asked, draws)| SampledReport {
            runs: asked.runs,
            groups: asked.batch.groups as u64,
            seed: asked.batch.seed,
            reached: SHARES.into_iter().zip(draws.reached).map(|(share, runs)| RunsReport { share, runs }).collect(),
            records: sampled_records(draws),
        }),
    }
}

fn sampled_records(draws: &Draws) -> Vec<SampledRecordReport> {
    let record = |record: &crate::simulate::DrawsRecord| SampledRecordReport {
        step: record.step,
        truth: record.truth.into(),
        probabilities: record.probabilities.iter().copied().map(BandReport::from).collect(),
    };
    draws.records.iter().map(record).collect()
}

impl From<&Record> for RecordReport {
    fn from(record: &Record) -> Self {
        let Record { step, ref probabilities, truth, reward } = *record;
        Self { step, truth, reward, probabilities: probabilities.clone() }
    }
}

impl From<Band> for BandReport {
    fn from(Band { mean, low, high }: Band) -> Self {
        Self { mean, low, high }
    }
}
