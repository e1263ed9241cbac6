//! Threads of this process. A forked child has the memory of its parent and none of its threads, so it makes its own, and a fork waits
//! until no call is under way: a lock that was held by a thread that the child does not have would be held for ever.

use fullmarks::task::TaskError;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::{
    cell::RefCell,
    path::PathBuf,
    process,
    sync::{Mutex, PoisonError, RwLock, RwLockWriteGuard},
};

/// Held shared by every call and exclusively by a fork.
static CALLS: RwLock<()> = RwLock::new(());

thread_local! {
    static FORKING: RefCell<Option<RwLockWriteGuard<'static, ()>>> = const { RefCell::new(None) };
}

/// The threads that judge, and the process they belong to. Never freed: a child could not join its parent's.
static POOL: Mutex<Option<(u32, &'static ThreadPool)>> = Mutex::new(None);

/// Runs it without the interpreter's lock, so that other Python threads go on.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T, TaskError> + Send) -> PyResult<T> {
    let done = py.detach(|| {
        let _call = CALLS.read().unwrap_or_else(PoisonError::into_inner);
        work()
    });
    done.map_err(|error| crate::errors::raise(py, &error))
}

/// Runs it on all threads of this process's pool.
pub(crate) fn on_all<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = {
        let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
        match *pool {
            Some((process, pool)) if process == process::id() => pool,
            _ => {
                let name = |index| format!("fullmarks-{index}");
                let built = ThreadPoolBuilder::new().thread_name(name).build().expect("threads can be started");
                let built: &'static ThreadPool = Box::leak(Box::new(built));
                *pool = Some((process::id(), built));
                built
            }
        }
    };
    pool.install(work)
}

/// Called before this process forks.
#[pyfunction]
#[pyo3(name = "_before_fork")]
pub(crate) fn before_fork(py: Python<'_>) {
    py.detach(|| {
        let forking = CALLS.write().unwrap_or_else(PoisonError::into_inner);
        FORKING.set(Some(forking));
    });
}

/// Called after it has, in parent and child.
#[pyfunction]
#[pyo3(name = "_after_fork")]
pub(crate) fn after_fork() {
    FORKING.set(None);
}

/// Where the package lies, which has the Python runtime of the sandbox in it.
#[pyfunction]
#[pyo3(name = "_look_in")]
pub(crate) fn look_in(folder: PathBuf) {
    fullmarks::verify::look_for_python_in(folder);
}
