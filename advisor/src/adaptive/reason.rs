//! Why this credit now.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a controller gives the credit it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Reason {
    /// Too little was seen for a decision.
    Beginning,
    /// Full answers are common: they are paid, and nothing else.
    Common {
        /// Share of the completions that were full.
        full: f64,
    },
    /// No full answer is remembered, and the forecast cannot tell credits apart: the largest is paid, for it shows most.
    Unseen,
    /// Without credit no group tells completions apart, and with it some do.
    Starved,
    /// The samples of the initial policy speak against all credit, and without it there is a gradient.
    RuledOut,
    /// The forecast chose, or left it at, this credit.
    Forecast {
        /// Share of the completions that were full.
        full: f64,
        /// By how much this credit's area under p_full is larger than that of the one before, in ln.
        gain: f64,
        /// Whether the credit changed.
        changed: bool,
        /// Share of the belief in kernels under which this credit would stall.
        stalls: f64,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Beginning => f.write_str("too little was seen yet, so it is the credit to begin with"),
            Self::Common { full } => {
                write!(f, "{:.0} % of the completions are full, so nothing else needs to be paid", 100.0 * full)
            }
            Self::Unseen => f.write_str(
                "no full answer was seen lately, and credits are forecast to do about alike, so it is the one that moves most",
            ),
            Self::Starved => f.write_str("without credit no group has a gradient, and with it some do"),
            Self::RuledOut => f.write_str("the samples of the initial policy speak against credit"),
            Self::Forecast { full, gain, changed, .. } => {
                let what = if *changed { "forecast to grow" } else { "still forecast to grow" };
                let gain = 100.0 * (gain.exp() - 1.0);
                let full = 100.0 * full;
                match changed {
                    true => write!(
                        f,
                        "{full:.1} % of the completions are full, and with it they are {what} faster: {gain:.0} % more area than before"
                    ),
                    false => write!(
                        f,
                        "{full:.1} % of the completions are full, and with it they are {what} about as fast as with any other"
                    ),
                }
            }
        }
    }
}
