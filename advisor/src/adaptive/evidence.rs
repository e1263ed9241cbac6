//! What a controller has seen lately: windows of groups, each rewarded with one credit.

use super::grid::{GRID, grid};
use crate::{
    advise::forecast::Space,
    reward::{Partial, Scheme},
    verdict::{Group, Outcome},
};

/// Completions between two decisions.
pub(super) const WINDOW: usize = 128;

/// Windows beyond the first of which the changes are judged together; then the last becomes the first.
pub(super) const SPAN: usize = 12;

/// Windows that say what the policy is like lately, each counting half as much as the one after it.
const LATELY: usize = 4;

/// Pass rate of the groups that are not solved throughout up to which those that are stand out.
const HALF: f64 = 0.5;

/// Groups that were rewarded with one credit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Window {
    /// Place of the credit in the grid.
    pub(super) place: usize,
    pub(super) groups: Vec<Group>,
}

/// Windows in their order; the last is being filled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Evidence {
    pub(super) windows: Vec<Window>,
}

/// A space of outcomes, with how many completions of each window were at each of its points.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) space: Space,
    pub(super) windows: Vec<Vec<f64>>,
}

impl Counted {
    /// Lately: the last windows, each counting half as much as the one after it.
    pub(super) fn lately(&self) -> Vec<f64> {
        let mut counts = vec![0.0; self.space.points.len()];
        let mut weight = 1.0;
        for window in self.windows.iter().rev().take(LATELY) {
            counts.iter_mut().zip(window).for_each(|(count, of)| *count += weight * of);
            weight /= 2.0;
        }
        counts
    }
}

impl Evidence {
    /// Nothing, with a credit to begin with.
    pub(super) fn new(place: usize) -> Self {
        Self { windows: vec![Window { place, groups: Vec::new() }] }
    }

    /// The window that is being filled.
    pub(super) fn last(&self) -> &Window {
        &self.windows[self.windows.len() - 1]
    }

    /// Adds a group, without the texts of its reasons.
    pub(super) fn add(&mut self, group: &Group) {
        let outcomes = group.outcomes.iter().map(Outcome::without_reasons).collect();
        let last = self.windows.len() - 1;
        self.windows[last].groups.push(Group { prompt: group.prompt.clone(), outcomes });
    }

    /// Completions in the window that is being filled.
    pub(super) fn new_completions(&self) -> usize {
        self.last().groups.iter().map(|group| group.outcomes.len()).sum()
    }

    /// Whether changes have been judged over as many windows as are kept.
    pub(super) fn spanned(&self) -> bool {
        self.windows.len() > SPAN
    }

    /// Begins a window with another credit; when as many are there as are kept, all but the last are let go.
    pub(super) fn turn(&mut self, place: usize) {
        if self.spanned() {
            self.windows.drain(..self.windows.len() - 1);
        }
        self.windows.push(Window { place, groups: Vec::new() });
    }

    /// The spaces of all windows, rewarded with every credit of the grid, without the groups that are left out.
    pub(super) fn counted(&self, partial: &Partial, left_out: impl Fn(&Group) -> bool) -> Vec<Counted> {
        let groups: Vec<&Group> = self.groups().filter(|group| !left_out(group)).collect();
        let schemes = GRID.map(|share| grid(partial, share));
        let count = |space: &Space, groups: &[Group]| {
            let mut counts = vec![0.0; space.points.len()];
            let same_size = groups.iter().filter(|group| group.constraints().len() == space.size() && !left_out(group));
            for place in same_size.flat_map(|group| &group.outcomes).filter_map(|outcome| space.place(outcome)) {
                counts[place] += 1.0;
            }
            counts
        };
        let of = |space: Space| {
            let windows = self.windows.iter().map(|window| count(&space, &window.groups)).collect();
            Counted { windows, space }
        };
        Space::all(&groups, &schemes).into_iter().map(of).collect()
    }

    fn groups(&self) -> impl Iterator<Item = &Group> {
        self.windows.iter().flat_map(|window| &window.groups)
    }

    /// Whether no window that is kept holds a full answer.
    pub(super) fn never_full(&self) -> bool {
        !self.groups().flat_map(|group| &group.outcomes).any(|outcome| outcome.full() == Some(true))
    }

    /// Whether groups that are solved throughout stand out: most answers of the others are not full. Such prompts have nothing left to learn, and
    /// with theirs counted among those that there are to learn from, the others would seem to need no credit.
    pub(super) fn solved_stand_out(&self) -> bool {
        let (full, known) = tally(self.groups().filter(|group| !solved(group)));
        known > 0.0 && full <= HALF * known
    }

    /// Whether, for more than so many windows, no group told completions apart without credit, and some would have with it. Then nothing is learnt without.
    pub(super) fn starved(&self, partial: &Partial, patience: usize) -> bool {
        let mixed = |scheme: Scheme| {
            let differ = |group: &Group| {
                let mut rewards = group.outcomes.iter().filter_map(|outcome| scheme.reward(outcome));
                let first = rewards.next().map(|reward| reward.value());
                first.is_some_and(|first| rewards.any(|reward| reward.value() != first))
            };
            self.groups().any(differ)
        };
        self.windows.len() > patience && !mixed(grid(partial, 0.0)) && mixed(grid(partial, 1.0))
    }

    /// Of the last window's groups that are not left out: completions known to be full, and completions of which that is known.
    pub(super) fn full(&self, left_out: impl Fn(&Group) -> bool) -> (f64, f64) {
        tally(self.last().groups.iter().filter(|group| !left_out(group)))
    }
}

/// Whether all of a group's completions, more than one, are full.
pub(super) fn solved(group: &Group) -> bool {
    group.outcomes.len() > 1 && group.outcomes.iter().all(|outcome| outcome.full() == Some(true))
}

fn tally<'a>(groups: impl Iterator<Item = &'a Group>) -> (f64, f64) {
    let known = groups.flat_map(|group| &group.outcomes).filter_map(Outcome::full);
    known.fold((0.0, 0.0), |(full, all), is_full| (full + f64::from(u8::from(is_full)), all + 1.0))
}
