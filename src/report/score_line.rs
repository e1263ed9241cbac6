//! The line `fullmarks score` writes for a completion. Format 1.

use crate::{
    reward::{GroupAdvantage, Rewarded, Scheme},
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
    /// The line of an outcome under a scheme that takes nothing but the outcome.
    #[must_use]
    pub fn new(id: &str, completion: u64, outcome: &Outcome, scheme: &Scheme) -> Self {
        Self::with_reward(id, completion, outcome, scheme.reward(outcome).map(crate::reward::Reward::value))
    }

    /// The line of an outcome that was given this reward, in [0, 1].
    #[must_use]
    pub fn with_reward(id: &str, completion: u64, outcome: &Outcome, reward: Option<f64>) -> Self {
        let reward = reward.map(crate::reward::Reward::new);
        let rewarded = Rewarded { reward, gate: None, scheme: reward, tier: 0.0, penalty: None };
        Self::of(id, completion, outcome, &rewarded, None)
    }

    /// The line of an outcome and what it was rewarded with; `credit` is the one in force, where it changes during training.
    #[must_use]
    pub fn of(id: &str, completion: u64, outcome: &Outcome, rewarded: &Rewarded, credit: Option<f64>) -> Self {
        Self {
            id: id.to_owned(),
            completion,
            verdicts: outcome.iter().map(|(constraint, verdict)| LineVerdict::new(constraint, verdict)).collect(),
            full: outcome.full(),
            fraction: outcome.fraction(),
            reward: rewarded.reward.map(crate::reward::Reward::value),
            parts: LineParts::of(rewarded, credit),
            advantage: None,
        }
    }

    /// The same with the advantage of the completion at `place` in its group.
    #[must_use]
    pub fn with_advantage(mut self, group: &GroupAdvantage, place: usize) -> Self {
        let share = |part: &crate::reward::AdvantagePart| AdvantageShare {
            part: part.name.to_string(),
            value: part.values[place],
        };
        let parts = group.parts().iter().map(share).collect();
        self.advantage = Some(LineAdvantage { value: group.values()[place], parts });
        self
    }
}

impl LineParts {
    fn of(rewarded: &Rewarded, credit: Option<f64>) -> Option<Self> {
        if rewarded.gate.is_none() && rewarded.penalty.is_none() && credit.is_none() {
            return None;
        }
        Some(Self {
            gate: rewarded.gate.map(|gate| gate.name().to_owned()),
            scheme: rewarded.scheme.map(crate::reward::Reward::value),
            credit,
            tier: Some(rewarded.tier).filter(|tier| *tier > 0.0),
            penalty: rewarded.penalty.map(|(penalty, _)| penalty),
            length: rewarded.penalty.map(|(_, length)| length.count),
            unit: rewarded.penalty.map(|(_, length)| length.unit.name().to_owned()),
        })
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
