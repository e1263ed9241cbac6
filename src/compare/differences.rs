//! Who is paid differently by two rewards: how many, in which direction, and by which constraint.

use super::gradients::level;
use crate::verdict::{Group, Outcome, Verdict, family};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

/// Completions of a prompt whose pairs are looked at: a log may have thousands.
const PAIRED: usize = 256;

/// Who is paid differently by two rewards, of the completions that both pay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences {
    /// Place of the one.
    pub first: usize,
    /// Place of the other.
    pub second: usize,
    /// Completions that both pay.
    pub completions: u64,
    /// Completions that one of them cannot pay: a verdict or a reward is missing.
    pub unknown: u64,
    /// Paid more by the second.
    pub more: u64,
    /// Paid less by the second.
    pub less: u64,
    /// Whether amounts are shares of the range from a reward's least to its greatest, since their ranges differ.
    pub scaled: bool,
    /// Pairs of completions of one prompt, of its first 256.
    pub pairs: u64,
    /// Pairs that the first alone tells apart.
    pub first_alone: u64,
    /// Pairs that the second alone tells apart.
    pub second_alone: u64,
    /// Pairs that both tell apart, the other way around.
    pub turned: u64,
    /// By which constraint, the most frequent first; a completion counts for each that it fails under the one that pays less, and meets or does
    /// not have under the other.
    pub constraints: Vec<ByConstraint>,
    /// Paid differently although the same constraints are failed: by schemes, weights, scores or length.
    pub same_verdicts: u64,
    /// Paid differently where one of the rewards has no verdicts.
    pub without_verdicts: u64,
}

/// Completions that a constraint has paid differently.
#[derive(Clone, Debug, PartialEq)]
pub struct ByConstraint {
    /// The constraint's id without its position.
    pub constraint: String,
    /// Place of the reward under which it is not met.
    pub under: usize,
    /// Completions.
    pub completions: u64,
}

/// What a reward makes of all completions, by prompts.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) place: usize,
    /// In comparable amounts.
    pub(super) paid: &'a [Vec<Option<f64>>],
    /// With verdicts, where it has any.
    pub(super) judged: Option<&'a [Group]>,
}

/// From amounts to comparable ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Scale {
    /// The range of these rewards.
    pub(super) fn of(paid: &[Vec<Option<f64>>]) -> Self {
        let known = || paid.iter().flatten().flatten().copied();
        let empty = Self { least: f64::MAX, most: f64::MIN };
        known().fold(empty, |range, reward| Self { least: range.least.min(reward), most: range.most.max(reward) })
    }

    /// Whether everything in it is from 0 to 1, as what specs pay.
    pub(super) fn is_unit(&self) -> bool {
        self.least >= 0.0 && self.most <= 1.0
    }

    /// Whether amounts in it and in the other can be compared as they are: they begin and end about where the others do.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let widths = [self.most - self.least, other.most - other.least];
        let widest = widths[0].max(widths[1]);
        widest < 2.0 * widths[0].min(widths[1]) && (self.least - other.least).abs() < widest / 2.0
    }

    /// Rewards as shares of the range.
    pub(super) fn apply(&self, paid: &[Vec<Option<f64>>]) -> Vec<Vec<Option<f64>>> {
        let range = self.most - self.least;
        let one = |reward: f64| if range > 0.0 { (reward - self.least) / range } else { 0.0 };
        paid.iter().map(|prompt| prompt.iter().map(|reward| reward.map(one)).collect()).collect()
    }
}

impl Differences {
    pub(super) fn of<'a>(ours: Side<'a>, theirs: Side<'a>, scaled: bool) -> Self {
        let mut found = Self { first: ours.place, second: theirs.place, scaled, ..Self::default() };
        let mut constraints: BTreeMap<(String, usize), u64> = BTreeMap::new();
        for (prompt, (one, other)) in ours.paid.iter().zip(theirs.paid).enumerate() {
            found.pairs_of(one, other);
            for (at, (one, other)) in one.iter().zip(other).enumerate() {
                let (Some(one), Some(other)) = (one, other) else {
                    found.unknown += 1;
                    continue;
                };
                found.completions += 1;
                let more = match level(*other).cmp(&level(*one)) {
                    Ordering::Equal => continue,
                    change => change == Ordering::Greater,
                };
                found.more += u64::from(more);
                found.less += u64::from(!more);
                let outcome = |judged: Option<&'a [Group]>| judged.map(|groups| &groups[prompt].outcomes[at]);
                let (Some(first), Some(second)) = (outcome(ours.judged), outcome(theirs.judged)) else {
                    found.without_verdicts += 1;
                    continue;
                };
                let (low, high, under) = if more { (first, second, ours.place) } else { (second, first, theirs.place) };
                let unmet = failed_alone(low, high);
                found.same_verdicts += u64::from(unmet.is_empty());
                for constraint in unmet {
                    *constraints.entry((constraint.to_owned(), under)).or_default() += 1;
                }
            }
        }
        let by = |((constraint, under), completions)| ByConstraint { constraint, under, completions };
        found.constraints = constraints.into_iter().map(by).collect();
        found.constraints.sort_by_key(|by| std::cmp::Reverse(by.completions));
        found
    }

    /// Whether no completion is paid differently and no pair is told apart by one alone.
    #[must_use]
    pub fn none(&self) -> bool {
        self.more + self.less + self.first_alone + self.second_alone + self.turned == 0
    }

    /// Whether every completion is known to be paid the same, and there is one.
    pub(super) fn all_the_same(&self) -> bool {
        self.none() && self.completions > 0 && self.unknown == 0
    }

    fn pairs_of(&mut self, ours: &[Option<f64>], theirs: &[Option<f64>]) {
        let both = ours.iter().zip(theirs).filter_map(|(one, other)| Some((level((*one)?), level((*other)?))));
        let both: Vec<(i128, i128)> = both.take(PAIRED).collect();
        for (place, (one, other)) in both.iter().enumerate() {
            for (later, theirs) in &both[..place] {
                self.pairs += 1;
                match (one.cmp(later), other.cmp(theirs)) {
                    (Ordering::Equal, Ordering::Equal) => {}
                    (Ordering::Equal, _) => self.second_alone += 1,
                    (_, Ordering::Equal) => self.first_alone += 1,
                    (first, second) => self.turned += u64::from(first != second),
                }
            }
        }
    }
}

/// The constraints that an outcome fails and another one does not.
pub(super) fn failed_alone<'a>(low: &'a Outcome, high: &Outcome) -> BTreeSet<&'a str> {
    let elsewhere: BTreeSet<&str> = failed(high).collect();
    failed(low).filter(|constraint| !elsewhere.contains(constraint)).collect()
}

fn failed(outcome: &Outcome) -> impl Iterator<Item = &str> {
    let unmet = outcome.iter().filter(|(_, verdict)| !matches!(verdict, Verdict::Passed));
    unmet.map(|(constraint, _)| family(&constraint.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Constraint, FailureKind};
    use proptest::prelude::*;

    fn group(prompt: usize, marks: &[Vec<bool>]) -> Group {
        let constraints: std::sync::Arc<[Constraint]> = ["a", "b"].map(Constraint::plain).into();
        let verdict = |met: &bool| if *met { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
        let outcome = |marks: &Vec<bool>| Outcome::new(constraints.clone(), marks.iter().map(verdict).collect());
        Group { prompt: prompt.to_string().into(), outcomes: marks.iter().map(outcome).collect() }
    }

    fn unjudged(place: usize, paid: &[Vec<Option<f64>>]) -> Side<'_> {
        Side { place, paid, judged: None }
    }

    #[test]
    fn the_constraint_is_that_of_the_one_that_pays_less() {
        let (first, second) = (
            [group(0, &[vec![true, true], vec![true, false], vec![false, true]])],
            [group(0, &[vec![true, false], vec![true, false], vec![true, true]])],
        );
        let side = |place, paid, judged| Side { place, paid, judged: Some(judged) };
        let (ours, theirs) = ([vec![Some(1.0), Some(0.5), Some(0.0)]], [vec![Some(0.0), Some(0.4), Some(1.0)]]);
        let found = Differences::of(side(0, &ours, &first), side(1, &theirs, &second), false);
        assert_eq!((found.completions, found.more, found.less, found.same_verdicts), (3, 1, 2, 1));
        let by = |constraint: &str, under| ByConstraint { constraint: constraint.into(), under, completions: 1 };
        assert_eq!(found.constraints, [by("a", 0), by("b", 1)]);
        assert_eq!((found.pairs, found.first_alone, found.second_alone, found.turned), (3, 0, 0, 3));
    }

    /// Rewards go up to 1e12 on both sides of 0.
    #[test]
    fn large_rewards_are_told_apart() {
        let (ours, theirs) = ([vec![Some(1e10), Some(-1e12)]], [vec![Some(2e10), Some(1e12)]]);
        let found = Differences::of(unjudged(0, &ours), unjudged(1, &theirs), false);
        assert_eq!((found.completions, found.more, found.less), (2, 2, 0));
        assert_eq!((found.pairs, found.first_alone, found.second_alone, found.turned), (1, 0, 0, 1));
    }

    #[test]
    fn what_only_one_pays_is_not_paid_the_same() {
        let of = |ours: [Option<f64>; 2]| {
            let (ours, theirs) = ([ours.to_vec()], [vec![None, Some(1.0)]]);
            Differences::of(unjudged(0, &ours), unjudged(1, &theirs), false).all_the_same()
        };
        assert!(!of([Some(1.0), None]));
        assert!(!of([Some(1.0), Some(1.0)]));
        let paid = [vec![Some(1.0)]];
        assert!(Differences::of(unjudged(0, &paid), unjudged(1, &paid), false).all_the_same());
    }

    proptest! {
        /// A reward differs from none that is itself, and a scale does not make it another one.
        #[test]
        fn a_reward_and_itself(rewards in proptest::collection::vec(proptest::collection::vec(
            proptest::option::weighted(0.9, (-30_i32..30).prop_map(|n| f64::from(n) / 4.0)), 0..7), 1..9),
            factor in 1_u32..9, shift in -5_i32..5) {
            let other: Vec<Vec<Option<f64>>> = rewards.iter().map(|prompt| prompt.iter()
                .map(|reward| reward.map(|reward| reward * f64::from(factor) + f64::from(shift))).collect()).collect();
            let [ours, theirs] = [&rewards, &other].map(|paid| Scale::of(paid).apply(paid));
            let side = |place, paid| Side { place, paid, judged: None };
            let found = Differences::of(side(0, &ours), side(1, &theirs), true);
            prop_assert!(found.none(), "{:?}", found);
            let all: usize = rewards.iter().map(Vec::len).sum();
            prop_assert_eq!((found.completions + found.unknown) as usize, all);
        }
    }
}
