//! How a call can end without an answer.

use std::fmt;

/// Why a call gave no answer. The first four are exhausted limits; whose fault they are is for the caller to find out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The fuel ran out.
    Fuel,
    /// The module asked for more memory than its cap and gave up.
    Memory,
    /// The call stack overflowed.
    Stack,
    /// The clock ran out: it used far more of the processor's time than its fuel stands for.
    Deadline,
    /// The module trapped; the text names the trap.
    Trap(String),
    /// The module answered something outside the protocol; the text says what.
    Protocol(String),
}

impl Stop {
    /// Whether a limit was exhausted, which a large or hostile input can cause in a checker that is right.
    #[must_use]
    pub fn is_exhaustion(&self) -> bool {
        matches!(self, Self::Fuel | Self::Memory | Self::Stack | Self::Deadline)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fuel => f.write_str("it used up its time limit (counted in fuel)"),
            Self::Memory => f.write_str("it needs more memory than its limit"),
            Self::Stack => f.write_str("it recursed deeper than the stack allows"),
            Self::Deadline => f.write_str("it was ended by the clock: it took far more time than its fuel stands for"),
            Self::Trap(trap) => write!(f, "it trapped: {trap}"),
            Self::Protocol(what) => write!(f, "it broke the checker protocol: {what}"),
        }
    }
}

impl std::error::Error for Stop {}
