//! A run's log: the groups of each step, and what it tells of how the run was paid.

use crate::{
    advise::usual_size,
    reward::{Binary, Partial, Scheme},
    verdict::Group,
};
use std::collections::BTreeMap;

/// A group of a step, as a log has it.
#[derive(Clone, Debug, PartialEq)]
pub struct LoggedGroup {
    /// Its prompt and verdicts.
    pub group: Group,
    /// What its completions were paid, where the log says it.
    pub paid: Option<Vec<Option<f64>>>,
    /// How many different completions it has, where the log says it.
    pub distinct: Option<usize>,
}

/// The groups of a run, by step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoggedRun(pub BTreeMap<u64, Vec<LoggedGroup>>);

impl LoggedRun {
    /// The scheme that it reads like a run under: parts are paid where some answer that is not full earns more than the least of the log, or than
    /// nothing where that is less.
    #[must_use]
    pub fn told_scheme(&self) -> Scheme {
        let least = self.groups().filter_map(|of| of.paid.as_ref()).flatten().flatten().copied().fold(0.0, f64::min);
        let partly = |LoggedGroup { group, paid, .. }: &LoggedGroup| {
            let mut parts = group.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.full() == Some(false));
            parts.any(|(at, outcome)| match paid {
                Some(paid) => paid.get(at).copied().flatten().is_some_and(|paid| paid > least),
                None => outcome.fraction().is_some_and(|fraction| fraction > 0.0),
            })
        };
        match self.groups().any(partly) {
            true => Scheme::Partial(Partial::with_credit(1.0)),
            false => Scheme::Binary(Binary),
        }
    }

    /// The size of most groups, of those with several completions.
    #[must_use]
    pub fn usual_size(&self) -> Option<usize> {
        usual_size(self.groups().map(|of| of.group.outcomes.len()).filter(|size| *size > 1))
    }

    fn groups(&self) -> impl Iterator<Item = &LoggedGroup> {
        self.0.values().flatten()
    }
}
