//! What commands print. Only here is standard output or standard error written to; what the text quotes is cleaned on the way.

use crate::report::Clean;
use serde_json::Value;
use std::{
    fmt::Display,
    io::{self, Write},
};

/// Standard output, for text.
pub(super) fn out() -> Clean<anstream::Stdout> {
    Clean::text(anstream::stdout())
}

/// Writes JSON to standard output, over several lines.
pub(super) fn json(value: &Value) -> io::Result<()> {
    writeln!(Clean::json(io::stdout()), "{value:#}")
}

/// Tells the user something beside the output. Where nobody can be told, nothing is lost.
pub(super) fn tell(line: impl Display) {
    let _ = writeln!(Clean::text(anstream::stderr()), "{line}");
}

/// Writes rendered diagnostics to standard error, colours and all: what they quote was cleaned when they were rendered.
pub(super) fn tell_rendered(diagnostics: &str) {
    anstream::eprintln!("{diagnostics}");
}

/// Writes rendered diagnostics to standard output.
pub(super) fn show_rendered(diagnostics: &str) -> io::Result<()> {
    writeln!(anstream::stdout(), "{diagnostics}")
}
