//! Files in, rows out; results in, files out. Formats and nothing else: no judging, no shaping.

mod json;
mod known_verdicts;
mod log_probs;
mod numbers;
mod open;
mod parquet;
mod part_file;
mod rollout;
mod rows;
mod several;

pub use json::read_json;
pub use known_verdicts::KnownVerdicts;
pub use log_probs::LogProbs;
pub use open::fingerprint;
pub use part_file::{EarlierLines, PartError, PartFile};
pub use rollout::{RolloutRow, id_text, missing_column, row_id};
pub use rows::{RawRow, Rows};

/// A row of an input file that cannot be used, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct BadRow {
    /// Line of a JSONL file or row of a Parquet file, counted from 1.
    pub line: u64,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}
