//! The JSON form of rewards that are compared, version 1.

use super::{
    AdviseReport, Advised, DecisionReport, LeftOut,
    advise_json::{IntervalReport, ShareReport},
    words::compare as words,
};
use crate::compare::{ByConstraint, Choice, Compared, Differences, Lead, Shown, Weighed};
use schemars::JsonSchema;
use serde::Serialize;

/// Version of this form. Fields may be added within a version; removing one or changing its meaning makes a new one.
const VERSION: u32 = 1;

/// What `fullmarks advise --json` writes for several rewards.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CompareReport {
    /// The kind of document.
    pub fullmarks: CompareKind,
    /// Version of the form.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// Which reward to take.
    pub choice: ChoiceReport,
    /// The rewards, in the order in which they were given.
    pub rewards: Vec<ComparedRewardReport>,
    /// The first against each of the others: who is paid differently.
    pub differences: Vec<DifferencesReport>,
    /// What of the input is in no figure, and why.
    pub left_out: LeftOut,
}

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum CompareKind {
    /// A comparison.
    #[serde(rename = "compare")]
    Compare,
}

/// Which reward to take, by what it teaches. What is right to pay for, only an audit says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChoiceReport {
    /// `take`, `more-mixed` (one has more mixed groups, and columns do not say whether it pays for what is wanted), `alike` (no difference that matters), `same` (all completions are paid the same), `torn` (more mixed groups, and something to fix first) or
    /// `cannot-tell`.
    #[schemars(extend("enum" = ["take", "more-mixed", "alike", "same", "torn", "cannot-tell"]))]
    pub answer: String,
    /// The name of the reward to take; `null` unless the answer is `take`.
    pub take: Option<String>,
    /// How much larger the share of mixed groups is than under each other reward, where it is compared; the closest first.
    pub leads: Vec<LeadReport>,
    /// The same in words, for people.
    pub sentence: String,
}

/// How much larger the share of mixed groups is under one reward than under another, on the same completions.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct LeadReport {
    /// The one.
    pub first: String,
    /// The other.
    pub second: String,
    /// Mean over prompts of the difference, in [−1, 1].
    pub estimate: f64,
    /// Its interval. Where more than two rewards are compared, all intervals hold together.
    pub interval: IntervalReport,
    /// Prompts with at least two completions that both pay.
    pub prompts: u64,
}

/// One of the rewards.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ComparedRewardReport {
    /// Its name: the spec as it was given, or the columns.
    pub name: String,
    /// What to do with it.
    pub decision: DecisionReport,
    /// Share of groups whose rewards differ, penalties left out; `null` where no reward is known.
    pub mixed: Option<ShareReport>,
    /// All that `advise` says of it alone.
    pub report: AdviseReport,
}

/// Who is paid differently by two rewards, of the completions that both pay.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DifferencesReport {
    /// The one.
    pub first: String,
    /// The other.
    pub second: String,
    /// Completions that both pay.
    pub completions: u64,
    /// Completions that one of them cannot pay.
    pub unknown: u64,
    /// Paid more by the second.
    pub more: u64,
    /// Paid less by the second.
    pub less: u64,
    /// Whether amounts are compared as shares of each reward's range, since their ranges differ.
    pub scaled: bool,
    /// Pairs of completions of one prompt, of its first 256.
    pub pairs: u64,
    /// Pairs that the first alone tells apart.
    pub first_alone: u64,
    /// Pairs that the second alone tells apart.
    pub second_alone: u64,
    /// Pairs that both tell apart, the other way around.
    pub turned: u64,
    /// By which constraint, the most frequent first. A completion counts for each constraint that it fails under the reward that pays less, and does not fail
    /// under the other.
    pub constraints: Vec<ByConstraintReport>,
    /// Paid differently although the same constraints are failed.
    pub same_verdicts: u64,
    /// Paid differently where one of the rewards has no verdicts.
    pub without_verdicts: u64,
    /// Some of these completions.
    pub examples: Vec<ComparedExampleReport>,
}

/// Completions that a constraint has paid differently.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ByConstraintReport {
    /// The constraint's id without its position.
    pub constraint: String,
    /// The reward under which it is not met.
    pub under: String,
    /// Completions.
    pub completions: u64,
}

/// A completion that is paid differently.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ComparedExampleReport {
    /// The prompt's id.
    pub prompt: String,
    /// Its place among the prompt's completions, from 0.
    pub completion: u64,
    /// How it begins.
    pub excerpt: String,
    /// What the first and the second reward make of it.
    pub rewards: Vec<ComparedPayReport>,
}

/// What a reward makes of a completion.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ComparedPayReport {
    /// What it pays.
    pub reward: f64,
    /// Constraints that it finds unmet.
    pub reasons: Vec<ReasonReport>,
}

/// Why a constraint is not met.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ReasonReport {
    /// The constraint's id without its position.
    pub constraint: String,
    /// The checker's public reason.
    pub why: String,
}

impl CompareReport {
    /// The wire form.
    #[must_use]
    pub fn new(compared: &Compared, left_out: LeftOut) -> Self {
        let name = |place: usize| compared.rewards[place].name.clone();
        let lead = |lead: &Lead| LeadReport {
            first: name(lead.first),
            second: name(lead.second),
            estimate: lead.estimate,
            interval: lead.interval.into(),
            prompts: lead.prompts,
        };
        let (take, leads) = match &compared.choice {
            Choice::Take { reward, leads } => (Some(name(*reward)), leads.as_slice()),
            Choice::More { leads, .. } | Choice::Alike { leads } | Choice::Torn { leads, .. } => {
                (None, leads.as_slice())
            }
            _ => (None, [].as_slice()),
        };
        let reward = |weighed: &Weighed| ComparedRewardReport {
            name: weighed.name.clone(),
            decision: DecisionReport::new(&weighed.assessment),
            mixed: weighed.gradient.map(ShareReport::from),
            report: AdviseReport::new(&Advised::from(weighed.clone())),
        };
        let by = |by: &ByConstraint| ByConstraintReport {
            constraint: by.constraint.clone(),
            under: name(by.under),
            completions: by.completions,
        };
        let differences = |(found, shown): &(Differences, Vec<Shown>)| DifferencesReport {
            first: name(found.first),
            second: name(found.second),
            completions: found.completions,
            unknown: found.unknown,
            more: found.more,
            less: found.less,
            scaled: found.scaled,
            pairs: found.pairs,
            first_alone: found.first_alone,
            second_alone: found.second_alone,
            turned: found.turned,
            constraints: found.constraints.iter().map(by).collect(),
            same_verdicts: found.same_verdicts,
            without_verdicts: found.without_verdicts,
            examples: shown.iter().map(ComparedExampleReport::from).collect(),
        };
        Self {
            fullmarks: CompareKind::Compare,
            version: VERSION,
            choice: ChoiceReport {
                answer: compared.choice.name().to_owned(),
                take,
                leads: leads.iter().map(lead).collect(),
                sentence: words::choice(compared),
            },
            rewards: compared.rewards.iter().map(reward).collect(),
            differences: compared.differences.iter().map(differences).collect(),
            left_out,
        }
    }
}

impl From<&Shown> for ComparedExampleReport {
    fn from(shown: &Shown) -> Self {
        let Shown { prompt, completion, excerpt, rewards } = shown;
        let reason =
            |(constraint, why): &(String, String)| ReasonReport { constraint: constraint.clone(), why: why.clone() };
        let pay = |reward: &crate::compare::ShownReward| ComparedPayReport {
            reward: reward.paid,
            reasons: reward.reasons.iter().map(reason).collect(),
        };
        Self {
            prompt: prompt.clone(),
            completion: *completion,
            excerpt: excerpt.clone(),
            rewards: rewards.iter().map(pay).collect(),
        }
    }
}
