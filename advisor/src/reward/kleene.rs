//! What a monotone reward is when something is unscored: known exactly when nothing unscored could change it.

use super::Reward;
use crate::verdict::{Constraint, Outcome, Verdict};

/// The reward of an outcome that is not full and has failed nothing that forfeits all, from what scores earn (`earns`, monotone
/// in each score and below 1; it is handed the scores by a constraint's place). Known where the least and the most that the
/// unscored verdicts could make of it agree.
pub(super) fn between(outcome: &Outcome, earns: impl Fn(&dyn Fn(usize) -> f64) -> f64) -> Option<Reward> {
    // Unknown: it may be full.
    outcome.full()?;
    let may_forfeit = |(constraint, verdict): (&Constraint, &Verdict)| {
        (constraint.required || constraint.gate) && verdict.passed().is_none()
    };
    let with = |unscored: f64| earns(&|place| outcome.verdicts()[place].score().unwrap_or(unscored));
    let least = if outcome.iter().any(may_forfeit) { 0.0 } else { with(0.0) };
    (least == with(1.0)).then(|| Reward::new(least))
}
