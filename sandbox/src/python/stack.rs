//! A thread with a large stack. Recursion in the guest takes native stack, and must end by the guest's limit, which is a
//! stop, not by the end of the thread's stack, which would end this process.

use super::Stop;
use std::{
    panic,
    thread::{self, Scope, ScopedJoinHandle},
};

/// Native stack the guest may use.
pub(super) const GUEST: usize = 40 << 20;

/// Stack of a thread that runs a guest: host functions need some beyond the guest's.
const THREAD: usize = 64 << 20;

/// Runs it on such a thread and waits.
pub(super) fn on_large_stack<T: Send>(work: impl FnOnce() -> Result<T, Stop> + Send) -> Result<T, Stop> {
    thread::scope(|scope| spawn_large(scope, work)?.join().unwrap_or_else(|payload| panic::resume_unwind(payload)))
}

/// Starts it on such a thread.
pub(super) fn spawn_large<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, T>, Stop> {
    let builder = thread::Builder::new().name("fullmarks-python".into()).stack_size(THREAD);
    builder.spawn_scoped(scope, work).map_err(|error| Stop::Host(format!("no thread for it: {error}")))
}
