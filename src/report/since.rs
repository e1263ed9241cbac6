//! What changed since an earlier report: for people, and for programs.

use super::layout::wrap;
use crate::since::{Change, Changes};
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt::{self, Write};

/// What changed since the report that `--since` names.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct SinceReport {
    /// What was asked or given otherwise, so that a difference may come of that.
    pub asked: Vec<ChangeReport>,
    /// What is said otherwise.
    pub changed: Vec<ChangeReport>,
    /// Findings, or holes, that are gone.
    pub gone: Vec<String>,
    /// Findings, or holes, that are new.
    pub new: Vec<String>,
    /// Findings of before that were not looked for this time.
    pub not_looked_for: Vec<String>,
    /// What is said as before.
    pub stayed: Vec<String>,
}

/// Something that is said otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChangeReport {
    /// What.
    pub what: String,
    /// What the earlier report says.
    pub before: String,
    /// What this one says.
    pub after: String,
    /// Whether each figure lies within the interval of the other, so that chance alone may have changed it.
    pub within: bool,
}

impl From<&Changes> for SinceReport {
    fn from(changes: &Changes) -> Self {
        let change = |Change { what, before, after, within }: &Change| ChangeReport {
            what: what.clone(),
            before: before.clone(),
            after: after.clone(),
            within: *within,
        };
        let Changes { asked, changed, gone, new, not_looked_for, stayed } = changes.clone();
        Self {
            asked: asked.iter().map(change).collect(),
            changed: changed.iter().map(change).collect(),
            gone,
            new,
            not_looked_for,
            stayed,
        }
    }
}

/// Writes what changed since the report of that name, and an empty line.
///
/// # Errors
/// Those of `out`.
pub fn render(changes: &Changes, name: &str, out: &mut impl Write) -> fmt::Result {
    let Changes { asked, changed, gone, new, not_looked_for, stayed } = changes;
    if changes.is_none() {
        wrap(&format!("Since {name}: nothing changed."), "", "", out)?;
        return writeln!(out);
    }
    wrap(&format!("Since {name}:"), "", "", out)?;
    for Change { what, before, after, within } in changed {
        let chance =
            if *within { " (chance alone may do this: each lies within the interval of the other)" } else { "" };
        wrap(&format!("{what}: {before} → {after}{chance}"), "  ", "    ", out)?;
    }
    for (what, list) in [("gone", gone), ("new", new), ("not looked for this time", not_looked_for), ("stayed", stayed)]
    {
        if !list.is_empty() {
            wrap(&format!("{what}: {}", list.join("; ")), "  ", "    ", out)?;
        }
    }
    if !asked.is_empty() {
        let otherwise = |change: &Change| format!("{} {} → {}", change.what, change.before, change.after);
        let all: Vec<String> = asked.iter().map(otherwise).collect();
        wrap(&format!("asked or given otherwise, which may be the reason: {}", all.join("; ")), "  ", "    ", out)?;
    }
    writeln!(out)
}
