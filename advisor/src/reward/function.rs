//! gate × scheme − penalty: what a spec's `reward` says as a whole.

use super::{Length, Overlong, Reward, Scheme};
use crate::verdict::Outcome;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A scheme, behind the gates that the constraints say they are, less a penalty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RewardFunction {
    /// What verdicts earn.
    pub scheme: Scheme,
    /// What length costs.
    pub penalty: Option<Overlong>,
    /// Whether a penalty may take a full answer below another. If not, what is not full earns less than a full answer keeps
    /// under the whole penalty.
    pub may_reorder: bool,
}

/// The reward of a completion, and what each part contributed:
/// `reward = max(0, gate × scheme − tier − penalty)`, the gate being 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rewarded {
    /// The reward; `None` when something unscored could change it.
    pub reward: Option<Reward>,
    /// The gate; `None` where no constraint is one.
    pub gate: Option<Gate>,
    /// What the scheme gives behind the gate.
    pub scheme: Option<Reward>,
    /// What was taken so that it stays below full answers; 0 where nothing was.
    pub tier: f64,
    /// What length costs, and the length; `None` without a penalty.
    pub penalty: Option<(f64, Length)>,
}

/// Whether the gates admit to credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gate {
    /// All are passed.
    Open,
    /// One is failed.
    Shut,
    /// Not known: none failed, and one is unscored.
    Unknown,
}

impl Gate {
    /// As score lines have it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Shut => "shut",
            Self::Unknown => "unknown",
        }
    }

    fn of(outcome: &Outcome) -> Option<Self> {
        let mut gates = outcome.iter().filter(|(constraint, _)| constraint.gate).map(|(_, verdict)| verdict.passed());
        let first = gates.next()?;
        let all: Vec<Option<bool>> = std::iter::once(first).chain(gates).collect();
        Some(if all.contains(&Some(false)) {
            Self::Shut
        } else if all.contains(&None) {
            Self::Unknown
        } else {
            Self::Open
        })
    }
}

impl RewardFunction {
    /// The scheme and nothing else.
    #[must_use]
    pub fn of(scheme: Scheme) -> Self {
        Self { scheme, penalty: None, may_reorder: false }
    }

    /// The rewards of a group, in its order. `length` tells how long the completion of that place is; it is asked only where
    /// there is a penalty.
    #[must_use]
    pub fn rewards(&self, group: &[Outcome], length: impl Fn(usize) -> Length) -> Vec<Rewarded> {
        let earned = self.scheme.rewards(group);
        let gated = group.iter().any(|outcome| outcome.constraints().iter().any(|constraint| constraint.gate));
        let behind = if gated {
            let rest: Vec<Option<Outcome>> = group.iter().map(Outcome::behind_gates).collect();
            match rest.into_iter().collect::<Option<Vec<Outcome>>>() {
                Some(rest) => self.scheme.rewards(&rest),
                // There is nothing but gates.
                None => vec![Some(Reward::FULL); group.len()],
            }
        } else {
            earned.clone()
        };
        let of = |place: usize| {
            let (outcome, earned, behind) = (&group[place], earned[place], behind[place]);
            let penalty = self.penalty.map(|overlong| {
                let length = length(place);
                (overlong.penalty(length.count), length)
            });
            let (reward, tier) = match earned {
                Some(earned) => self.charged(earned, penalty.map(|(penalty, _)| penalty)),
                None => (None, 0.0),
            };
            Rewarded { reward, gate: Gate::of(outcome), scheme: behind, tier, penalty }
        };
        (0..group.len()).map(of).collect()
    }

    /// What verdicts earn once it is seen to that the penalty takes no full answer below another; the penalty comes off that.
    #[must_use]
    pub fn held(&self, earned: Reward) -> f64 {
        let most = match (earned, self.penalty) {
            (Reward::FULL, _) | (_, None) => 1.0,
            _ if self.may_reorder => 1.0,
            (_, Some(overlong)) => (1.0 - overlong.at_most).next_down().max(0.0),
        };
        earned.value().min(most)
    }

    /// What is left of a reward, and what its tier took.
    fn charged(&self, earned: Reward, penalty: Option<f64>) -> (Option<Reward>, f64) {
        let Some(penalty) = penalty else { return (Some(earned), 0.0) };
        let held = self.held(earned);
        (Some(Reward::new(held - penalty)), earned.value() - held)
    }
}

impl fmt::Display for RewardFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.scheme.fmt(f)?;
        if let Some(penalty) = &self.penalty {
            write!(f, " less {penalty}")?;
        }
        if self.may_reorder { f.write_str(", may reorder") } else { Ok(()) }
    }
}
