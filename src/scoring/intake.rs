//! Rows that were read, counted: what of them is in no figure, and why.

use crate::{data::BadRow, task::ThinkingMarks};

/// What came of the rows of a file.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    rows: u64,
    bad: Vec<BadRow>,
    left_out: u64,
    thinking: ThinkingMarks,
}

impl Intake {
    /// Counts a row, and keeps it as such where it cannot be used.
    pub(crate) fn count<T>(&mut self, row: Result<T, BadRow>) -> Option<T> {
        self.rows += 1;
        row.map_err(|bad| self.bad.push(bad)).ok()
    }

    /// Keeps a row that was counted, and cannot be used after all.
    pub(crate) fn refuse(&mut self, bad: BadRow) {
        self.bad.push(bad);
    }

    /// Counts completions of prompts that cannot be used.
    pub(crate) fn leave_out(&mut self, completions: u64) {
        self.left_out += completions;
    }

    /// Counts marks of thinking.
    pub(crate) fn mark(&mut self, thinking: ThinkingMarks) {
        self.thinking += thinking;
    }

    /// How many rows were read.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The rows that could not be used.
    #[must_use]
    pub fn bad_rows(&self) -> &[BadRow] {
        &self.bad
    }

    /// How many completions answer prompts that cannot be used, and are in no figure.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// What marks of thinking the completions have.
    #[must_use]
    pub fn thinking(&self) -> ThinkingMarks {
        self.thinking
    }
}
