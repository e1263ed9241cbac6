//! `--html FILE`: the report for people, beside what goes to standard output.

use super::{Exit, output};
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

#[derive(clap::Args)]
pub(super) struct Html {
    /// Also write the report as an HTML file that needs nothing else
    #[arg(long, value_name = "FILE", value_parser = file)]
    html: Option<PathBuf>,
}

fn file(name: &str) -> Result<PathBuf, String> {
    match name {
        "" | "-" => Err("give the name of a file: what goes to standard output is text, or --json".into()),
        name => Ok(name.into()),
    }
}

impl Html {
    /// Whether it is wanted.
    pub(super) fn is_wanted(&self) -> bool {
        self.html.is_some()
    }

    /// Writes the page where it is wanted: whole, or not at all.
    pub(super) fn write(&self, page: impl FnOnce() -> String) -> Result<(), Exit> {
        let Some(path) = &self.html else { return Ok(()) };
        output::write(path, &page()).map_err(Exit::file(path))
    }
}

/// The name of a file without its folders, which are nobody else's business.
pub(super) fn name(rollouts: &[PathBuf]) -> String {
    let first = rollouts.first().map_or(Path::new("-"), PathBuf::as_path);
    first.file_name().unwrap_or(OsStr::new("-")).to_string_lossy().into_owned()
}
