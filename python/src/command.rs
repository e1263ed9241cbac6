//! The command line, for the `fullmarks` that the wheel installs.

use pyo3::prelude::*;
use std::ffi::OsString;

/// Runs the command line on `arguments`, the program's own name first, and gives its exit status.
#[pyfunction]
#[pyo3(name = "_command")]
pub(crate) fn command(python: Python<'_>, arguments: Vec<OsString>) -> u8 {
    python.detach(|| fullmarks::cli::run(arguments))
}
