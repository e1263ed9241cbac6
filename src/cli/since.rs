//! `--since REPORT.json`: what changed since an earlier report.

use super::Exit;
use crate::{
    report::{AdviseReport, AuditReport, ProbeSpecReport, SinceReport, since_text},
    since::{Changes, since},
};
use serde::Serialize;
use serde_json::Value;
use std::{fs, path::PathBuf};

#[derive(clap::Args)]
pub(super) struct Since {
    /// Say first what changed since this report of the same command, which it wrote with --json
    #[arg(long, value_name = "REPORT")]
    since: Option<PathBuf>,
}

/// An earlier report.
pub(super) struct Earlier {
    name: String,
    text: String,
}

impl Since {
    /// Whether it is asked for.
    pub(super) fn is_wanted(&self) -> bool {
        self.since.is_some()
    }

    /// Reads it, before anything is judged.
    pub(super) fn read(&self) -> Result<Option<Earlier>, Exit> {
        let Some(path) = &self.since else { return Ok(None) };
        let text = fs::read_to_string(path).map_err(Exit::file(path))?;
        Ok(Some(Earlier { name: path.display().to_string(), text }))
    }
}

impl Earlier {
    /// Whether it is a report of that command, of the version that is written now: known before anything is judged.
    pub(super) fn check(&self, kind: &str) -> Result<(), Exit> {
        let version = match kind {
            "advise" => AdviseReport::VERSION,
            "audit" => AuditReport::VERSION,
            _ => ProbeSpecReport::VERSION,
        };
        self.changes(&serde_json::json!({ "fullmarks": kind, "version": version })).map(drop)
    }

    fn changes(&self, now: &Value) -> Result<Changes, Exit> {
        since(&self.text, now).map_err(|why| Exit::Input(format!("--since {}: {why}", self.name)))
    }
}

/// A report as JSON, with what changed.
pub(super) fn json(report: &impl Serialize, earlier: Option<&Earlier>) -> Result<Value, Exit> {
    let mut report = serde_json::to_value(report).map_err(Exit::input)?;
    if let Some(earlier) = earlier {
        let changes = SinceReport::from(&earlier.changes(&report)?);
        report["since"] = serde_json::to_value(changes).map_err(Exit::input)?;
    }
    Ok(report)
}

/// What changed, for a person; nothing where nobody asks.
pub(super) fn text(report: impl Serialize, earlier: Option<&Earlier>) -> Result<String, Exit> {
    let mut text = String::new();
    if let Some(earlier) = earlier {
        let now = serde_json::to_value(report).map_err(Exit::input)?;
        since_text(&earlier.changes(&now)?, &earlier.name, &mut text).map_err(Exit::input)?;
    }
    Ok(text)
}
