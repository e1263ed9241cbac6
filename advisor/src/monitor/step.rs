//! What a step comes to: sums over its groups.

use crate::{
    reward::Scheme,
    verdict::{Group, Outcome},
};
use serde::{Deserialize, Serialize};

/// What a step comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its number.
    pub step: u64,
    /// Groups.
    pub groups: u64,
    /// Groups with at least two different rewards.
    pub mixed: u64,
    /// Of these, groups that differ by a penalty alone: their verdicts are paid alike.
    #[serde(default)]
    pub from_penalty: u64,
    /// Completions.
    pub completions: u64,
    /// Completions with a verdict that our side could not give.
    pub unscored: u64,
    /// Share of full answers.
    pub full: Mean,
    /// Mean share of constraints met.
    pub fraction: Mean,
    /// Mean reward under the run's scheme.
    pub reward: Mean,
    /// Share of groups without a full answer.
    #[serde(default)]
    pub without: Mean,
    /// Share of groups without a full answer whose answers all earn the same credit above 0, by their verdicts: nothing leads away from there.
    #[serde(default)]
    pub tied: Mean,
    /// Share of a group's completions that are different from each other, where somebody says it.
    #[serde(default)]
    pub distinct: Mean,
}

/// What is known of a group beside its verdicts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The rewards of its completions as the trainer saw them, penalties taken off; `None` where one is not known. Without them the scheme says what
    /// verdicts are paid.
    pub paid: Option<&'a [Option<f64>]>,
    /// How many different completions it has.
    pub distinct: Option<usize>,
}

/// A mean over groups of what their known completions come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mean {
    groups: f64,
    sum: f64,
    squares: f64,
}

impl Mean {
    /// The mean; `None` of nothing.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        (self.groups > 0.0).then(|| self.sum / self.groups)
    }

    /// Groups it is of.
    pub(super) fn groups(&self) -> f64 {
        self.groups
    }

    /// The variance of the mean, with groups as the unit; `None` of fewer than two groups.
    pub(super) fn variance(&self) -> Option<f64> {
        let spread = self.squares - self.sum * self.sum / self.groups;
        (self.groups > 1.0).then(|| (spread / (self.groups - 1.0) / self.groups).max(0.0))
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { groups: self.groups + other.groups, sum: self.sum + other.sum, squares: self.squares + other.squares }
    }

    fn add(&mut self, values: impl Iterator<Item = f64>) {
        let (count, sum) = values.fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
        if count > 0.0 {
            let mean = sum / count;
            *self = self.and(Self { groups: 1.0, sum: mean, squares: mean * mean });
        }
    }
}

/// Where a group stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stuck {
    /// It has a full answer.
    Full,
    /// It has none, and its answers earn different credit, or nothing.
    Learning,
    /// It has none, and its answers all earn the same credit above 0.
    Tied,
}

impl Stuck {
    /// Of a group whose completions are paid by a scheme.
    pub(super) fn under(group: &Group, scheme: Scheme) -> Option<Self> {
        let paid = |outcome| Some(scheme.reward(outcome)?.value());
        Self::of(group, &group.outcomes.iter().filter_map(paid).collect::<Vec<_>>())
    }

    /// Whether its answers all earn the same credit, none of them full.
    pub(super) fn is_tied(group: &Group, scheme: Scheme) -> bool {
        Self::under(group, scheme) == Some(Self::Tied)
    }

    /// Of a group whose completions earn so much by their verdicts; `None` where that is not known of all of them.
    pub(super) fn of(group: &Group, by_verdicts: &[f64]) -> Option<Self> {
        let full: Option<Vec<bool>> = group.outcomes.iter().map(Outcome::full).collect();
        if full?.contains(&true) {
            return Some(Self::Full);
        }
        let first = *by_verdicts.first().filter(|_| by_verdicts.len() == group.outcomes.len())?;
        let tied =
            by_verdicts.len() > 1 && first > 0.0 && by_verdicts.iter().all(|reward| (reward - first).abs() < 1e-9);
        Some(if tied { Self::Tied } else { Self::Learning })
    }
}

impl Step {
    /// Adds a group.
    pub(super) fn add(&mut self, group: &Group, scheme: Scheme, beside: Beside<'_>) {
        let by_verdicts: Vec<f64> =
            group.outcomes.iter().filter_map(|outcome| scheme.reward(outcome)).map(|reward| reward.value()).collect();
        let rewards: Vec<f64> = match beside.paid {
            Some(paid) => paid.iter().filter_map(|reward| *reward).collect(),
            None => by_verdicts.clone(),
        };
        let differ = |rewards: &[f64]| rewards.iter().any(|reward| *reward != rewards[0]);
        self.groups += 1;
        self.mixed += u64::from(differ(&rewards));
        let known = by_verdicts.len() == group.outcomes.len();
        self.from_penalty += u64::from(known && differ(&rewards) && !differ(&by_verdicts));
        self.completions += group.outcomes.len() as u64;
        self.unscored += group.outcomes.iter().filter(|outcome| outcome.fraction().is_none()).count() as u64;
        self.full.add(group.outcomes.iter().filter_map(|outcome| Some(f64::from(u8::from(outcome.full()?)))));
        self.fraction.add(group.outcomes.iter().filter_map(Outcome::fraction));
        self.reward.add(rewards.into_iter());
        if let Some(stuck) = Stuck::of(group, &by_verdicts) {
            self.without.add(std::iter::once(f64::from(u8::from(stuck != Stuck::Full))));
            self.tied.add(std::iter::once(f64::from(u8::from(stuck == Stuck::Tied))));
        }
        if let Some(distinct) = beside.distinct.filter(|_| group.outcomes.len() > 1) {
            self.distinct.add(std::iter::once(distinct.min(group.outcomes.len()) as f64 / group.outcomes.len() as f64));
        }
    }

    /// Completions of a group, in the mean.
    pub(super) fn group_size(&self) -> f64 {
        self.completions as f64 / self.groups.max(1) as f64
    }
}
