//! Completions that are paid differently, with what each reward's checkers say: for people to read.

use super::{differences::failed_alone, gradients::level};
use crate::{
    task::Example,
    verdict::{Group, family},
};
use std::collections::BTreeSet;

/// Completions that are shown of two rewards.
const SHOWN: usize = 3;

/// A completion that two rewards pay differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The prompt's id.
    pub prompt: String,
    /// Its place among the prompt's completions, from 0.
    pub completion: u64,
    /// How it begins.
    pub excerpt: String,
    /// What the first and the second pay.
    pub rewards: [ShownReward; 2],
}

/// What one reward makes of a completion.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownReward {
    /// What it pays.
    pub paid: f64,
    /// Constraints that it finds unmet, each with the checker's public reason.
    pub reasons: Vec<(String, String)>,
}

/// A completion that may be shown.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Place of its prompt.
    pub(super) prompt: usize,
    /// Its place among the prompt's completions.
    pub(super) completion: usize,
    /// How it begins.
    pub(super) excerpt: String,
    /// What each reward says of it, where it has verdicts.
    pub(super) said: Vec<Option<Example>>,
}

/// What two rewards make of all completions.
pub(super) struct Between<'a> {
    pub(super) places: [usize; 2],
    pub(super) prompts: &'a [std::sync::Arc<str>],
    /// As paid.
    pub(super) paid: [&'a [Vec<Option<f64>>]; 2],
    /// In comparable amounts.
    pub(super) scaled: [&'a [Vec<Option<f64>>]; 2],
    pub(super) judged: [Option<&'a [Group]>; 2],
}

impl Between<'_> {
    /// The completions that tell most: of other constraints and directions before more of the same, then those with the largest difference.
    pub(super) fn shown(&self, candidates: &[Candidate]) -> Vec<Shown> {
        let mut rest: Vec<(&Candidate, i128, BTreeSet<String>)> = candidates
            .iter()
            .filter_map(|candidate| {
                let at =
                    |paid: &[Vec<Option<f64>>]| paid[candidate.prompt].get(candidate.completion).copied().flatten();
                let change = level(at(self.scaled[1])?).saturating_sub(level(at(self.scaled[0])?));
                (change != 0).then(|| (candidate, change, self.why(candidate, change)))
            })
            .collect();
        rest.sort_by_key(|(_, change, _)| std::cmp::Reverse(change.unsigned_abs()));
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut shown = Vec::new();
        while shown.len() < SHOWN && !rest.is_empty() {
            let place = rest.iter().position(|(_, _, why)| !why.is_subset(&known)).unwrap_or_default();
            let (candidate, _, why) = rest.remove(place);
            known.extend(why);
            shown.extend(self.show(candidate));
        }
        shown
    }

    /// What it is an example of: a direction, and constraints.
    fn why(&self, candidate: &Candidate, change: i128) -> BTreeSet<String> {
        let direction = if change > 0 { "more" } else { "less" };
        let outcome =
            |side: usize| self.judged[side].map(|groups| &groups[candidate.prompt].outcomes[candidate.completion]);
        let mut why = BTreeSet::from([direction.to_owned()]);
        if let (Some(first), Some(second)) = (outcome(0), outcome(1)) {
            let (low, high) = if change > 0 { (first, second) } else { (second, first) };
            why.extend(failed_alone(low, high).into_iter().map(|constraint| format!("{direction} {constraint}")));
        }
        why
    }

    fn show(&self, candidate: &Candidate) -> Option<Shown> {
        let reward = |side: usize| {
            let paid = (*self.paid[side][candidate.prompt].get(candidate.completion)?)?;
            let said = candidate.said[self.places[side]].as_ref();
            let reasons = said.map(|example| example.reasons.iter());
            let named = |(constraint, why): &(String, String)| (family(constraint).to_owned(), why.clone());
            Some(ShownReward { paid, reasons: reasons.into_iter().flatten().map(named).collect() })
        };
        Some(Shown {
            prompt: self.prompts[candidate.prompt].to_string(),
            completion: candidate.completion as u64,
            excerpt: candidate.excerpt.clone(),
            rewards: [reward(0)?, reward(1)?],
        })
    }
}
