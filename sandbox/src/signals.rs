//! Keeps the signals of guests' traps where they are understood, in a process that others live in too.
//!
//! A trap of compiled code is a signal, which wasmtime's handler takes for what it is. Handlers that are installed later, such as that
//! of Python's `faulthandler` (Ray turns it on in every worker), take a trap for a crash and end the process: a completion could end
//! a training run. So where somebody else's handler has come in front, one of ours comes in front of it, and asks on whose behalf
//! the thread was running: a guest's signals go to wasmtime, all others to whom they were meant for.

#![allow(unsafe_code)]

use libc::{c_int, c_void, siginfo_t};
use std::{
    cell::Cell,
    mem,
    ptr::{self, null_mut},
    sync::{
        OnceLock,
        atomic::{AtomicPtr, Ordering},
    },
};

/// The signals that compiled code raises: out of bounds, `unreachable`, and dividing by zero.
const SIGNALS: [c_int; 3] = [libc::SIGSEGV, libc::SIGILL, libc::SIGFPE];

/// What wasmtime installed, per signal.
static WASMTIME: OnceLock<[libc::sigaction; 3]> = OnceLock::new();

/// Whom signals go to that are not of a guest, per signal: what was there before ours came in front. Never freed.
static OTHERS: [AtomicPtr<libc::sigaction>; 3] = [const { AtomicPtr::new(null_mut()) }; 3];

thread_local! {
    /// Whether this thread runs a guest.
    static IN_GUEST: Cell<bool> = const { Cell::new(false) };
    /// Whether this thread has passed a signal on to another handler.
    static PASSED_ON: Cell<bool> = const { Cell::new(false) };
}

/// Makes an engine, and notes which handlers came with the first.
pub(crate) fn new_engine(config: &wasmtime::Config) -> wasmtime::Result<wasmtime::Engine> {
    let engine = wasmtime::Engine::new(config)?;
    WASMTIME.get_or_init(|| SIGNALS.map(installed));
    Ok(engine)
}

/// Runs guests on this thread.
pub(crate) fn in_guest<T>(run: impl FnOnce() -> T) -> T {
    struct Back(bool);
    impl Drop for Back {
        fn drop(&mut self) {
            IN_GUEST.set(self.0);
        }
    }
    let _back = Back(IN_GUEST.replace(true));
    run()
}

/// Comes in front of handlers that others have installed meanwhile. Call it now and then, before guests run: it takes a microsecond.
pub fn keep_signals() {
    let Some(wasmtime) = WASMTIME.get() else { return };
    for ((signal, wasmtime), other) in SIGNALS.into_iter().zip(wasmtime).zip(&OTHERS) {
        let now = installed(signal);
        if now.sa_sigaction == wasmtime.sa_sigaction || now.sa_sigaction == ours() {
            continue;
        }
        other.store(Box::into_raw(Box::new(now)), Ordering::Release);
        let mut action = *wasmtime;
        action.sa_sigaction = ours();
        // SAFETY: both are valid, and the handler has the form that the flags, which are wasmtime's, say.
        unsafe { libc::sigaction(signal, &action, null_mut()) };
    }
}

fn ours() -> usize {
    handle as *const () as usize
}

/// What a signal does now.
fn installed(signal: c_int) -> libc::sigaction {
    // SAFETY: all zeros is a valid action, and nothing is changed.
    unsafe {
        let mut action = mem::zeroed();
        libc::sigaction(signal, ptr::null(), &mut action);
        action
    }
}

/// The handler. It allocates nothing and takes no lock.
unsafe extern "C" fn handle(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let place = SIGNALS.iter().position(|known| *known == signal).unwrap_or_default();
    let other = OTHERS[place].load(Ordering::Acquire);
    // A handler that has raised the signal again, after it put back what it found, which may be ours: wasmtime's passes it on to
    // what was there before all of us.
    let passed_on = PASSED_ON.get();
    // SAFETY: both point to actions that are never freed.
    unsafe {
        if IN_GUEST.get() || passed_on || other.is_null() {
            let wasmtime = WASMTIME.get().map_or(ptr::null(), |actions| &raw const actions[place]);
            act(wasmtime, signal, info, context);
        } else {
            PASSED_ON.set(true);
            act(other, signal, info, context);
            PASSED_ON.set(false);
        }
    }
}

/// Does what an action says.
///
/// # Safety
/// `action` is null or valid, and the rest is what a handler was called with.
unsafe fn act(action: *const libc::sigaction, signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: as the caller promises; a function has the form that its flags say.
    unsafe {
        let (handler, flags) =
            action.as_ref().map_or((libc::SIG_DFL, 0), |action| (action.sa_sigaction, action.sa_flags));
        match handler {
            libc::SIG_IGN => {}
            // The instruction is tried again when this returns, and then ends the process.
            libc::SIG_DFL => {
                let mut default: libc::sigaction = mem::zeroed();
                default.sa_sigaction = libc::SIG_DFL;
                libc::sigaction(signal, &default, null_mut());
            }
            handler if flags & libc::SA_SIGINFO != 0 => {
                let handler: extern "C" fn(c_int, *mut siginfo_t, *mut c_void) = mem::transmute(handler);
                handler(signal, info, context);
            }
            handler => {
                let handler: extern "C" fn(c_int) = mem::transmute(handler);
                handler(signal);
            }
        }
    }
}
