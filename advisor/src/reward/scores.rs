//! What rules over groups read off outcomes.

use crate::verdict::Outcome;
use std::sync::Arc;

/// The scores of the constraints that are no gates, all 0 once a gate or a required constraint failed; `None` when one that
/// matters is unscored.
pub(super) fn scores(outcome: &Outcome) -> Option<Vec<f64>> {
    let forfeits = |constraint: &crate::verdict::Constraint| constraint.gate || constraint.required;
    let forfeited = outcome.iter().any(|(constraint, verdict)| forfeits(constraint) && verdict.passed() == Some(false));
    let unknown = outcome.iter().any(|(constraint, verdict)| constraint.gate && verdict.passed().is_none());
    if !forfeited && unknown {
        return None;
    }
    let counting = outcome.iter().filter(|(constraint, _)| !constraint.gate);
    counting.map(|(_, verdict)| if forfeited { Some(0.0) } else { verdict.score() }).collect()
}

/// The constraints of a group that are no gates: place, weight over the largest, id.
pub(super) fn weights(group: &[Outcome]) -> Vec<(usize, f64, Arc<str>)> {
    let Some(first) = group.first() else { return Vec::new() };
    let counting = || first.constraints().iter().enumerate().filter(|(_, constraint)| !constraint.gate);
    let largest = counting().map(|(_, constraint)| constraint.weight).fold(f64::MIN_POSITIVE, f64::max);
    counting().map(|(place, constraint)| (place, constraint.weight / largest, constraint.id.clone())).collect()
}
