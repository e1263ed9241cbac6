//! What one check may use.

use std::time::Duration;

/// The exchange rate between `limits.time` and fuel of checkers: what the heavy built-in ones burn in a second of CPU, measured
/// by `cargo xtask bench` (docs/benchmarks.md). It is a fixed part of what a spec means, so that a limit in seconds gives
/// the same verdicts on every machine; it is not to follow the hardware. Interpreters have rates of their own.
const FUEL_PER_SECOND: f64 = 8.0e9;

/// What one check may use: fuel and memory decide, and are deterministic; the deadline only protects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Fuel units: roughly one per WebAssembly instruction, and one per byte of a bulk memory operation. It is looked at
    /// where functions and loops begin, so a call can overrun it by what the module's code holds in a straight line.
    pub fuel: u64,
    /// Linear memory, in bytes, at most [`MAX_MEMORY`](crate::MAX_MEMORY).
    pub memory: usize,
    /// Time on the processor after which it is ended, whatever its fuel says. It may be overrun by as much time by the clock, in
    /// which nothing is looked at.
    pub deadline: Duration,
}

impl Limits {
    /// Limits for a nominal time. The processor may take ten times that: the tightest of loops, one unit of fuel a turn, take four or five.
    #[must_use]
    pub fn new(time: Duration, memory: usize) -> Self {
        Self { fuel: fuel_for(time), memory, deadline: time.saturating_mul(10) }
    }
}

impl Default for Limits {
    /// One second, 64 MiB.
    fn default() -> Self {
        Self::new(Duration::from_secs(1), 64 << 20)
    }
}

/// The fuel that `limits.time` stands for.
#[must_use]
pub fn fuel_for(time: Duration) -> u64 {
    at_rate(time, FUEL_PER_SECOND)
}

/// The fuel of a time at a rate a second.
pub(crate) fn at_rate(time: Duration, rate: f64) -> u64 {
    // Saturates: a float above u64::MAX converts to u64::MAX.
    (time.as_secs_f64() * rate) as u64
}
