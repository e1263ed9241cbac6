//! The rules that give a group its advantages, by name.

use super::{Decoupled, Density, GroupAdvantage, named::named};
use crate::verdict::Outcome;
use std::fmt;

/// How a group gets its advantages, in place of what a trainer makes of rewards.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum AdvantageRule {
    /// Each constraint compared by itself.
    Decoupled(Decoupled),
    /// Partial success, calibrated by how many constraints are about as hard.
    Density(Density),
}

named!(AdvantageRule as NAMES { Decoupled(_) = "decoupled", Density(_) = "density" });

impl AdvantageRule {
    /// The advantages of the completions of one prompt.
    #[must_use]
    pub fn advantages(&self, group: &[Outcome]) -> GroupAdvantage {
        match self {
            Self::Decoupled(rule) => rule.advantages(group),
            Self::Density(rule) => rule.advantages(group),
        }
    }
}

impl fmt::Display for AdvantageRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decoupled(_) => f.write_str(self.name()),
            Self::Density(Density { alpha, sigma, delta, beta }) => {
                write!(f, "density (alpha {alpha}, sigma {sigma}, delta {delta}, beta {beta})")
            }
        }
    }
}
