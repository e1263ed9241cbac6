//! How a run of Python can end without an answer.

use std::fmt;

/// Why there is no answer. All but [`Stop::Host`] are caused by what was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The fuel ran out.
    Fuel,
    /// It needed more memory than its cap: a `MemoryError` that nobody caught, or an interpreter that gave up.
    Memory,
    /// The native stack overflowed. Python's own `RecursionError` is an exception like any other.
    Stack,
    /// The clock ran out: it used far more of the processor's time than its fuel stands for.
    Deadline,
    /// A program wrote more than may be written.
    Output,
    /// The code of a completion ended the interpreter: `sys.exit`, `os._exit`, `KeyboardInterrupt`.
    Exited,
    /// The interpreter trapped; the text names the trap.
    Trap(String),
    /// The instance answered something outside the protocol; the text says what.
    Protocol(String),
    /// The sandbox could not run it: our failure.
    Host(String),
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fuel => crate::Stop::Fuel.fmt(f),
            Self::Memory => crate::Stop::Memory.fmt(f),
            Self::Stack => crate::Stop::Stack.fmt(f),
            Self::Deadline => crate::Stop::Deadline.fmt(f),
            Self::Output => f.write_str("it wrote more than its limit"),
            Self::Exited => f.write_str("it exited early"),
            Self::Trap(trap) => write!(f, "it crashed the interpreter: {trap}"),
            Self::Protocol(what) => write!(f, "it broke the protocol: {what}"),
            Self::Host(what) => write!(f, "the sandbox cannot run it: {what}"),
        }
    }
}

impl std::error::Error for Stop {}
