//! What an instance's store carries: limits, standard streams, the virtual clock and the random numbers.

use super::{Limits, guard::Guard, interrupt::Interrupt, link::Link};
use std::sync::Arc;
use wasmtime::{ResourceLimiter, StoreContextMut};

/// Entries of all tables: the interpreter has some 6,000 functions to point at.
pub(super) const TABLE_ELEMENTS: usize = 20_000;

/// What is kept of a stream that nobody compares: its end.
const TAIL: usize = 64 << 10;

/// A store as host functions see it.
pub(super) type Caller<'a> = StoreContextMut<'a, Host>;

/// Everything that the outside world is for an instance.
pub(super) struct Host {
    pub(super) stdin: Vec<u8>,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
    /// Nanoseconds slept: they pass at once.
    pub(super) slept: u64,
    /// State of the generator of random numbers.
    pub(super) random: u64,
    /// Whether the interpreter was just refused memory.
    pub(super) denied: bool,
    /// The status the interpreter asked to exit with.
    pub(super) exited: Option<i32>,
    /// Largest memory it had, in bytes.
    pub(super) memory: usize,
    /// What it was given of that and has not paid for.
    grown: usize,
    /// The way to another instance.
    pub(super) link: Link,
    /// What hears of what was watched for.
    pub(super) guard: Option<Arc<Guard>>,
    read: usize,
    /// Whether standard output is wanted whole.
    whole: bool,
    pub(super) limits: Limits,
}

impl Host {
    /// For a program whose whole output is wanted.
    pub(super) fn of_program(stdin: &[u8], seed: u64, limits: Limits) -> Self {
        Self { stdin: stdin.to_vec(), whole: true, ..Self::of_session(seed, limits) }
    }

    /// For calls, of whose output only the end is kept.
    pub(super) fn of_session(seed: u64, limits: Limits) -> Self {
        Self {
            stdin: Vec::new(),
            stdout: Vec::new(),
            stderr: Vec::new(),
            slept: 0,
            random: seed,
            denied: false,
            exited: None,
            memory: 0,
            grown: 0,
            link: Link::Nowhere,
            guard: None,
            read: 0,
            whole: false,
            limits,
        }
    }

    /// For an instance that reaches another one.
    pub(super) fn linked(seed: u64, limits: Limits, link: Link) -> Self {
        Self { link, ..Self::of_session(seed, limits) }
    }

    /// Up to `most` bytes of standard input; none at its end.
    pub(super) fn read(&mut self, most: u64) -> &[u8] {
        let rest = &self.stdin[self.read..];
        let count = rest.len().min(usize::try_from(most).unwrap_or(usize::MAX));
        self.read += count;
        &rest[..count]
    }

    pub(super) fn write_stdout(&mut self, bytes: &[u8]) -> Result<(), Interrupt> {
        if !self.whole {
            append_to_tail(&mut self.stdout, bytes);
            return Ok(());
        }
        let room = self.limits.output - self.stdout.len();
        self.stdout.extend(&bytes[..bytes.len().min(room)]);
        if bytes.len() > room { Err(Interrupt::Output) } else { Ok(()) }
    }

    pub(super) fn write_stderr(&mut self, bytes: &[u8]) {
        append_to_tail(&mut self.stderr, bytes);
    }

    /// Bytes of memory it was given since this was last asked.
    pub(super) fn newly_grown(&mut self) -> usize {
        std::mem::take(&mut self.grown)
    }

    /// Fuel the instance started with.
    pub(super) fn fuel_at_start(&self) -> u64 {
        self.limits.fuel
    }
}

fn append_to_tail(stream: &mut Vec<u8>, bytes: &[u8]) {
    stream.extend(&bytes[bytes.len().saturating_sub(TAIL)..]);
    // Now and then, so that a long stream is not moved at every write.
    if stream.len() > 4 * TAIL {
        stream.drain(..stream.len() - TAIL);
    }
}

/// Takes fuel for work that a host function does on the instance's behalf.
pub(super) fn charge(caller: &mut Caller<'_>, bytes: usize) -> wasmtime::Result<()> {
    let fuel = caller.get_fuel()?;
    match fuel.checked_sub(bytes as u64) {
        Some(left) => caller.set_fuel(left),
        None => Err(wasmtime::Trap::OutOfFuel.into()),
    }
}

impl ResourceLimiter for Host {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        self.denied = desired > self.limits.memory;
        if !self.denied {
            self.memory = self.memory.max(desired);
            // What the snapshot has is there when it begins.
            self.grown += if current == 0 { 0 } else { desired - current };
        }
        Ok(!self.denied)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS)
    }
}
