//! What a scheme takes: its parameters as specs give them.

use std::fmt;

/// A parameter of a scheme.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its key.
    pub name: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// What a value is, for messages: `a number`.
    pub is: &'static str,
    /// The values it takes.
    pub takes: Takes,
    /// What else to say to those who gave another.
    pub help: Option<&'static str>,
    /// What it is when it is not given, as text.
    pub default: fn() -> String,
}

/// Values of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Takes {
    /// From one number to another, both included.
    Within(f64, f64),
    /// Any number above this one.
    Above(f64),
    /// Above one number, up to another.
    AboveTo(f64, f64),
    /// One of these names.
    Names(&'static [&'static str]),
}

impl Takes {
    /// Whether a number is among them.
    #[must_use]
    pub fn number(self, value: f64) -> bool {
        match self {
            Self::Within(low, high) => (low..=high).contains(&value),
            Self::Above(low) => value > low && value.is_finite(),
            Self::AboveTo(low, high) => value > low && value <= high,
            Self::Names(_) => false,
        }
    }
}

impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Within(low, high) => write!(f, "from {low} to {high}"),
            Self::Above(low) => write!(f, "above {low}"),
            Self::AboveTo(low, high) => write!(f, "above {low} and at most {high}"),
            Self::Names(names) => f.write_str(&names.join(" or ")),
        }
    }
}
