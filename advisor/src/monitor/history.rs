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
    pub(super) fn add(&mut self, step: u64, group: &Group, scheme: Scheme, paid: Option<&[Option<f64>]>) {
        if self.steps.last().is_none_or(|last| last.step < step) {
            self.steps.push(Step { step, ..Step::default() });
        }
        let place = self.steps.len() - 1;
        self.steps[place].add(group, scheme, paid);
    }

    /// Shares of the groups of the last steps whose rewards differ, and that differ by a penalty alone.
    pub(super) fn mixed(&self) -> (f64, f64) {
        let last = &self.steps[self.steps.len().saturating_sub(self.back)..];
        let sum = |of: fn(&Step) -> u64| last.iter().map(of).sum::<u64>() as f64;
        let groups = sum(|step| step.groups).max(1.0);
        (sum(|step| step.mixed) / groups, sum(|step| step.from_penalty) / groups)
    }

    /// Over the last steps, of which the earlier half is compared with the later.
    pub(super) fn trend(&self, level: f64) -> Option<Trend> {
        let last = &self.steps[self.steps.len().saturating_sub(self.back)..];
        let (earlier, later) = last.split_at(last.len() / 2);
        Trend::between(earlier, later, level)
    }
}
