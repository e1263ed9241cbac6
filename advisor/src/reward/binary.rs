//! `binary`: 1 when every constraint is met, else 0. The reward RLVR started from (Tülu 3, arXiv 2411.15124).

use super::Reward;
use crate::verdict::Outcome;

/// Full marks or nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Binary;

impl Binary {
    /// 1 for a full outcome, 0 once anything failed, unknown otherwise.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        Some(if outcome.full()? { Reward::FULL } else { Reward::ZERO })
    }
}
