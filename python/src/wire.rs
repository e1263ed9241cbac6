//! The form in which rollouts travel between processes. Both ends are the same version of this package; it is not for keeping.

use fullmarks::{
    reward::Pay,
    task::Scored,
    verdict::{Cause, CauseKind, Constraint, Failure, FailureKind, Outcome, Verdict},
};
use serde::{Deserialize, Serialize};

/// A rollout with all that is known of it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireRollout {
    id: String,
    index: u64,
    pay: Pay,
    verdicts: Vec<WireVerdict>,
}

impl From<&Scored> for WireRollout {
    fn from(scored: &Scored) -> Self {
        let Scored { id, index, outcome, pay } = scored;
        Self { id: id.clone(), index: *index, pay: pay.clone(), verdicts: verdicts(outcome) }
    }
}

impl WireRollout {
    /// What it was made from; `None` without a verdict.
    pub(crate) fn scored(self) -> Option<Scored> {
        let Self { id, index, pay, verdicts } = self;
        Some(Scored { id, index, outcome: outcome(verdicts)?, pay })
    }
}

/// A constraint and its verdict.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireVerdict {
    constraint: String,
    weight: f64,
    required: bool,
    gate: bool,
    verdict: WireMark,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
enum WireMark {
    Passed,
    Failed { kind: FailureKind, score: f64, public: String, private: String },
    Unscored { kind: CauseKind, detail: String },
}

/// The verdicts of an outcome.
fn verdicts(outcome: &Outcome) -> Vec<WireVerdict> {
    let wire = |(constraint, verdict): (&Constraint, &Verdict)| WireVerdict {
        constraint: constraint.id.to_string(),
        weight: constraint.weight,
        required: constraint.required,
        gate: constraint.gate,
        verdict: match verdict {
            Verdict::Passed => WireMark::Passed,
            Verdict::Failed(failure) => {
                let Failure { kind, score, public, private, .. } = (**failure).clone();
                WireMark::Failed { kind, score, public, private }
            }
            Verdict::Unscored(cause) => {
                let Cause { kind, detail, .. } = (**cause).clone();
                WireMark::Unscored { kind, detail }
            }
        },
    };
    outcome.iter().map(wire).collect()
}

/// The outcome of verdicts, of which there must be one.
fn outcome(wire: Vec<WireVerdict>) -> Option<Outcome> {
    if wire.is_empty() {
        return None;
    }
    let (constraints, verdicts): (Vec<_>, _) = wire.into_iter().map(split).unzip();
    Some(Outcome::new(constraints.into(), verdicts))
}

fn split(wire: WireVerdict) -> (Constraint, Verdict) {
    let WireVerdict { constraint, weight, required, gate, verdict } = wire;
    let verdict = match verdict {
        WireMark::Passed => Verdict::Passed,
        WireMark::Failed { kind, score, public, private } => {
            Verdict::Failed(Box::new(Failure::new(kind, score, &public, &private)))
        }
        WireMark::Unscored { kind, detail } => Verdict::unscored(kind, detail),
    };
    (Constraint { id: constraint.into(), weight, required, gate }, verdict)
}
