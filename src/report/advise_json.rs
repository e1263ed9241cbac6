//! The JSON form of an assessment, version 1: structs of its own, so that what programs read does not move with the
//! library's types. Shares and rates are in [0, 1]; what a `null` means is said at its field.

mod advice;
mod convert;
mod decision;
mod dependence;
mod forecast;
mod paid;
#[cfg(test)]
mod tests;

use super::LeftOut;
use crate::reward::Algorithm;
pub(super) use advice::AdviceReport;
use advice::{EvidenceReport, SeverityReport};
pub use decision::{DecisionReport, PromptStateReport, prompts_jsonl};
use dependence::{DependenceReport, PassAtReport};
use forecast::ForecastReport;
use paid::{AttributionReport, RewardSignalReport, TrainerReport};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of this form. Fields may be added within a version; removing one or changing its meaning makes a new one.
pub(super) const VERSION: u32 = 1;

/// What `fullmarks advise --json` writes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AdviseReport {
    /// The kind of document.
    pub fullmarks: Kind,
    /// Version of the form.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// What to do, first of all: the rest is its evidence.
    pub decision: DecisionReport,
    /// What the assessment was made for.
    pub settings: SettingsReport,
    /// What there was to assess.
    pub counts: CountsReport,
    /// Why nothing can be assessed; `null` when something can. If set, rates and signal are empty.
    pub nothing: Option<NothingReport>,
    /// Rates over all prompts and over those with at least two constraints.
    pub rates: RatesReport,
    /// pass@k for k = 1, 2, 4, …, as far as nine in ten prompts have that many known completions.
    pub pass_at: Vec<PassAtReport>,
    /// Per scheme, what groups of completions would look like.
    pub signal: Vec<SignalReport>,
    /// Groups by rewards that were given, where neither verdicts nor a spec were; else `null`.
    pub rewards: Option<RewardSignalReport>,
    /// What the groups' advantages come from; `null` where no reward is known, or none differ.
    pub attribution: Option<AttributionReport>,
    /// Larger groups under `binary`, as far as nine in ten prompts have that many completions.
    pub larger_groups: Vec<LargerGroupReport>,
    /// The critical credit.
    pub critical_credit: CriticalCreditReport,
    /// Rates per family of constraints, the least met first.
    pub constraints: Vec<FamilyReport>,
    /// What the constraints have to do with each other.
    pub dependence: DependenceReport,
    /// Which scheme would learn fastest; `null` when no scheme can differ from another.
    pub forecast: Option<ForecastReport>,
    /// Every prompt and what its groups would teach, under the scheme that the decision names, or else the one that tells most apart.
    pub prompts: Vec<PromptStateReport>,
    /// What each pilot showed of the pass rate, in the order in which they were given.
    pub pilots: Vec<PilotReport>,
    /// Findings, the gravest first.
    pub advice: Vec<AdviceReport>,
    /// What of the input is in no figure, and why.
    pub left_out: LeftOut,
    /// What changed since an earlier report, where one was given; else it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<super::SinceReport>,
}

impl AdviseReport {
    /// Version of this form.
    pub const VERSION: u32 = VERSION;
}

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Kind {
    /// Advice.
    #[serde(rename = "advise")]
    Advise,
}

/// The pass rate before and after a pilot.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PilotReport {
    /// Name of the scheme that it was trained under.
    pub scheme: String,
    /// After how many steps it was sampled last; `null` where that is not known.
    pub step: Option<u64>,
    /// Mean over prompts of the share of full answers before.
    pub before: f64,
    /// The same after.
    pub after: f64,
    /// By how much it changed, in [−1, 1], with prompts as the sampling unit; `null` where there are too few of them.
    pub change: Option<IntervalReport>,
}

/// What an assessment was made for.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SettingsReport {
    /// Completions per prompt in a training step.
    pub group_size: u64,
    /// How the trainer turns rewards into advantages.
    #[schemars(extend("enum" = Algorithm::NAMES))]
    pub algorithm: String,
    /// The schemes compared.
    pub schemes: Vec<SchemeReport>,
    /// Coefficient of the trainer's penalty on the divergence from the initial policy.
    pub kl: f64,
    /// Plain SGD, if that is the optimiser; `null` for one that scales its steps, as Adam does.
    pub sgd: Option<SgdReport>,
    /// The pass rate that costs are counted to; `null` for half of the way from the start to 1.
    pub target: Option<f64>,
    /// What a step of training takes; `null` where it was not said.
    pub price: Option<PriceReport>,
    /// Confidence level of every interval.
    pub level: f64,
    /// Draws of what is not known behind the forecast.
    pub draws: u64,
    /// Seed of the draws.
    pub seed: u64,
    /// What was made of the trainer's configuration; `null` where none was given.
    pub trainer: Option<TrainerReport>,
}

/// Plain stochastic gradient descent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SgdReport {
    /// Its learning rate.
    pub learning_rate: f64,
    /// Steps of the whole run.
    pub steps: u64,
}

/// What a step of training takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PriceReport {
    /// Accelerator hours of one step.
    pub hours_per_step: f64,
    /// Price of an accelerator hour; `null` where it was not said.
    pub per_hour: Option<f64>,
}

/// A reward scheme.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SchemeReport {
    /// Its name.
    pub name: String,
    /// Credit of an all-but-full answer; `null` for a scheme without such a setting.
    pub credit: Option<f64>,
}

/// A range of values.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct IntervalReport {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Least, lower median and most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpreadReport {
    /// The least.
    pub min: u64,
    /// The lower median.
    pub median: u64,
    /// The most.
    pub max: u64,
}

/// What there was to assess. Completions that are alike count as often as they are given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CountsReport {
    /// Prompts with at least one completion.
    pub prompts: u64,
    /// Completions.
    pub completions: u64,
    /// Verdicts: one per completion and constraint.
    pub verdicts: u64,
    /// Completions per prompt.
    pub completions_per_prompt: SpreadReport,
    /// Constraints per prompt.
    pub constraints_per_prompt: SpreadReport,
    /// Prompts with one constraint.
    pub single_constraint_prompts: u64,
    /// Prompts with one completion.
    pub single_completion_prompts: u64,
    /// Prompts with known completions, none of them full.
    pub never_full_prompts: u64,
    /// Prompts with known completions, all of them full.
    pub always_full_prompts: u64,
    /// Completions with an unscored verdict; in none of the rates.
    pub unscored_completions: u64,
    /// Unscored verdicts.
    pub unscored_verdicts: u64,
    /// Unscored verdicts by cause.
    pub unscored_by_cause: BTreeMap<String, u64>,
}

/// Why nothing can be assessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NothingReport {
    /// No completion was given.
    NoCompletions,
    /// Every completion has an unscored verdict.
    AllUnscored,
}

/// Rates over two sets of prompts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RatesReport {
    /// Over all prompts; `null` when no completion is known.
    pub all: Option<RateSetReport>,
    /// Over prompts with at least two constraints; `null` when none of them has a known completion.
    pub several_constraints: Option<RateSetReport>,
}

/// Rates over a set of prompts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RateSetReport {
    /// Prompts with a known completion.
    pub prompts: u64,
    /// Completions with every verdict known.
    pub completions: u64,
    /// Completions left out because something in them is unscored.
    pub unknown: u64,
    /// All constraints met.
    pub full: RateReport,
    /// Partly right: something scored, and not all constraints met.
    pub partial: RateReport,
    /// No constraint met.
    pub none: RateReport,
    /// Some constraints met and a required one failed, so that nothing is earned; `null` where nothing is required.
    pub forfeited: Option<ForfeitedReport>,
}

/// The share of completions that forfeit all credit for what they meet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ForfeitedReport {
    /// Mean over prompts of the share of their known completions.
    pub estimate: f64,
    /// Its interval, with prompts as the sampling unit.
    pub interval: IntervalReport,
}

/// A rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct RateReport {
    /// Mean over prompts of the share of their known completions.
    pub estimate: f64,
    /// Its interval, with prompts as the sampling unit.
    pub interval: IntervalReport,
    /// Where the estimate could lie had everything unscored gone one way or the other.
    pub if_scored: IntervalReport,
    /// How alike completions of one prompt are, in [0, 1]; `null` where it cannot be seen.
    pub correlation_within_prompts: Option<f64>,
}

/// Shares of groups under one scheme.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SignalReport {
    /// The scheme.
    pub scheme: SchemeReport,
    /// What the shares rest on.
    pub basis: BasisReport,
    /// All rewards 0: no gradient.
    pub all_zero: ShareReport,
    /// All rewards 1: no gradient.
    pub all_one: ShareReport,
    /// All rewards equal in between: no gradient.
    pub tied: ShareReport,
    /// Rewards differ.
    pub mixed: ShareReport,
}

/// What shares of groups rest on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BasisReport {
    /// How the shares were computed.
    pub method: MethodReport,
    /// Prompts with at least a group's worth of known completions.
    pub direct_prompts: u64,
    /// Prompts with fewer known completions, which only bound the shares.
    pub bounding_prompts: u64,
    /// Prompts not used, having no known completion.
    pub left_out_prompts: u64,
}

/// How shares of groups were computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MethodReport {
    /// Unbiased from at least a group's worth of completions per prompt.
    Direct,
    /// Some prompts have fewer: intervals are all that is possible, however prompts differ.
    Bounds,
}

/// A share of groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ShareReport {
    /// The unbiased estimate, over the prompts with at least a group's worth of known completions; `null` when these
    /// are less than nine in ten, and the share can only be bounded.
    pub estimate: Option<f64>,
    /// By the method `direct` the interval; by `bounds` all that is possible: from what prompts all alike would give to
    /// what prompts that each always or never get a reward would give, with room for sampling error at the level of
    /// the settings.
    pub interval: IntervalReport,
}

/// A larger group under `binary`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LargerGroupReport {
    /// Completions per group.
    pub group_size: u64,
    /// Share of such groups without a full answer.
    pub all_zero: f64,
}

/// The critical credit: a diagnostic for a policy in which nothing learned carries over, never a recommendation by
/// itself.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CriticalCreditReport {
    /// Its value, at least 0, above 1 when full answers are likelier than partial ones; `null` when undefined.
    pub estimate: Option<f64>,
    /// Its interval; `null` when undefined.
    pub interval: Option<IntervalReport>,
    /// Why it is undefined; `null` when it is defined.
    pub undefined: Option<UndefinedReport>,
    /// Per scheme, what a partial answer earned on average; empty when undefined.
    pub credits: Vec<CreditReport>,
}

/// Why there is no critical credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum UndefinedReport {
    /// No prompt with at least two constraints has a known completion.
    NoPrompt,
    /// No partial answer was seen.
    NoPartial,
    /// Every answer is partial.
    OnlyPartial,
}

/// What a partial answer earned under a scheme.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CreditReport {
    /// The scheme.
    pub scheme: SchemeReport,
    /// Mean reward of partial answers.
    pub mean_partial_credit: f64,
}

/// How often constraints of a family are met.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FamilyReport {
    /// The constraint's id without its position.
    pub constraint: String,
    /// Whether failing it forfeits all credit.
    pub required: bool,
    /// Prompts that have it.
    pub prompts: u64,
    /// Verdicts that it was met.
    pub passed: u64,
    /// Verdicts that it was not.
    pub failed: u64,
    /// Verdicts that could not be given.
    pub unscored: u64,
    /// Mean over prompts of the share met; `null` when every verdict is unscored.
    pub estimate: Option<f64>,
    /// Its interval; `null` when every verdict is unscored.
    pub interval: Option<IntervalReport>,
}
