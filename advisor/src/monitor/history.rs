//! What is kept of each step: sums, however long the run.

use super::{step::Step, trend::Trend};
use crate::{reward::Scheme, verdict::Group};

/// Steps and the sums of their groups.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct History {
    /// Steps that a trend looks back on.
    pub(super) back: usize,
    pub(super) steps: Vec<Step>,
}

impl History {
    pub(super) fn new(back: usize) -> Self {
        Self { back, steps: Vec::new() }
    }

    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Adds a group to its step. Steps come in order; a late one counts to the last.
    pub(super) fn add(&mut self, step: u64, group: &Group, scheme: Scheme) {
        if self.steps.last().is_none_or(|last| last.step < step) {
            self.steps.push(Step { step, ..Step::default() });
        }
        let place = self.steps.len() - 1;
        self.steps[place].add(group, scheme);
    }

    /// Over the last steps, of which the earlier half is compared with the later.
    pub(super) fn trend(&self, level: f64) -> Option<Trend> {
        let last = &self.steps[self.steps.len().saturating_sub(self.back)..];
        let (earlier, later) = last.split_at(last.len() / 2);
        Trend::between(earlier, later, level)
    }
}
