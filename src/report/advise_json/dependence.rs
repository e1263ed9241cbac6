//! pass@k, and what the constraints have to do with each other.

use super::IntervalReport;
use crate::advise;
use schemars::JsonSchema;
use serde::Serialize;

/// pass@k.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PassAtReport {
    /// Completions drawn.
    pub k: u64,
    /// Prompts with at least k known completions.
    pub prompts: u64,
    /// Prompts with fewer, which are in the interval and not in the estimate.
    pub short_prompts: u64,
    /// Mean over prompts of the unbiased probability that at least one of k completions is full.
    pub estimate: f64,
    /// Its interval, with prompts as the sampling unit.
    pub interval: IntervalReport,
}

/// What the constraints have to do with each other, within prompts.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DependenceReport {
    /// What dependence is worth in full answers; `null` when no prompt has two constraints and two known completions.
    pub full: Option<FullReport>,
    /// Every pair of families of constraints that some prompt has both of, those that stand out first.
    pub pairs: Vec<PairReport>,
    /// Families that were not compared: of more than 128 those whose verdicts vary least.
    pub left_out: u64,
}

/// Full answers as they are, and were the constraints of a prompt independent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FullReport {
    /// Prompts with at least two constraints and two known completions.
    pub prompts: u64,
    /// Share of full answers on these prompts.
    pub seen: MeanReport,
    /// What it would be were the constraints of a prompt independent.
    pub if_independent: MeanReport,
    /// The first less the second, in [−1, 1].
    pub worth: MeanReport,
}

/// A number with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct MeanReport {
    /// The number.
    pub estimate: f64,
    /// Its interval, with prompts as the sampling unit.
    pub interval: IntervalReport,
}

/// Two families of constraints.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PairReport {
    /// The family first in the alphabet.
    pub first: String,
    /// The other one.
    pub second: String,
    /// Prompts that have both, and two completions with both verdicts known.
    pub prompts: u64,
    /// Prompts in which both verdicts vary: the only ones that tell of the odds ratio.
    pub informative_prompts: u64,
    /// Verdicts on both.
    pub completions: u64,
    /// The odds ratio within prompts, of Mantel and Haenszel.
    pub odds_ratio: OddsReport,
    /// P-value of independence within prompts; `null` with fewer than two informative prompts.
    pub p_value: Option<f64>,
    /// The same, by Holm's method over all pairs.
    pub p_adjusted: Option<f64>,
    /// Share of completions that meet both; `null` without a prompt.
    pub both: Option<MeanReport>,
    /// What it would be were they independent within prompts.
    pub both_if_independent: Option<MeanReport>,
    /// How often the second is met where the first is; `null` where the first never is.
    pub second_given_first: Option<MeanReport>,
    /// How often the first is met where the second is.
    pub first_given_second: Option<MeanReport>,
    /// What all that says.
    pub tie: TieReport,
}

/// An odds ratio.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OddsReport {
    /// Its value; `null` when infinite, or when no prompt is informative.
    pub estimate: Option<f64>,
    /// The lower end of its interval; `null` with fewer than two informative prompts.
    pub low: Option<f64>,
    /// The upper end; `null` when infinite, and with fewer than two informative prompts.
    pub high: Option<f64>,
}

/// How two families are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TieReport {
    /// Met together much more rarely than independence allows.
    Conflict,
    /// Each is met nearly always when the other is, and not because both always are.
    Redundant,
    /// Met together much more often than independence allows.
    Synergy,
    /// Nothing of these is known.
    Unclear,
}

impl From<&advise::PassAt> for PassAtReport {
    fn from(pass: &advise::PassAt) -> Self {
        let &advise::PassAt { k, prompts, short, estimate, interval } = pass;
        Self { k, prompts, short_prompts: short, estimate, interval: interval.into() }
    }
}

impl From<advise::Mean> for MeanReport {
    fn from(mean: advise::Mean) -> Self {
        Self { estimate: mean.estimate, interval: mean.interval.into() }
    }
}

impl From<&advise::Dependence> for DependenceReport {
    fn from(dependence: &advise::Dependence) -> Self {
        let full = dependence.full.map(|full| FullReport {
            prompts: full.prompts,
            seen: full.full.into(),
            if_independent: full.independent.into(),
            worth: full.worth.into(),
        });
        Self { full, pairs: dependence.pairs.iter().map(PairReport::from).collect(), left_out: dependence.left_out }
    }
}

impl From<&advise::Pair> for PairReport {
    fn from(pair: &advise::Pair) -> Self {
        let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
        Self {
            first: pair.first.clone(),
            second: pair.second.clone(),
            prompts: pair.prompts,
            informative_prompts: pair.informative,
            completions: pair.completions,
            odds_ratio: OddsReport {
                estimate: finite(pair.odds_ratio),
                low: pair.interval.map(|interval| interval.low),
                high: finite(pair.interval.map(|interval| interval.high)),
            },
            p_value: pair.p_value,
            p_adjusted: pair.p_adjusted,
            both: pair.both.map(MeanReport::from),
            both_if_independent: pair.both_if_independent.map(MeanReport::from),
            second_given_first: pair.second_given_first.map(MeanReport::from),
            first_given_second: pair.first_given_second.map(MeanReport::from),
            tie: match pair.tie {
                advise::Tie::Conflict => TieReport::Conflict,
                advise::Tie::Redundant => TieReport::Redundant,
                advise::Tie::Synergy => TieReport::Synergy,
                advise::Tie::Unclear => TieReport::Unclear,
            },
        }
    }
}
