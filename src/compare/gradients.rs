//! How much more often one reward tells the completions of a prompt apart than another does.

use crate::advise::stats::{Interval, PromptMean, all_alike};
use std::collections::BTreeMap;

/// How much larger the share of groups with a gradient is under one reward than under another, on the same completions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lead {
    /// Place of the one.
    pub first: usize,
    /// Place of the other.
    pub second: usize,
    /// The mean over prompts of the difference, in [−1, 1].
    pub estimate: f64,
    /// Its interval.
    pub interval: Interval,
    /// Prompts with at least two completions that both pay.
    pub prompts: u64,
}

impl Lead {
    /// Of two rewards of the same completions, by prompts, in groups of `size`; `None` where no prompt has two completions that both pay.
    pub(super) fn of(
        (first, ours): (usize, &[Vec<Option<f64>>]),
        (second, theirs): (usize, &[Vec<Option<f64>>]),
        size: u64,
        level: f64,
    ) -> Option<Self> {
        // The mean has its interval for numbers from 0 to 1.
        let between = |(ours, theirs): (&Vec<Option<f64>>, &Vec<Option<f64>>)| {
            let both: Vec<(f64, f64)> =
                ours.iter().zip(theirs).filter_map(|(one, other)| Some(((*one)?, (*other)?))).collect();
            let mixed = |rewards: Vec<f64>| mixed(&rewards, size);
            let difference = mixed(both.iter().map(|(one, _)| *one).collect())?
                - mixed(both.iter().map(|(_, other)| *other).collect())?;
            Some((difference / 2.0 + 0.5, 1))
        };
        let values: Vec<(f64, u64)> = ours.iter().zip(theirs).filter_map(between).collect();
        let mean = PromptMean::of_values(&values)?;
        let back = |value: f64| 2.0 * value - 1.0;
        let found = mean.interval(level);
        Some(Self {
            first,
            second,
            estimate: back(mean.estimate()),
            interval: Interval::new(back(found.low), back(found.high)),
            prompts: values.len() as u64,
        })
    }

    /// The same seen from the other side.
    #[must_use]
    pub fn turned(self) -> Self {
        let Self { first, second, estimate, interval, prompts } = self;
        let interval = Interval::new(-interval.high, -interval.low);
        Self { first: second, second: first, estimate: -estimate, interval, prompts }
    }
}

/// The unbiased probability that rewards of a group differ, a group being as large as is asked or as the prompt has completions; `None`
/// with fewer than two.
pub(super) fn mixed(rewards: &[f64], size: u64) -> Option<f64> {
    let seen = rewards.len() as u64;
    if seen < 2 {
        return None;
    }
    let mut counts: BTreeMap<i128, u64> = BTreeMap::new();
    rewards.iter().for_each(|reward| *counts.entry(level(*reward)).or_default() += 1);
    let draws = size.min(seen);
    let alike: f64 = counts.values().filter_map(|count| all_alike(*count, seen, draws)).sum();
    Some((1.0 - alike).clamp(0.0, 1.0))
}

/// A reward to the billionth: what rounding makes of a sum is no difference. Rewards go up to 1e12, which is more than 64 bits hold.
pub(super) fn level(reward: f64) -> i128 {
    (reward * 1e9).round() as i128
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_rewards_are_told_apart() {
        assert!(level(1e12) > level(1e11) && level(-1e12) < level(-1e11));
        assert_eq!(mixed(&[1e10, 2e10], 2), Some(1.0));
        assert_eq!(mixed(&[0.1 + 0.2, 0.3], 2), Some(0.0));
    }
}
