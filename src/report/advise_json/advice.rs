//! Findings in JSON.

use super::IntervalReport;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AdviceReport {
    /// Its stable code.
    pub code: String,
    /// How grave it is.
    pub severity: SeverityReport,
    /// The finding in one sentence; wording may change within a version.
    pub message: String,
    /// What to do about it; wording may change within a version.
    pub remedy: String,
    /// The numbers it rests on.
    pub evidence: BTreeMap<String, EvidenceReport>,
    /// The page about this code, from the root of the repository.
    pub page: String,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityReport {
    /// Worth knowing.
    Info,
    /// The run will learn less, or slower, than it could.
    Warning,
    /// The run will hardly learn, or its numbers cannot be trusted.
    Error,
}

/// A piece of evidence: a count, a number, a range or a name.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum EvidenceReport {
    /// A count.
    Count(u64),
    /// A number.
    Number(f64),
    /// A range.
    Interval(IntervalReport),
    /// A name.
    Name(String),
}
