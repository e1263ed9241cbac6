//! The line `fullmarks score` writes for a completion. Format 1.

use crate::{
    reward::Scheme,
    verdict::{Constraint, Outcome, Verdict},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One completion, judged and rewarded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreLine {
    /// The prompt's id.
    pub id: String,
    /// Number of the completion among those of its prompt in the file, from 0.
    pub completion: u64,
    /// One verdict per constraint, in the order of the spec or of the prompt.
    pub verdicts: Vec<LineVerdict>,
    /// Whether all constraints are met; null when unknown.
    pub full: Option<bool>,
    /// Share of the constraints that are met, 0 to 1; null when unknown.
    pub fraction: Option<f64>,
    /// The reward, 0 to 1; null when something unscored could change it.
    pub reward: Option<f64>,
}

/// The verdict of one constraint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineVerdict {
    /// The constraint's id.
    pub constraint: String,
    /// Whether it is met; null when our side could not judge.
    pub passed: Option<bool>,
    /// Share of its cases that are met, where it has several and failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Class of a failure: unmet, empty, timeout, memory, recursion; of code also syntax, exited, output, raised, crashed,
    /// missing, not-plain, wrong-answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Why it failed: the public reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Why it could not be judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unscored: Option<String>,
}

impl ScoreLine {
    /// The line of an outcome under a scheme.
    #[must_use]
    pub fn new(id: &str, completion: u64, outcome: &Outcome, scheme: &Scheme) -> Self {
        Self {
            id: id.to_owned(),
            completion,
            verdicts: outcome.iter().map(|(constraint, verdict)| LineVerdict::new(constraint, verdict)).collect(),
            full: outcome.full(),
            fraction: outcome.fraction(),
            reward: scheme.reward(outcome).map(crate::reward::Reward::value),
        }
    }
}

impl LineVerdict {
    fn new(constraint: &Constraint, verdict: &Verdict) -> Self {
        let mut line = Self {
            constraint: constraint.id.to_string(),
            passed: verdict.passed(),
            score: None,
            failure: None,
            why: None,
            unscored: None,
        };
        match verdict {
            Verdict::Passed => {}
            Verdict::Failed(failure) => {
                line.score = Some(failure.score).filter(|score| *score > 0.0);
                line.failure = Some(failure.kind.to_string());
                line.why = Some(failure.public.clone()).filter(|why| !why.is_empty());
            }
            Verdict::Unscored(cause) => line.unscored = Some(format!("{}: {}", cause.kind, cause.detail)),
        }
        line
    }
}
