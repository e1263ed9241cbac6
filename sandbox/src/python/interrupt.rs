//! Why a host function ends the instance.

use std::fmt;

/// Why a host function ends the instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interrupt {
    /// The interpreter asked to exit.
    Exit,
    /// Too much output.
    Output,
    /// The instance at the other end of the link stopped, or is gone.
    Link,
}

impl fmt::Display for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Interrupt {}
