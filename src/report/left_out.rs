//! What of the input is in no figure, and why: the same for every report.

use crate::data::{BadRow, BadRows};
use schemars::JsonSchema;
use serde::Serialize;

/// What of the input is in no figure.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeftOut {
    /// Rows that could not be used.
    pub rows: u64,
    /// Prompts that could not be used.
    pub prompts: u64,
    /// Completions that answer such prompts.
    pub completions: u64,
    /// Why: each message once, of the first ten kinds.
    pub why: Vec<LeftOutWhy>,
}

impl LeftOut {
    /// Of rows and of prompts, each by its line and message.
    #[must_use]
    pub fn of(rows: &[BadRow], prompts: &[BadRow]) -> Self {
        let why = |what: LeftOutKind, rows: &[BadRow]| {
            let mut all = BadRows::default();
            rows.iter().for_each(|row| {
                all.add(row);
            });
            let one = |(row, count): (&BadRow, u64)| {
                let (line, message) = (row.line, row.message.clone());
                LeftOutWhy { what, line, message, count }
            };
            all.kinds().map(one).collect::<Vec<_>>()
        };
        Self {
            rows: rows.len() as u64,
            prompts: prompts.len() as u64,
            completions: 0,
            why: [why(LeftOutKind::Row, rows), why(LeftOutKind::Prompt, prompts)].concat(),
        }
    }
}

/// Why something is left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeftOutWhy {
    /// `row` of the rollouts, or `prompt`.
    pub what: LeftOutKind,
    /// The first line, or row of a Parquet file, of which it holds, counted from 1.
    pub line: u64,
    /// The message; wording may change within a version.
    pub message: String,
    /// How many it holds of.
    pub count: u64,
}

/// What is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutKind {
    /// A row of the rollouts.
    Row,
    /// A prompt.
    Prompt,
}
