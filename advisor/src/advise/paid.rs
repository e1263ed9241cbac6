//! Groups by the rewards that the trainer will see: with penalties, gates, weights and whatever else the spec pays by.

use super::stats::{GroupShares, PromptLevels, Share};
use crate::{
    reward::{Partial, Scheme},
    verdict::Group,
};
use std::collections::BTreeMap;

/// Rewards as paid, of each group's completions in their order; `None` where one is not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PaidRewards {
    /// The rewards.
    pub rewards: Vec<Vec<Option<f64>>>,
    /// The scheme that verdicts alone would be paid by; `None` where rewards were given, as a log holds them, and no spec made them.
    pub scheme: Option<Scheme>,
}

/// Shares of groups by the rewards as paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Paid {
    /// Rewards differ.
    pub mixed: Share,
    /// Share of groups whose rewards differ although their verdicts are paid alike: by a penalty or length alone. In [0, 1].
    pub beside_the_task: f64,
    /// Whether the rewards were given, so that it may be anything that moves them, and not a penalty alone.
    pub given: bool,
}

/// Share of groups that a penalty alone moves from which it counts.
pub(super) const FROM_PENALTY: f64 = 0.2;

/// Share of groups with another gradient below which a penalty is alone.
const HARDLY_ANY: f64 = 0.02;

/// Whether hardly any gradient comes from the task, given the shares of groups with one, and with one from a penalty alone.
pub(crate) fn penalty_alone(mixed: f64, from_penalty: f64) -> bool {
    from_penalty >= FROM_PENALTY && mixed - from_penalty < HARDLY_ANY
}

impl Paid {
    /// Whether hardly any gradient comes from the task.
    #[must_use]
    pub fn penalty_alone(&self) -> bool {
        penalty_alone(self.mixed.middle(), self.beside_the_task)
    }

    /// `None` where no reward is known, or too few of them.
    pub(super) fn new(groups: &[Group], paid: &PaidRewards, size: u64, level: f64) -> Option<Self> {
        let mut as_paid: BTreeMap<PromptLevels, u64> = BTreeMap::new();
        let mut by_task: BTreeMap<PromptLevels, u64> = BTreeMap::new();
        // Of given rewards it is asked whether verdicts tell these answers apart at all.
        let scheme = paid.scheme.unwrap_or(Scheme::Partial(Partial::default()));
        for (group, rewards) in groups.iter().zip(&paid.rewards) {
            let known = || group.outcomes.iter().zip(rewards).filter_map(|(outcome, paid)| Some((outcome, (*paid)?)));
            *as_paid.entry(levels(known().map(|(_, paid)| paid))).or_default() += 1;
            let task = known().filter_map(|(outcome, _)| scheme.reward(outcome)).map(|reward| reward.value());
            *by_task.entry(levels(task)).or_default() += 1;
        }
        let mixed = GroupShares::new(&as_paid, size, level)?.mixed;
        let task = GroupShares::new(&by_task, size, level)?.mixed;
        Some(Self { mixed, beside_the_task: (mixed.middle() - task.middle()).max(0.0), given: paid.scheme.is_none() })
    }
}

/// How often each reward was seen. Only 0 and 1 keep their value: of the others it matters which are equal, to the billionth.
fn levels(rewards: impl Iterator<Item = f64>) -> PromptLevels {
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    for reward in rewards {
        *counts.entry((reward * PromptLevels::ONE as f64).round() as i64).or_default() += 1;
    }
    let one = PromptLevels::ONE as i64;
    let mut others = (PromptLevels::ONE + 1)..;
    let place = |reward: i64, others: &mut dyn Iterator<Item = u64>| match reward {
        0 => 0,
        reward if reward == one => PromptLevels::ONE,
        _ => others.next().unwrap_or(u64::MAX),
    };
    let mut counts: Vec<(u64, u64)> = counts.into_iter().map(|(reward, n)| (place(reward, &mut others), n)).collect();
    counts.sort_unstable();
    PromptLevels { counts }
}
