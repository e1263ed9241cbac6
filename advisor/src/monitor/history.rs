//! What is kept of each step: sums, however long the run.

use super::{
    step::{Beside, Mean, Step},
    trend::{Change, Trend},
};
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
    pub(super) fn add(&mut self, step: u64, group: &Group, scheme: Scheme, beside: Beside<'_>) {
        if self.steps.last().is_none_or(|last| last.step < step) {
            self.steps.push(Step { step, ..Step::default() });
        }
        let place = self.steps.len() - 1;
        self.steps[place].add(group, scheme, beside);
    }

    /// Shares of the groups of the last steps whose rewards differ, and that differ by a penalty alone.
    pub(super) fn mixed(&self) -> (f64, f64) {
        let last = self.last();
        let sum = |of: fn(&Step) -> u64| last.iter().map(of).sum::<u64>() as f64;
        let groups = sum(|step| step.groups).max(1.0);
        (sum(|step| step.mixed) / groups, sum(|step| step.from_penalty) / groups)
    }

    /// The last steps, as many as a trend looks back on.
    fn last(&self) -> &[Step] {
        &self.steps[self.steps.len().saturating_sub(self.back)..]
    }

    /// Whether so many steps were seen that a trend between their halves is one of the run, and no start of it.
    pub(super) fn settled(&self) -> bool {
        self.steps.len() >= self.settles()
    }

    /// Steps from which on [`Self::settled`] holds.
    pub(super) fn settles(&self) -> usize {
        self.back.div_ceil(2)
    }

    /// Completions of a group, in the mean over the last steps.
    pub(super) fn group_size(&self) -> f64 {
        let last = self.last();
        last.iter().map(Step::group_size).sum::<f64>() / last.len().max(1) as f64
    }

    /// By how much p_full has changed since the first steps, a fifth of what a trend looks back on; `None` before so many steps were seen.
    pub(super) fn since_start(&self, level: f64) -> Option<Change> {
        let last = self.last();
        let first = &self.steps[..self.back.div_ceil(5).min(self.steps.len())];
        let trend = Trend::between(first, &last[last.len() / 2..], level)?;
        (last.len() == self.back).then_some(trend.full)
    }

    /// Share of different completions in a group: in the first steps, a fifth of what a trend looks back on, and in its later half.
    pub(super) fn distinct(&self) -> Option<(f64, f64)> {
        let mean = |steps: &[Step]| steps.iter().map(|step| step.distinct).fold(Mean::default(), Mean::and).value();
        let last = self.last();
        let first = &self.steps[..self.steps.len().min(self.back.div_ceil(5))];
        Some((mean(first)?, mean(&last[last.len() / 2..])?))
    }

    /// Over the last steps, of which the earlier half is compared with the later.
    pub(super) fn trend(&self, level: f64) -> Option<Trend> {
        let last = self.last();
        let (earlier, later) = last.split_at(last.len() / 2);
        Trend::between(earlier, later, level)
    }
}
