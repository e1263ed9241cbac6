//! The progress bar: on standard error, only on a terminal, only for work that takes a while.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{fs, io, io::IsTerminal, path::Path};

/// A bar over the bytes of an input file; a count where its length says nothing.
pub(super) fn over_file(path: &Path, quiet: bool) -> ProgressBar {
    if quiet || !io::stderr().is_terminal() {
        return ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    }
    let plain =
        !path.extension().is_some_and(|extension| ["gz", "zst", "parquet"].iter().any(|known| extension == *known));
    let length = fs::metadata(path).ok().filter(|metadata| metadata.is_file() && plain).map(|metadata| metadata.len());
    let template = match length {
        Some(_) => "{elapsed_precise} {wide_bar} {bytes}/{total_bytes}, {eta} left",
        None => "{elapsed_precise} {spinner} {bytes}, {bytes_per_sec}",
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr_with_hz(5));
    bar.set_style(style);
    bar
}
