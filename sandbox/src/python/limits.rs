//! What a run of Python may use.

use crate::at_rate;
use std::time::Duration;

/// Fuel that an interpreter's ordinary loops burn in a second of CPU, rounded down: `limits.time` is that much fuel a second, on
/// every machine (docs/benchmarks.md has the loops).
pub(super) const FUEL_PER_SECOND: f64 = 5.0e9;

/// What the processor may take of a nominal time in eighths: code that misses every cache burns little fuel, and is ended here.
const PROTECTED: u32 = 28;

/// What one instance may use, from its start to its end: fuel, memory and output decide, and are deterministic; the
/// deadline only protects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Fuel units, counted as for checkers; values that cross cost one a byte.
    pub fuel: u64,
    /// Linear memory in bytes, the interpreter's own 55 MB included; at most [`MAX_MEMORY`](crate::MAX_MEMORY).
    pub memory: usize,
    /// Bytes of a program's standard output.
    pub output: usize,
    /// Time on the processor after which it is ended, whatever its fuel says.
    pub deadline: Duration,
}

impl Limits {
    /// Limits for a nominal time and a megabyte of output. The processor may take three and a half times that time.
    #[must_use]
    pub fn new(time: Duration, memory: usize) -> Self {
        Self {
            fuel: at_rate(time, FUEL_PER_SECOND),
            memory,
            output: 1 << 20,
            deadline: time.saturating_mul(PROTECTED) / 8,
        }
    }
}

impl Limits {
    /// The same with nothing left of what is used up.
    #[must_use]
    pub fn used_up(self) -> Self {
        Self { fuel: 0, deadline: Duration::ZERO, ..self }
    }
}

impl Default for Limits {
    /// Two seconds, 256 MiB.
    fn default() -> Self {
        Self::new(Duration::from_secs(2), 256 << 20)
    }
}
