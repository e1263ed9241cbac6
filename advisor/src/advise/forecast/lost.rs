//! Prompts that a pilot under partial credit loses: what pays them is no full answer.

use crate::verdict::{Group, Outcome};

/// Fewer prompts than this say nothing of others.
const FEW: usize = 10;

/// From how much more of the prompts lacking full answers, and from how many of them that are paid alike above 0, partial credit is said to lose
/// them. In four runs of code with credit per test case, all of which binary won, the first rose by 0.1 to 0.4 and the second was 0.15 to 0.55;
/// elsewhere the second was 0.05 at most.
const RISEN: f64 = 0.1;
const TIED: f64 = 0.1;

/// Prompts without a full answer among so many completions, before and after training under partial credit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lost {
    /// Share of the prompts in the samples of the initial policy.
    pub before: f64,
    /// Share of the prompts in the last snapshots of pilots.
    pub after: f64,
    /// Share of the pilots' prompts that have no full answer, and whose answers all score the same above 0: nothing leads away from there.
    pub tied: f64,
}

impl Lost {
    /// Of the initial policy and of pilots' policies, in groups of at most `size`. `None` where prompts or completions of each are too few.
    pub(super) fn new(initial: &[Group], pilots: &[&[Group]], size: usize) -> Option<Self> {
        let size = pilots.iter().copied().chain([initial]).map(middle).min()?.min(size);
        let sets: Option<Vec<f64>> = pilots.iter().map(|groups| barren(groups, size)).collect();
        let sets = sets.filter(|sets| !sets.is_empty())?;
        let tied = pilots.iter().map(|groups| tied(groups)).sum::<f64>() / pilots.len() as f64;
        Some(Self { before: barren(initial, size)?, after: sets.iter().sum::<f64>() / sets.len() as f64, tied })
    }

    /// Whether it is what stalls looked like.
    #[must_use]
    pub fn stalls(self) -> bool {
        self.after - self.before >= RISEN && self.tied >= TIED
    }
}

/// Known completions of the middle prompt.
fn middle(groups: &[Group]) -> usize {
    let mut counts: Vec<usize> = groups.iter().map(|group| full(group).1).collect();
    counts.sort_unstable();
    counts.get(counts.len() / 2).copied().unwrap_or(0)
}

/// Full answers of a prompt, and those of which it is known.
fn full(group: &Group) -> (usize, usize) {
    let known = || group.outcomes.iter().filter_map(Outcome::full);
    (known().filter(|full| *full).count(), known().count())
}

/// The mean share of prompts without a full answer, if each had so many completions: how often none is drawn from those that there are.
fn barren(groups: &[Group], size: usize) -> Option<f64> {
    let rates: Vec<f64> = groups
        .iter()
        .map(full)
        .filter(|(_, all)| *all >= size)
        .map(|(full, all)| (0..size).map(|n| (all - full).saturating_sub(n) as f64 / (all - n) as f64).product())
        .collect();
    (size >= 2 && rates.len() >= FEW).then(|| rates.iter().sum::<f64>() / rates.len() as f64)
}

/// The share of prompts whose answers, none of them full, all score the same above 0.
fn tied(groups: &[Group]) -> f64 {
    let alike = |group: &&Group| {
        let scores: Option<Vec<f64>> = group.outcomes.iter().map(Outcome::fraction).collect();
        scores.is_some_and(|scores| {
            let first = scores.first().copied().unwrap_or(0.0);
            scores.len() > 1 && first > 0.0 && first < 1.0 && scores.iter().all(|score| (score - first).abs() < 1e-9)
        })
    };
    groups.iter().filter(alike).count() as f64 / groups.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::testing::group;

    fn prompts(kinds: &[(usize, &[&str])]) -> Vec<Group> {
        let of = |(n, marks): (usize, &&[&str])| group(&n.to_string(), marks);
        let all: Vec<&[&str]> = kinds.iter().flat_map(|(count, marks)| vec![*marks; *count]).collect();
        all.iter().enumerate().map(of).collect()
    }

    #[test]
    fn prompts_that_lose_their_full_answers_are_told_from_those_that_never_had_any() {
        let before = prompts(&[(10, &["11", "10", "00", "00"]), (10, &["00", "10", "00", "01"])]);
        let after = prompts(&[(4, &["11", "11", "11", "11"]), (12, &["10"; 4]), (4, &["00", "10", "00", "01"])]);
        let lost = Lost::new(&before, &[&after], 4).unwrap();
        assert_eq!(lost, Lost { before: 0.5, after: 0.8, tied: 0.6 });
        assert!(lost.stalls());
        assert!(!Lost::new(&before, &[&before], 4).unwrap().stalls());
        assert!(!Lost::new(&after, &[&after], 4).unwrap().stalls());
    }

    /// One full of four is drawn among two in one half of the cases.
    #[test]
    fn samples_of_other_sizes_compare() {
        let before = prompts(&[(10, &["11", "10", "00", "00"])]);
        let after = prompts(&[(10, &["11", "10"])]);
        let lost = Lost::new(&before, &[&after], 8).unwrap();
        assert!((lost.before - 0.5).abs() < 1e-12 && lost.after == 0.0);
    }

    #[test]
    fn few_prompts_or_completions_say_nothing() {
        let few = prompts(&[(9, &["11", "10"])]);
        let alone = prompts(&[(20, &["11"])]);
        let fine = prompts(&[(20, &["11", "00"])]);
        assert_eq!(Lost::new(&few, &[&fine], 8), None);
        assert_eq!(Lost::new(&fine, &[&alone], 8), None);
        assert_eq!(Lost::new(&fine, &[], 8), None);
    }
}
