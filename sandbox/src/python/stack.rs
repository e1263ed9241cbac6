//! A thread with a large stack. Recursion in the guest takes native stack, and must end by the guest's limit, which is a
//! stop, not by the end of the thread's stack, which would end this process.

use super::Stop;
use std::{io, panic, thread};

/// Native stack the guest may use.
pub(super) const GUEST: usize = 40 << 20;

/// Stack of a thread that runs a guest: host functions need some beyond the guest's.
const THREAD: usize = 64 << 20;

/// Runs it on such a thread and waits.
pub(super) fn on_large_stack<T: Send>(work: impl FnOnce() -> Result<T, Stop> + Send) -> Result<T, Stop> {
    thread::scope(|scope| {
        let thread = builder().spawn_scoped(scope, work).map_err(refused)?;
        thread.join().unwrap_or_else(|payload| panic::resume_unwind(payload))
    })
}

/// Starts it on such a thread, which goes its own way.
pub(super) fn spawn_kept(work: impl FnOnce() + Send + 'static) -> Result<(), Stop> {
    builder().spawn(work).map(drop).map_err(refused)
}

fn builder() -> thread::Builder {
    thread::Builder::new().name("fullmarks-python".into()).stack_size(THREAD)
}

fn refused(error: io::Error) -> Stop {
    Stop::Host(format!("no thread for it: {error}"))
}
