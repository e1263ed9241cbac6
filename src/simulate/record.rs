//! What is recorded of a trajectory.

/// The policy after so many updates.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Updates taken.
    pub step: u64,
    /// Probability of each outcome.
    pub probabilities: Vec<f64>,
    /// Expected reward by the truth.
    pub truth: f64,
    /// Expected reward by the reward it is trained with.
    pub reward: f64,
}
