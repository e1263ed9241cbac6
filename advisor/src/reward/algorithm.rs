//! How trainers turn the rewards of a group into advantages.

use super::{group_advantage::EPSILON, named::named};
use std::fmt;

/// How a trainer turns the rewards of a group into advantages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// (reward − mean) / standard deviation over the group (DeepSeekMath, arXiv 2402.03300). Dividing by the deviation
    /// makes a small credit push as hard as a large one wherever it is the only difference within a group.
    #[default]
    Grpo,
    /// The same without the division (Dr. GRPO, arXiv 2503.20783; TRL's `scale_rewards="none"`).
    DrGrpo,
    /// GRPO over groups that hold different rewards: others are drawn again until the batch is full (DAPO's dynamic
    /// sampling, arXiv 2503.14476).
    Dapo,
    /// Reward minus the mean of the others in the group (leave-one-out, arXiv 2402.14740).
    Rloo,
    /// The reward itself (Williams 1992, Machine Learning 8). In expectation it moves the policy as `Rloo` does.
    Reinforce,
}

named!(Algorithm as NAMES { Grpo = "grpo", DrGrpo = "dr-grpo", Dapo = "dapo", Rloo = "rloo", Reinforce = "reinforce" });

impl Algorithm {
    /// All of them, in the order of help texts.
    pub const ALL: [Self; 5] = [Self::Grpo, Self::DrGrpo, Self::Dapo, Self::Rloo, Self::Reinforce];

    /// Whether advantages are divided by the deviation of their group.
    #[must_use]
    pub fn normalises(self) -> bool {
        matches!(self, Self::Grpo | Self::Dapo)
    }

    /// The advantages of a group of rewards.
    ///
    /// The deviation is that of a sample, with G − 1 in the divisor, as TRL and verl compute it, plus 1e-4. Under
    /// `Dapo` they are those of a group that was kept: a group of equal rewards gives zeros.
    #[must_use]
    pub fn advantages(self, rewards: &[f64]) -> Vec<f64> {
        let size = rewards.len() as f64;
        let mean = rewards.iter().sum::<f64>() / size;
        let centred = rewards.iter().map(|reward| reward - mean);
        match self {
            Self::Reinforce => rewards.to_vec(),
            Self::DrGrpo => centred.collect(),
            Self::Rloo => centred.map(|advantage| advantage * size / (size - 1.0)).collect(),
            Self::Grpo | Self::Dapo => {
                let squares: f64 = centred.clone().map(|advantage| advantage * advantage).sum();
                let deviation = (squares / (size - 1.0)).sqrt();
                centred.map(|advantage| advantage / (deviation + EPSILON)).collect()
            }
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Grpo => "GRPO",
            Self::DrGrpo => "Dr. GRPO",
            Self::Dapo => "DAPO",
            Self::Rloo => "RLOO",
            Self::Reinforce => "REINFORCE",
        })
    }
}
