//! The verdicts of one constraint on the completions of a prompt, as bits.

use crate::{
    advise::stats::Table,
    verdict::{Group, Verdict},
};

/// One bit per completion.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    passed: Vec<u64>,
    failed: Vec<u64>,
}

impl Marks {
    /// Of the constraint at that place.
    pub(super) fn new(group: &Group, place: usize) -> Self {
        let words = group.outcomes.len().div_ceil(64);
        let mut marks = Self { passed: vec![0; words], failed: vec![0; words] };
        for (n, outcome) in group.outcomes.iter().enumerate() {
            match outcome.verdicts().get(place).and_then(Verdict::passed) {
                Some(true) => marks.passed[n / 64] |= 1 << (n % 64),
                Some(false) => marks.failed[n / 64] |= 1 << (n % 64),
                None => {}
            }
        }
        marks
    }

    /// Pairs of completions of which one meets it and the other does not: what a prompt says of dependence grows with them.
    pub(super) fn contrasts(&self) -> u64 {
        let count = |words: &[u64]| words.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
        count(&self.passed) * count(&self.failed)
    }

    /// Over the completions on which both verdicts are known.
    pub(super) fn table(&self, other: &Self) -> Table {
        let count = |a: &[u64], b: &[u64]| a.iter().zip(b).map(|(a, b)| u64::from((a & b).count_ones())).sum();
        Table {
            both: count(&self.passed, &other.passed),
            first: count(&self.passed, &other.failed),
            second: count(&self.failed, &other.passed),
            neither: count(&self.failed, &other.failed),
        }
    }
}
