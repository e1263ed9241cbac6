//! The reward of one completion, and the schemes that give it.

use super::{Binary, Partial};
use crate::verdict::Outcome;
use std::fmt;

/// The reward of one completion, in [0, 1].
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

/// How outcomes become rewards.
///
/// Every scheme is monotone in each verdict, gives 1 to a full outcome and less to any other, and depends on nothing
/// but the outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scheme {
    /// Full marks or nothing.
    Binary(Binary),
    /// Credit for the share that is met.
    Partial(Partial),
}

impl Scheme {
    /// The names specs and the command line use.
    pub const NAMES: &[&str] = &["binary", "partial"];

    /// The scheme of that name with its default settings.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        match name {
            "binary" => Some(Self::Binary(Binary)),
            "partial" => Some(Self::Partial(Partial::default())),
            _ => None,
        }
    }

    /// Its name, one of [`Scheme::NAMES`].
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Binary(_) => "binary",
            Self::Partial(_) => "partial",
        }
    }

    /// The reward of an outcome; `None` when what is unscored in it could change the reward.
    #[must_use]
    pub fn reward(&self, outcome: &Outcome) -> Option<Reward> {
        match self {
            Self::Binary(scheme) => scheme.reward(outcome),
            Self::Partial(scheme) => scheme.reward(outcome),
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Partial(Partial { credit }) if *credit != 1.0 => write!(f, "partial (credit {credit})"),
            _ => f.write_str(self.name()),
        }
    }
}
