//! Ctrl-C, or the signal to end, in a run that can be continued: what is done is written, and the user is told how to go on.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::signal::unix::{SignalKind, signal};

/// Exit status of a program that was interrupted: 128 and the number of the signal.
pub(super) const STATUS: u8 = 130;

/// Whether the user wants the run to end.
#[derive(Clone)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens from now on. The second signal ends the program at once.
    pub(super) fn listen() -> io::Result<Self> {
        let interrupt = Self(Arc::default());
        let asked = interrupt.0.clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let (mut interrupted, mut terminated) = {
            let _inside = runtime.enter();
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
        };
        let listen = async move {
            for _ in 0..2 {
                tokio::select! {
                    _ = interrupted.recv() => {}
                    _ = terminated.recv() => {}
                }
                if asked.swap(true, Ordering::Relaxed) {
                    std::process::exit(STATUS.into());
                }
            }
        };
        std::thread::Builder::new().name("signals".into()).spawn(move || runtime.block_on(listen))?;
        Ok(interrupt)
    }

    /// Whether the signal has come.
    pub(super) fn came(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
