//! The progress bar: on standard error, only on a terminal, only for work that takes a while.

use crate::data::Files;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{fs, io, io::IsTerminal, path::Path};

/// A bar over the bytes of input files; a count where their length says nothing.
pub(super) fn over(files: &Files, quiet: bool) -> ProgressBar {
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let length: Option<u64> = files.paths().iter().map(|path| length(path)).sum();
    let template = match length {
        Some(_) => "{elapsed_precise} {wide_bar} {bytes}/{total_bytes}, {eta} left",
        None => "{elapsed_precise} {spinner} {bytes}, {bytes_per_sec}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr_with_hz(5));
    bar.set_style(style);
    bar
}

/// The bytes of a file that is plain text.
fn length(path: &Path) -> Option<u64> {
    let packed = ["gz", "zst", "parquet", "arrow", "feather"]
        .iter()
        .any(|known| path.extension().is_some_and(|ending| ending == *known));
    fs::metadata(path).ok().filter(|metadata| metadata.is_file() && !packed).map(|metadata| metadata.len())
}
