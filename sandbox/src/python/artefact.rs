//! Where the built guest is.

use super::sources;
use crate::Cache;
use std::{
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Names the guest to use instead of the one that would be found.
const VARIABLE: &str = "FULLMARKS_PYTHON_GUEST";

/// A folder that comes with what uses this library.
static SHIPPED: OnceLock<PathBuf> = OnceLock::new();

/// Also looks for the built guest in `folder`, as a package does that is no program and brings the guest along. The first call counts.
pub fn look_in(folder: PathBuf) {
    let _ = SHIPPED.set(folder);
}

/// Why Python cannot be run here.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// There is no built guest.
    #[error(
        "the Python runtime `{name}` is missing: run `cargo xtask python-guest`, or set {VARIABLE} to a copy of it\nlooked for in {}",
        .looked.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(", ")
    )]
    Missing {
        /// The file's name.
        name: String,
        /// The folders that were looked into.
        looked: Vec<PathBuf>,
    },
    /// It is there and cannot be read.
    #[error("the Python runtime {} cannot be read: {error}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// It is not what it should be.
    #[error("the Python runtime cannot be used: {0}; run `cargo xtask python-guest`")]
    Invalid(String),
    /// The engine cannot be set up on this machine.
    #[error("the sandbox cannot be set up: {0}")]
    Engine(String),
}

/// The built guest: the file that `FULLMARKS_PYTHON_GUEST` names, else one of this version next to the running program, in
/// the folder given to [`look_in`] or in the user's cache folder.
///
/// # Errors
/// [`LoadError::Missing`], which says what to run.
pub fn find() -> Result<PathBuf, LoadError> {
    if let Some(path) = std::env::var_os(VARIABLE) {
        return Ok(path.into());
    }
    let name = format!("python-guest-{}.wasm", &sources::hash()[..16]);
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent).map(Path::to_owned);
    let cached = Cache::user().ok().map(|cache| cache.folder().to_owned());
    let looked: Vec<_> = beside.into_iter().chain(SHIPPED.get().cloned()).chain(cached).collect();
    let found = looked.iter().map(|folder| folder.join(&name)).find(|path| path.is_file());
    found.ok_or(LoadError::Missing { name, looked })
}
