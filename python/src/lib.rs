//! Python bindings: arguments are converted, the library is called without the interpreter's lock, results are converted. Nothing is
//! decided here. What users see is documented in `fullmarks/_fullmarks.pyi`.
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

/// The docstring of an item, from the stub file (build.rs).
macro_rules! docs {
    ($item:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $item))
    };
}

mod advise;
mod audit;
mod batch;
mod command;
mod compare;
mod errors;
mod json;
mod monitor;
mod probe;
mod report;
mod rewards;
mod rollout;
mod rows;
mod task;
mod threads;
mod wire;

use pyo3::prelude::*;

/// The compiled part of the package.
#[pymodule]
mod _fullmarks {
    #[pymodule_export]
    use super::{
        advise::{Assessment, advice_page, advise},
        audit::audit,
        command::command,
        compare::compare,
        monitor::Monitor,
        report::Report,
        rollout::{Rollout, Verdict},
        task::Task,
        threads::{after_fork, before_fork, look_in},
    };

    #[pymodule_export]
    #[allow(non_upper_case_globals)]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
