//! The reward of one completion.

/// The reward of one completion, in [0, 1].
///
/// For one prompt, and the same context (group, progress, length), it is monotone in each verdict, and a full answer never
/// earns less than another. What is good for whole groups only is a [`GroupAdvantage`](super::GroupAdvantage), another type.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
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
