//! What marks of thinking completions have: whether the spec fits how the policy thinks.

use crate::{
    completion::Ended,
    data::RolloutRow,
    verify::{Plan, Thought, Verifier},
};
use std::ops::AddAssign;

/// Completions, and what marks of thinking they have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThinkingMarks {
    /// How many were looked at.
    pub completions: u64,
    /// Those that close a section which no mark in them opened.
    pub unopened: u64,
    /// Those without any mark, where the completion would open its sections.
    pub unmarked: u64,
    /// Those that are known to be cut at a limit.
    pub cut: u64,
    /// Those that are known to be cut and have no mark.
    pub cut_unmarked: u64,
    /// Those of them that were read as thinking, since others of their prompt show that the template opens it.
    pub cut_within: u64,
}

impl ThinkingMarks {
    /// Those of the completions of a row. `opened` says that they show that the template opens thinking ([`Verifier::shows_opened`]).
    #[must_use]
    pub fn of(verifier: &Verifier, plan: &Plan, row: &RolloutRow, opened: bool) -> Self {
        let mut marks = Self { completions: row.completions.len() as u64, ..Self::default() };
        for (completion, ended) in row.completions.iter().zip(&row.ended) {
            let thought = verifier.thought(plan, completion);
            let cut = *ended == Ended::Cut;
            let unmarked = thought == Thought::Unmarked;
            marks.unopened += u64::from(thought == Thought::Unopened);
            marks.unmarked += u64::from(unmarked);
            marks.cut += u64::from(cut);
            marks.cut_unmarked += u64::from(cut && unmarked);
            marks.cut_within += u64::from(cut && unmarked && opened);
        }
        marks
    }
}

impl AddAssign for ThinkingMarks {
    fn add_assign(&mut self, other: Self) {
        self.completions += other.completions;
        self.unopened += other.unopened;
        self.unmarked += other.unmarked;
        self.cut += other.cut;
        self.cut_unmarked += other.cut_unmarked;
        self.cut_within += other.cut_within;
    }
}
