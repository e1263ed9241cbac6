//! The reward of one completion.

use serde::{Deserialize, Serialize};

/// The reward of one completion, in [0, 1].
///
/// For one prompt, and the same context (group, progress, length), it is monotone in each verdict, and a full answer never
/// earns less than another. What is good for whole groups only is a [`GroupAdvantage`](super::GroupAdvantage), another type.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Reward(f64);

impl Reward {
    /// No credit.
    pub const ZERO: Self = Self(0.0);
    /// Full marks.
    pub const FULL: Self = Self(1.0);

    /// A reward, brought into [0, 1].
    ///
    /// # Panics
    /// When `value` is not a number: a bug of the scheme.
    #[must_use]
    pub fn new(value: f64) -> Self {
        assert!(!value.is_nan(), "a reward is a number");
        Self(value.clamp(0.0, 1.0))
    }

    /// The value, in [0, 1].
    #[must_use]
    pub fn value(self) -> f64 {
        self.0
    }
}

impl From<Reward> for f64 {
    fn from(reward: Reward) -> Self {
        reward.0
    }
}

impl TryFrom<f64> for Reward {
    type Error = NoReward;

    fn try_from(value: f64) -> Result<Self, NoReward> {
        if (0.0..=1.0).contains(&value) { Ok(Self(value)) } else { Err(NoReward(value)) }
    }
}

/// A number that is no reward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoReward(f64);

impl std::fmt::Display for NoReward {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a reward is a number from 0 to 1, not {}", self.0)
    }
}

impl std::error::Error for NoReward {}
