//! What `probe --fix` did, for a terminal and for programs.

use super::layout::{plural, wrap};
use crate::probe::Fix;
use serde_json::{Value, json};
use std::{
    fmt::{self, Write},
    path::PathBuf,
};

/// Prompts that are named one by one.
const NAMED: usize = 12;

/// Writes what was done.
///
/// # Errors
/// Those of `out`.
pub fn render(fix: &Fix, written: &[PathBuf], out: &mut impl Write) -> fmt::Result {
    if fix.weak == 0 {
        return wrap("Nothing to add: no mutant of an accepted answer earns what the answer earns.", "", "", out);
    }
    let files: Vec<String> = written.iter().map(|path| format!("`{}`", path.display())).collect();
    let added = match files.is_empty() {
        true => "Added no case".to_owned(),
        false => format!(
            "Added {} to {}, in {}",
            plural(fix.cases, "case"),
            plural(fix.mended, "prompt"),
            files.join(" and ")
        ),
    };
    let line = format!(
        "{added}. Before, {} earned what a right answer earns, on {}. {} of them do no more.",
        plural(fix.survivors, "mutant"),
        plural(fix.weak, "prompt"),
        fix.killed
    );
    wrap(&line, "", "", out)?;
    for why in fix.left.iter().take(NAMED) {
        wrap(&format!("not mended: {why}"), "", "  ", out)?;
    }
    if fix.left.len() > NAMED {
        wrap(&format!("and {} more that were not mended", fix.left.len() - NAMED), "", "  ", out)?;
    }
    let next = "The results come from your accepted answers, on inputs like those of your cases. Read them before you train on them.";
    wrap(next, "  → ", "    ", out)
}

/// The same as JSON.
#[must_use]
pub fn json(fix: &Fix, written: &[PathBuf]) -> Value {
    json!({
        "fullmarks": "probe-fix",
        "version": 1,
        "weak_prompts": fix.weak,
        "mended_prompts": fix.mended,
        "cases_added": fix.cases,
        "mutants_that_earned": fix.survivors,
        "of_those_no_more": fix.killed,
        "written": written.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
        "not_mended": fix.left,
    })
}
