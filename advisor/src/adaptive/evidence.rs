//! What a controller has seen lately: windows of groups, each rewarded with one credit.

use super::grid::{GRID, grid};
use crate::{
    advise::forecast::Space,
    reward::Partial,
    verdict::{Group, Outcome},
};

/// Completions between two decisions.
pub(super) const WINDOW: usize = 128;

/// Windows beyond the first of which the changes are judged together; then the last becomes the first.
pub(super) const SPAN: usize = 12;

/// Windows that say what the policy is like lately, each counting half as much as the one after it.
const LATELY: usize = 4;

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

    /// The spaces of all windows, rewarded with every credit of the grid.
    pub(super) fn counted(&self, partial: &Partial) -> Vec<Counted> {
        let groups: Vec<&Group> = self.windows.iter().flat_map(|window| &window.groups).collect();
        let schemes = GRID.map(|share| grid(partial, share));
        let count = |space: &Space, groups: &[Group]| {
            let mut counts = vec![0.0; space.points.len()];
            let same_size = groups.iter().filter(|group| group.constraints().len() == space.size());
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

    /// Whether no window that is kept holds a full answer.
    pub(super) fn never_full(&self) -> bool {
        let mut outcomes = self.windows.iter().flat_map(|window| &window.groups).flat_map(|group| &group.outcomes);
        !outcomes.any(|outcome| outcome.full() == Some(true))
    }

    /// Of the last window: completions known to be full, and completions of which that is known.
    pub(super) fn full(&self) -> (f64, f64) {
        let outcomes = || self.last().groups.iter().flat_map(|group| &group.outcomes).filter_map(Outcome::full);
        (outcomes().filter(|full| *full).count() as f64, outcomes().count() as f64)
    }
}
