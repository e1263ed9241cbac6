//! Groups of verdicts, without the texts of their reasons.

use crate::verdict::{CauseKind, Constraint, Failure, FailureKind, Group, Outcome, Verdict};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The lists of constraints that groups refer to.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WireGroups {
    lists: Vec<Vec<WireConstraint>>,
}

/// A constraint.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireConstraint {
    id: String,
    weight: f64,
    required: bool,
    gate: bool,
}

/// A group.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireGroup {
    prompt: String,
    /// Place of its list of constraints.
    constraints: usize,
    /// By completion and constraint: the score, null where unscored.
    scores: Vec<Vec<Option<f64>>>,
}

impl WireGroups {
    /// The form of a group; its list of constraints is added unless it is there.
    pub fn write(&mut self, group: &Group) -> WireGroup {
        let wire = |c: &Constraint| WireConstraint {
            id: c.id.to_string(),
            weight: c.weight,
            required: c.required,
            gate: c.gate,
        };
        let list: Vec<WireConstraint> = group.constraints().iter().map(wire).collect();
        let known = self.lists.iter().position(|known| *known == list);
        let constraints = known.unwrap_or_else(|| {
            self.lists.push(list);
            self.lists.len() - 1
        });
        let scores = |outcome: &Outcome| outcome.verdicts().iter().map(Verdict::score).collect();
        WireGroup { prompt: group.prompt.to_string(), constraints, scores: group.outcomes.iter().map(scores).collect() }
    }

    /// Reads groups that were written with these lists.
    ///
    /// # Errors
    /// What does not fit.
    pub fn read(self, groups: impl IntoIterator<Item = WireGroup>) -> Result<Vec<Group>, &'static str> {
        let lists: Vec<Arc<[Constraint]>> = self.lists.into_iter().map(constraints).collect();
        let of = |wire: WireGroup| -> Result<Group, &'static str> {
            let constraints = lists.get(wire.constraints).ok_or("a group is of unknown constraints")?;
            let outcome = |scores: Vec<Option<f64>>| {
                let fits = scores.len() == constraints.len() && !scores.is_empty();
                let ranges = scores.iter().flatten().all(|score| (0.0..=1.0).contains(score));
                if !(fits && ranges) {
                    return Err("a group does not fit its constraints");
                }
                Ok(Outcome::new(constraints.clone(), scores.into_iter().map(verdict).collect()))
            };
            let outcomes = wire.scores.into_iter().map(outcome).collect::<Result<_, _>>()?;
            Ok(Group { prompt: wire.prompt.into(), outcomes })
        };
        groups.into_iter().map(of).collect()
    }
}

fn constraints(list: Vec<WireConstraint>) -> Arc<[Constraint]> {
    let constraint =
        |WireConstraint { id, weight, required, gate }| Constraint { id: id.into(), weight, required, gate };
    list.into_iter().map(constraint).collect()
}

fn verdict(score: Option<f64>) -> Verdict {
    match score {
        Some(1.0) => Verdict::Passed,
        Some(score) => Verdict::Failed(Box::new(Failure::new(FailureKind::Unmet, score, "", ""))),
        None => Verdict::unscored(CauseKind::Missing, ""),
    }
}
