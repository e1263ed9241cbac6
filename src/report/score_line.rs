//! The line `fullmarks score` writes for a completion. Format 1.

use crate::{
    reward::Pay,
    task::Scored,
    verdict::{Constraint, Verdict},
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
    pub index: u64,
    /// One verdict per constraint, in the order of the spec or of the prompt.
    pub verdicts: Vec<LineVerdict>,
    /// Whether all constraints are met; null when unknown.
    pub full: Option<bool>,
    /// Mean score of the constraints, 0 to 1: one that is met in part counts by its share of cases; null when unknown.
    pub fraction: Option<f64>,
    /// The reward, 0 to 1; null when something unscored could change it.
    pub reward: Option<f64>,
    /// What each part contributed; left out where the reward is the scheme's and nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<LineParts>,
    /// The advantage within the group, where the spec says how groups get theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advantage: Option<LineAdvantage>,
}

/// What each part contributed: reward = gate × scheme − tier − penalty, and never below 0.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineParts {
    /// Whether the gates admit to credit: open (1), shut (0) or unknown; left out where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// What the scheme gives behind the gate; null when something unscored could change it.
    pub scheme: Option<f64>,
    /// The credit in force, where it changes during training.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<f64>,
    /// What was taken so that it stays below full answers under any penalty; left out where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<f64>,
    /// What length costs; left out without a penalty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub penalty: Option<f64>,
    /// The length that it was counted by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// What the length counts: tokens or characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// The advantage of a completion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineAdvantage {
    /// It; null when something unscored matters to it.
    pub value: Option<f64>,
    /// What it is the sum of, by constraint.
    pub parts: Vec<AdvantageShare>,
}

/// What one part adds to an advantage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvantageShare {
    /// A constraint's id, or `full`.
    pub part: String,
    /// What it adds; null when unknown.
    pub value: Option<f64>,
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
    /// The line of a scored completion.
    #[must_use]
    pub fn of(scored: &Scored) -> Self {
        let Scored { id, index, outcome, pay } = scored;
        Self {
            id: id.clone(),
            index: *index,
            verdicts: outcome.iter().map(|(constraint, verdict)| LineVerdict::new(constraint, verdict)).collect(),
            full: outcome.full(),
            fraction: outcome.fraction(),
            reward: pay.reward(),
            parts: LineParts::of(pay),
            advantage: LineAdvantage::of(pay),
        }
    }
}

impl LineParts {
    /// Those of what was paid.
    #[must_use]
    pub fn of(pay: &Pay) -> Option<Self> {
        let Pay { rewarded, credit, .. } = pay;
        if rewarded.gate.is_none() && rewarded.penalty.is_none() && credit.is_none() {
            return None;
        }
        Some(Self {
            gate: rewarded.gate.map(|gate| gate.name().to_owned()),
            scheme: rewarded.scheme.map(crate::reward::Reward::value),
            credit: *credit,
            tier: Some(rewarded.tier).filter(|tier| *tier > 0.0),
            penalty: rewarded.penalty.map(|(penalty, _)| penalty),
            length: rewarded.penalty.map(|(_, length)| length.count),
            unit: rewarded.penalty.map(|(_, length)| length.unit.name().to_owned()),
        })
    }
}

impl LineAdvantage {
    /// That of what was paid.
    #[must_use]
    pub fn of(pay: &Pay) -> Option<Self> {
        let advantage = pay.advantage.as_ref()?;
        let share = |(part, value): &(String, Option<f64>)| AdvantageShare { part: part.clone(), value: *value };
        Some(Self { value: advantage.value, parts: advantage.parts.iter().map(share).collect() })
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
