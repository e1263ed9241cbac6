//! What is known about how a policy fares under a reward.

use super::{
    Advice, Alike, Counts, CriticalCredit, Decision, Dependence, FamilyRate, Paid, PassAt, PilotGrowth, PromptState,
    Rates, Settings, Signal, Undefined, Unsettled, forecast::Forecast,
};

/// Everything known about how a policy fares under a reward.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// What it was made for.
    pub settings: Settings,
    /// What there was.
    pub counts: Counts,
    /// The prompts of whose completions all are full, and how many of them stay so.
    pub always_full: Alike,
    /// The prompts without a full answer, and how many of them stay so.
    pub never_full: Alike,
    /// Set when nothing can be said of whole completions; rates and signal are then empty.
    pub nothing: Option<Nothing>,
    /// Rates over all prompts.
    pub rates: Option<Rates>,
    /// Rates over the prompts with at least two constraints, the only ones on which an answer can be partial.
    pub several: Option<Rates>,
    /// pass@k for k = 1, 2, 4, …, as far as the samples reach.
    pub pass_at: Vec<PassAt>,
    /// Rates of each family of constraints, the least met first.
    pub families: Vec<FamilyRate>,
    /// What the constraints have to do with each other.
    pub dependence: Dependence,
    /// Per scheme, in the order of the settings: what groups would look like.
    pub signal: Vec<Signal>,
    /// Groups by the rewards as paid, where these are known.
    pub paid: Option<Paid>,
    /// Share of groups whose answers do not all have the same verdicts, so that some reward could tell them apart; `None` where it can only be bounded.
    pub told_apart: Option<f64>,
    /// The prompts by what their groups would teach, under the scheme that the decision names, or else the one that tells most apart.
    pub prompts: Vec<PromptState>,
    /// The critical credit, or why there is none.
    pub critical_credit: Result<CriticalCredit, Undefined>,
    /// Larger groups under `binary`: (size, share of groups without a full answer), as far as the samples reach: nine
    /// in ten prompts have that many completions.
    pub larger_groups: Vec<(u64, f64)>,
    /// Whether a forecast was asked for.
    pub forecast_asked: bool,
    /// Which scheme would learn fastest; `None` when it was not asked for, when no scheme can differ from another, or when the decision leaves no
    /// place for it.
    pub forecast: Option<Forecast>,
    /// What each pilot showed of full answers, in the order in which they were given.
    pub pilots: Vec<PilotGrowth>,
    /// What to do: all that is shown follows it.
    pub decision: Decision,
    /// What more prompts may change in what to do first; `None` where they hardly do.
    pub unsettled: Option<Unsettled>,
    /// What to do about it, the gravest first.
    pub advice: Vec<Advice>,
}

impl Assessment {
    /// Takes a decision, and a forecast away that has no place beside it.
    pub(crate) fn settle(&mut self, decision: Decision) {
        self.decision = decision;
        if !self.decision.leaves_a_forecast() {
            self.forecast = None;
        }
    }
}

/// Why nothing can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// No completion was given.
    NoCompletions,
    /// Not one completion has all of its verdicts.
    AllUnscored,
}
