//! The parts of an audit's JSON form that say what to believe and what to change.

use crate::{
    audit::{Beside, Chance, Finding, Pattern, Test},
    report::words::audit_advice as words,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Longest excerpt of a completion, in characters.
pub(super) const EXCERPT: usize = 160;

/// A finding on the ranking.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FindingReport {
    /// Its name.
    #[schemars(extend("enum" = Finding::CODES))]
    pub code: String,
    /// What it says.
    pub text: String,
}

/// What rewards reach that know nothing of the truth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChanceReport {
    /// Their Acc.
    pub acc: f64,
    /// Their HAcc.
    pub hacc: f64,
}

/// Completions that share something and hold more of the harm than of the policy.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PatternReport {
    /// What they share, as a text.
    pub what: String,
    /// The feature.
    pub feature: String,
    /// A number that the feature is above.
    pub above: Option<f64>,
    /// A number that it is at most.
    pub at_most: Option<f64>,
    /// A text that it is.
    pub is: Option<String>,
    /// Their share of the harm.
    pub harm: f64,
    /// Their share of the policy.
    pub mass: f64,
    /// Prompts with a harmful error among them.
    pub prompts: u64,
    /// Of the harm, how much is paid too much.
    pub over: f64,
    /// Share of the policy that harmful errors touch once errors among them are mended.
    pub harmful_left: f64,
    /// What to do.
    pub remedy: String,
}

/// Another completion of the prompt, worth something else.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BesideReport {
    /// Its number among the prompt's completions, from 0.
    pub completion: u64,
    /// What it is worth.
    pub truth: f64,
    /// What it is paid.
    pub proxy: f64,
    /// How it begins.
    pub excerpt: String,
}

impl FindingReport {
    pub(super) fn new(found: &Finding) -> Self {
        Self { code: found.code().into(), text: words::finding(found) }
    }
}

impl ChanceReport {
    pub(super) fn new(chance: Chance) -> Self {
        Self { acc: chance.acc, hacc: chance.hacc }
    }
}

impl BesideReport {
    pub(super) fn new(beside: &Beside) -> Self {
        Self {
            completion: beside.completion as u64,
            truth: beside.truth,
            proxy: beside.proxy,
            excerpt: beside.excerpt.chars().take(EXCERPT).collect(),
        }
    }
}

impl PatternReport {
    pub(super) fn new(pattern: &Pattern) -> Self {
        let (above, at_most, is) = match &pattern.test {
            Test::Above(number) => (Some(*number), None, None),
            Test::AtMost(number) => (None, Some(*number), None),
            Test::Is(text) => (None, None, Some(text.to_string())),
        };
        Self {
            what: words::pattern(pattern),
            feature: pattern.feature.clone(),
            above,
            at_most,
            is,
            harm: pattern.harm,
            mass: pattern.mass,
            prompts: pattern.prompts,
            over: pattern.over,
            harmful_left: pattern.harmful_left,
            remedy: words::remedy(pattern),
        }
    }
}
