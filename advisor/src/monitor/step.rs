//! What a step comes to: sums over its groups.

use crate::{reward::Scheme, verdict::Group};
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

impl Step {
    /// Adds a group; `paid` are its rewards as the trainer saw them, where they are known, else the scheme says what verdicts are paid.
    pub(super) fn add(&mut self, group: &Group, scheme: Scheme, paid: Option<&[Option<f64>]>) {
        let by_verdicts: Vec<f64> =
            group.outcomes.iter().filter_map(|outcome| scheme.reward(outcome)).map(|reward| reward.value()).collect();
        let rewards: Vec<f64> = match paid {
            Some(paid) => paid.iter().filter_map(|reward| *reward).collect(),
            None => by_verdicts.clone(),
        };
        let differ = |rewards: &[f64]| rewards.iter().any(|reward| *reward != rewards[0]);
        self.groups += 1;
        self.mixed += u64::from(differ(&rewards));
        self.from_penalty += u64::from(differ(&rewards) && !differ(&by_verdicts));
        self.completions += group.outcomes.len() as u64;
        self.unscored += group.outcomes.iter().filter(|outcome| outcome.fraction().is_none()).count() as u64;
        self.full.add(group.outcomes.iter().filter_map(|outcome| Some(f64::from(u8::from(outcome.full()?)))));
        self.fraction.add(group.outcomes.iter().filter_map(crate::verdict::Outcome::fraction));
        self.reward.add(rewards.into_iter());
    }
}
