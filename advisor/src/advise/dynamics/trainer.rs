//! What a trainer does with rewards.

use crate::reward::Algorithm;

/// What a trainer does with rewards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trainer {
    /// Rewards to advantages.
    pub algorithm: Algorithm,
    /// Completions per prompt in a step.
    pub group_size: usize,
    /// Coefficient β of the penalty β · KL(π ‖ π₀).
    pub kl: f64,
}
