//! An earlier report beside one of now: what changed, and what stayed (docs/since.md). Pure: two documents of JSON in, as `--json` writes them.

mod advise;
mod audit;
mod measure;
mod probe;
#[cfg(test)]
mod tests;

use measure::{Measure, Said};
use serde_json::Value;
use std::{collections::BTreeSet, error::Error, fmt};

/// What changed between two reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What was asked or given otherwise, so that a difference may come of that.
    pub asked: Vec<Change>,
    /// What is said otherwise.
    pub changed: Vec<Change>,
    /// Findings that are no longer made.
    pub gone: Vec<String>,
    /// Findings that were not made before.
    pub new: Vec<String>,
    /// Findings of before that were not looked for this time.
    pub not_looked_for: Vec<String>,
    /// What is said as before.
    pub stayed: Vec<String>,
}

/// Something that is said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub what: String,
    /// What the earlier report says.
    pub before: String,
    /// What this one says.
    pub after: String,
    /// Whether each figure lies within the interval of the other, so that chance alone may have changed it.
    pub within: bool,
}

/// Why an earlier report cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SinceError {
    /// It is no JSON.
    NotJson(String),
    /// It is JSON, and no report.
    NoReport,
    /// It is of another command.
    Other {
        /// Which report it is.
        found: String,
        /// Which one is wanted.
        wanted: String,
    },
    /// Its version is not understood.
    Version {
        /// What it says.
        found: String,
        /// The version of this time's report.
        wanted: String,
    },
}

impl Error for SinceError {}

impl fmt::Display for SinceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(why) => {
                write!(f, "it is no report, since it is no JSON ({why}): give what this command wrote with `--json`")
            }
            Self::NoReport => f.write_str("it is no report of fullmarks: give what this command wrote with `--json`"),
            Self::Other { found, wanted } => write!(
                f,
                "it is a report of `{found}`, and this is `{wanted}`: give a file that `fullmarks {wanted} --json` wrote"
            ),
            Self::Version { found, wanted } => write!(
                f,
                "its version is {found}, and {wanted} is read here: write it again with this version of fullmarks"
            ),
        }
    }
}

/// What one kind of report says.
struct Statement {
    /// What was asked and given.
    asked: Vec<(String, Said)>,
    /// Figures and answers.
    says: Vec<(String, Said)>,
    /// Findings, each by a name that stays.
    findings: BTreeSet<String>,
}

impl Statement {
    fn of(report: &Value, kind: &str) -> Option<Self> {
        match kind {
            "advise" => Some(advise::statement(report)),
            "audit" => Some(audit::statement(report)),
            "probe" => Some(probe::statement(report)),
            _ => None,
        }
    }
}

/// What changed since an earlier report, given as its text.
///
/// # Errors
/// [`SinceError`].
pub fn since(earlier: &str, now: &Value) -> Result<Changes, SinceError> {
    let earlier: Value = serde_json::from_str(earlier).map_err(|error| SinceError::NotJson(error.to_string()))?;
    let kind = |report: &Value| report.get("fullmarks").and_then(Value::as_str).map(str::to_owned);
    let wanted = kind(now).ok_or(SinceError::NoReport)?;
    let found = kind(&earlier).ok_or(SinceError::NoReport)?;
    if found != wanted {
        return Err(SinceError::Other { found, wanted });
    }
    let version = |report: &Value| report.get("version").map_or_else(|| "missing".to_owned(), Value::to_string);
    if version(&earlier) != version(now) {
        return Err(SinceError::Version { found: version(&earlier), wanted: version(now) });
    }
    let (before, after) = (Statement::of(&earlier, &wanted), Statement::of(now, &wanted));
    let (Some(before), Some(after)) = (before, after) else { return Err(SinceError::NoReport) };
    let mut changes = Changes::default();
    for (what, after) in after.asked {
        let earlier = before.asked.iter().find(|(name, _)| *name == what).map(|(_, said)| said);
        if let Some(change) = change(&what, earlier, Some(&after)) {
            changes.asked.push(change);
        }
    }
    let gone = before.says.iter().filter(|(name, _)| after.says.iter().all(|(other, _)| other != name));
    let gone: Vec<Change> = gone.filter_map(|(what, said)| change(what, Some(said), None)).collect();
    for (what, after) in &after.says {
        let earlier = before.says.iter().find(|(name, _)| name == what).map(|(_, said)| said);
        match change(what, earlier, Some(after)) {
            Some(change) => changes.changed.push(change),
            None => changes.stayed.push(format!("{what} {after}")),
        }
    }
    changes.changed.extend(gone);
    for finding in &before.findings {
        let list = match (after.findings.contains(finding), looked_for(now, &wanted, finding)) {
            (true, _) => &mut changes.stayed,
            (false, true) => &mut changes.gone,
            (false, false) => &mut changes.not_looked_for,
        };
        list.push(finding.clone());
    }
    changes.new.extend(after.findings.difference(&before.findings).cloned());
    Ok(changes)
}

/// Whether a finding of before could have been made again.
fn looked_for(now: &Value, kind: &str, finding: &str) -> bool {
    match kind {
        "audit" => audit::looked_for(now, finding),
        "probe" => probe::looked_for(now, finding),
        _ => true,
    }
}

fn change(what: &str, before: Option<&Said>, after: Option<&Said>) -> Option<Change> {
    let text = |said: Option<&Said>| said.map_or_else(|| "not there".to_owned(), ToString::to_string);
    let (shown_before, shown_after) = (text(before), text(after));
    // What a reader sees as the same is the same.
    if shown_before == shown_after {
        return None;
    }
    let within = match (before, after) {
        (Some(Said::Measured(before)), Some(Said::Measured(after))) => Measure::within(before, after),
        _ => false,
    };
    Some(Change { what: what.to_owned(), before: shown_before, after: shown_after, within })
}

impl Changes {
    /// Whether everything is said as before, and asked as before.
    #[must_use]
    pub fn is_none(&self) -> bool {
        let Self { asked, changed, gone, new, not_looked_for, .. } = self;
        asked.is_empty() && changed.is_empty() && gone.is_empty() && new.is_empty() && not_looked_for.is_empty()
    }
}
