//! Why a request cannot be answered.

use super::BadSettings;
use crate::reward::Scheme;
use std::fmt;

/// Why a request cannot be answered.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BadRequest {
    /// A setting is out of range.
    Settings(BadSettings),
    /// There are no rollouts.
    NoRollouts,
    /// A mean log-probability that is no number of at most 0.
    LogProb(f64),
    /// A pilot of a scheme that does not exist.
    PilotOf(String),
    /// A pilot without rollouts.
    EmptyPilot(String),
    /// Pilots of `binary` or of `partial`, and not of both.
    OnePilot,
    /// Pilots that were taken after different steps.
    PilotSteps {
        /// Under `binary`.
        binary: Vec<u64>,
        /// Under `partial`.
        partial: Vec<u64>,
    },
    /// A price, and no pilot whose steps are known.
    PriceWithoutSteps,
}

impl fmt::Display for BadRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings(error) => error.fmt(f),
            Self::NoRollouts => f.write_str("there are no rollouts to advise on"),
            Self::LogProb(value) => {
                write!(f, "`logprobs` holds {value}: the mean log-probability of a token is a number of at most 0")
            }
            Self::PilotOf(scheme) => {
                write!(f, "`pilots`: there is no scheme `{scheme}`; known: {}", Scheme::NAMES.join(", "))
            }
            Self::EmptyPilot(scheme) => write!(f, "the pilot of `{scheme}` has no rollouts"),
            Self::OnePilot => f.write_str(
                "one pilot says nothing of the other scheme: give a pilot of `binary` and one of `partial`",
            ),
            Self::PilotSteps { binary, partial } => write!(
                f,
                "the pilots were taken after different steps, {binary:?} under binary and {partial:?} under partial: compare \
                 them after the same"
            ),
            Self::PriceWithoutSteps => f.write_str(
                "what training costs can only be told from pilots whose steps are known: say after which steps they were taken",
            ),
        }
    }
}

impl std::error::Error for BadRequest {}
