//! What a run of Python may use.

use crate::fuel_for;
use std::time::Duration;

/// What one instance may use, from its start to its end: fuel, memory and output decide, and are deterministic; the
/// deadline only backs them up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Fuel units, counted as for checkers; values that cross cost one a byte.
    pub fuel: u64,
    /// Linear memory in bytes, the interpreter's own 55 MB included; at most [`MAX_MEMORY`](crate::MAX_MEMORY).
    pub memory: usize,
    /// Bytes of a program's standard output.
    pub output: usize,
    /// Wall-clock backstop for the first try; a second try, alone, gets ten times as long.
    pub deadline: Duration,
}

impl Limits {
    /// Limits for a nominal time and a megabyte of output. The clock gets ten times that time.
    #[must_use]
    pub fn new(time: Duration, memory: usize) -> Self {
        Self { fuel: fuel_for(time), memory, output: 1 << 20, deadline: time.saturating_mul(10) }
    }
}

impl Default for Limits {
    /// Two seconds, 256 MiB.
    fn default() -> Self {
        Self::new(Duration::from_secs(2), 256 << 20)
    }
}
