//! What there is to assess.

use super::summary::{Class, Summary};
use crate::verdict::CauseKind;
use std::collections::BTreeMap;

/// Least, middle and most of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// The least.
    pub min: u64,
    /// The lower median.
    pub median: u64,
    /// The most.
    pub max: u64,
}

impl Spread {
    pub(super) fn of(mut values: Vec<u64>) -> Self {
        values.sort_unstable();
        let at = |index: usize| values.get(index).copied().unwrap_or(0);
        Self { min: at(0), median: at(values.len().saturating_sub(1) / 2), max: at(values.len().saturating_sub(1)) }
    }
}

/// What there is to assess. Completions are counted as given: two alike count as two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Prompts with at least one completion.
    pub prompts: u64,
    /// Completions.
    pub completions: u64,
    /// Verdicts, one per completion and constraint.
    pub verdicts: u64,
    /// Completions per prompt.
    pub per_prompt: Spread,
    /// Constraints per prompt.
    pub constraints: Spread,
    /// Prompts with one constraint, on which no answer is partial.
    pub single_constraint_prompts: u64,
    /// Completions of those whose one constraint was met in part (a share of its cases).
    pub single_constraint_graded: u64,
    /// Prompts with exactly one completion.
    pub single_completion_prompts: u64,
    /// Completions with at least one unscored verdict: left out of all rates of whole completions.
    pub unscored_completions: u64,
    /// Verdicts we could not give.
    pub unscored_verdicts: u64,
    /// The same by cause.
    pub unscored_by_cause: BTreeMap<CauseKind, u64>,
    /// Prompts with a known completion of which none is full.
    pub never_full_prompts: u64,
    /// Prompts with a known completion of which all are full.
    pub always_full_prompts: u64,
}

impl Counts {
    pub(super) fn new(summaries: &[Summary<'_>]) -> Self {
        let mut counts = Self {
            per_prompt: Spread::of(summaries.iter().map(|summary| summary.completions).collect()),
            constraints: Spread::of(summaries.iter().map(|summary| summary.constraints as u64).collect()),
            ..Self::default()
        };
        for summary in summaries {
            let (known, full) = (summary.known(), summary.classes[Class::Full as usize]);
            counts.prompts += 1;
            counts.completions += summary.completions;
            counts.verdicts += summary.completions * summary.constraints as u64;
            counts.unscored_completions += summary.completions - known;
            counts.single_completion_prompts += u64::from(summary.completions == 1);
            counts.never_full_prompts += u64::from(known > 0 && full == 0);
            counts.always_full_prompts += u64::from(known > 0 && full == known);
            if summary.constraints == 1 {
                counts.single_constraint_prompts += 1;
                counts.single_constraint_graded += summary.graded;
            }
            for (&cause, &verdicts) in &summary.causes {
                *counts.unscored_by_cause.entry(cause).or_default() += verdicts;
                counts.unscored_verdicts += verdicts;
            }
        }
        counts
    }

    /// Completions with every verdict known.
    #[must_use]
    pub fn known_completions(&self) -> u64 {
        self.completions - self.unscored_completions
    }
}
