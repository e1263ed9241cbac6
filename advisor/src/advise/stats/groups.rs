//! What groups of fresh completions would look like: all at one reward, or mixed.

use super::{Interval, PromptMean, all_alike, mixture::Mixture};
use std::collections::{BTreeMap, BTreeSet};

/// How often each reward was seen among the completions of one prompt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PromptLevels {
    /// (reward in billionths, completions), by increasing reward, none of the counts 0.
    pub counts: Vec<(u64, u64)>,
}

impl PromptLevels {
    /// The full reward in billionths.
    pub const ONE: u64 = 1_000_000_000;

    /// Completions with a known reward.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.counts.iter().map(|&(_, count)| count).sum()
    }

    /// Unbiased probabilities that so many fresh completions are all zero, all one, tied in between, or mixed; `None`
    /// when fewer were seen.
    pub(in crate::advise) fn shares(&self, draws: u64) -> Option<[f64; 4]> {
        let seen = self.seen();
        let mut shares = [0.0; 4];
        for &(level, count) in &self.counts {
            let kind = match level {
                0 => 0,
                Self::ONE => 1,
                _ => 2,
            };
            shares[kind] += all_alike(count, seen, draws)?;
        }
        shares[3] = (1.0 - shares[0] - shares[1] - shares[2]).max(0.0);
        Some(shares)
    }
}

/// A share of groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The estimate, in [0, 1]; `None` when the share can only be bounded.
    pub estimate: Option<f64>,
    /// Its interval; where some prompts have less than a group's worth of completions, all that is possible.
    pub interval: Interval,
    /// The estimate or, where the share can only be bounded, what is likeliest if prompts' rates are spread as their few completions suggest.
    likely: f64,
}

impl Share {
    /// The estimate, or what is likeliest.
    #[must_use]
    pub fn middle(&self) -> f64 {
        self.likely
    }

    /// What is left of all.
    #[must_use]
    pub fn rest(&self) -> Self {
        let interval = Interval::new(1.0 - self.interval.high, 1.0 - self.interval.low);
        Self { estimate: self.estimate.map(|share| 1.0 - share), interval, likely: 1.0 - self.likely }
    }
}

/// Shares of groups of fresh completions, by what their rewards are. The four sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupShares {
    /// All rewards are 0.
    pub all_zero: Share,
    /// All rewards are 1.
    pub all_one: Share,
    /// All rewards are equal, at a value in between.
    pub tied: Share,
    /// Rewards differ: the only groups with a gradient under group-relative advantages.
    pub mixed: Share,
    /// Prompts with at least a group's worth of completions, which give an unbiased estimate.
    pub direct: u64,
    /// Prompts with fewer, which only bound the shares.
    pub bounding: u64,
}

impl GroupShares {
    /// Shares for groups of `size`, over the prompts with a known reward; `None` without any.
    ///
    /// Where every prompt has at least `size` completions the shares are means over prompts of unbiased estimates
    /// ([`all_alike`]), with the interval of [`PromptMean`]. A prompt with m < `size` completions tells of groups of m
    /// only. Whatever its chance q of a reward is, q^size ≤ q^m: that is the upper end. And however prompts differ, by
    /// Jensen's inequality the mean of q^size is at least the (size / m)-th power of the mean of q^m: the lower end,
    /// which is reached when all prompts are alike. Both ends have room for sampling error: they are the ends of the
    /// interval of the mean they are made from.
    #[must_use]
    pub fn new(prompts: &BTreeMap<PromptLevels, u64>, size: u64, level: f64) -> Option<Self> {
        let known: Vec<(&PromptLevels, u64)> =
            prompts.iter().map(|(levels, &n)| (levels, n)).filter(|(levels, _)| levels.seen() > 0).collect();
        let total = having(&known, 1);
        if total == 0 {
            return None;
        }
        let draws = draws(&known, size);
        // What is alike among prompts with fewer completions than that may be nothing at all.
        let least = |levels: &PromptLevels| levels.shares(draws).unwrap_or([0.0, 0.0, 0.0, 1.0]);
        let most = |levels: &PromptLevels| levels.shares(size.min(levels.seen())).expect("so many were seen");
        let mean = |of: &dyn Fn(&PromptLevels) -> f64| {
            let values: Vec<(f64, u64)> = known.iter().map(|&(levels, n)| (of(levels), n)).collect();
            PromptMean::of_values(&values).expect("there are prompts")
        };
        let low = |kind: usize| mean(&|levels| least(levels)[kind]).low(level);
        let high = |kind: usize| mean(&|levels| most(levels)[kind]).high(level);

        let share = having(&known, draws) as f64 / total as f64;
        let power = size as f64 / draws as f64;
        let jensen = |mean: f64, parts: f64, power: f64| parts * (mean / parts).min(1.0).powf(power);
        // Of one prompt with rates q that sum to at most 1: Σ q^size ≥ (Σ q^m)^((size − 1) / (m − 1)).
        let whole = |mean: f64| match draws {
            1 => 0.0,
            _ => jensen(mean, share, (size - 1) as f64 / (draws - 1) as f64),
        };
        let ties = known.iter().flat_map(|(levels, _)| &levels.counts).map(|&(reward, _)| reward);
        let ties: BTreeSet<u64> = ties.filter(|&reward| reward != 0 && reward != PromptLevels::ONE).collect();
        let zero = jensen(low(0), share, power);
        let one = jensen(low(1), share, power);
        let tied = match ties.len() {
            0 => 0.0,
            // Spread evenly over several rewards, groups agree least.
            levels => jensen(low(2), share * levels as f64, power).max(whole(low(2))),
        };
        let alike = whole(1.0 - mean(&|levels| least(levels)[3]).high(level));
        let alike = if draws == size { alike } else { alike.max(zero + one + tied) };
        let mixed = mean(&|levels| most(levels)[3]).low(level);

        let estimates = Self::estimates(prompts, size);
        let likely = estimates.unwrap_or_else(|| likely(&known, size));
        let share = |kind: usize, low: f64, high: f64| {
            let estimate = estimates.map(|shares| shares[kind]);
            let interval = Interval::new(low.min(high), high);
            let interval = estimate.map_or(interval, |estimate| interval.including(estimate));
            let likely = estimate.unwrap_or_else(|| likely[kind].clamp(interval.low, interval.high));
            Share { estimate, interval, likely }
        };
        let direct = having(&known, size);
        Some(Self {
            all_zero: share(0, zero, high(0)),
            all_one: share(1, one, high(1)),
            tied: share(2, tied, high(2)),
            mixed: share(3, mixed, (1.0 - alike).max(0.0)),
            direct,
            bounding: total - direct,
        })
    }

    /// Unbiased estimates of the shares of groups of `size` that are all zero, all one, tied in between and mixed, over
    /// the prompts with at least as many completions; `None` when these are less than nine in ten.
    #[must_use]
    pub fn estimates(prompts: &BTreeMap<PromptLevels, u64>, size: u64) -> Option<[f64; 4]> {
        let (mut sums, mut direct, mut short) = ([0.0; 4], 0, 0);
        for (levels, &n) in prompts.iter().filter(|(levels, _)| levels.seen() > 0) {
            let Some(shares) = levels.shares(size) else {
                short += n;
                continue;
            };
            direct += n;
            for (sum, share) in sums.iter_mut().zip(shares) {
                *sum += share * n as f64;
            }
        }
        (direct > 0 && direct >= 9 * short).then(|| sums.map(|sum| (sum / direct as f64).clamp(0.0, 1.0)))
    }
}

/// Prompts with at least so many completions.
fn having(known: &[(&PromptLevels, u64)], completions: u64) -> u64 {
    known.iter().filter(|(levels, _)| levels.seen() >= completions).map(|&(_, n)| n).sum()
}

/// The four shares as they are likeliest. Of the rewards in between, a prompt's most frequent stands for all.
fn likely(known: &[(&PromptLevels, u64)], size: u64) -> [f64; 4] {
    let alike = |hits: &dyn Fn(&PromptLevels) -> u64| {
        Mixture::of(known.iter().map(|&(levels, n)| (hits(levels), levels.seen(), n))).all_hits(size)
    };
    let at = |levels: &PromptLevels, reward: u64| {
        levels.counts.iter().find(|(level, _)| *level == reward).map_or(0, |&(_, count)| count)
    };
    let between = |levels: &PromptLevels| {
        let between = levels.counts.iter().filter(|(level, _)| ![0, PromptLevels::ONE].contains(level));
        between.map(|&(_, count)| count).max().unwrap_or(0)
    };
    let tied = if known.iter().any(|(levels, _)| between(levels) > 0) { alike(&between) } else { 0.0 };
    let (zero, one) = (alike(&|levels| at(levels, 0)), alike(&|levels| at(levels, PromptLevels::ONE)));
    [zero, one, tied, (1.0 - zero - one - tied).max(0.0)]
}

/// How many completions per prompt the lower ends are made from: those that would give the highest if half of the
/// prompts were always alike. The choice does not look at rewards, which would favour what chance made high.
fn draws(known: &[(&PromptLevels, u64)], size: u64) -> u64 {
    let possible: BTreeSet<u64> = known.iter().map(|(levels, _)| levels.seen().min(size)).collect();
    let worth = |draws: u64| (having(known, draws) as f64).log2() - size as f64 / draws as f64;
    possible.into_iter().max_by(|&a, &b| worth(a).total_cmp(&worth(b))).expect("there are prompts")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: u64 = PromptLevels::ONE;

    fn prompts(list: &[(&[(u64, u64)], u64)]) -> BTreeMap<PromptLevels, u64> {
        list.iter().map(|&(counts, n)| (PromptLevels { counts: counts.to_vec() }, n)).collect()
    }

    /// C(3, 2) / C(4, 2) = 1/2 and C(1, 2) = 0.
    #[test]
    fn direct_shares_are_ratios_of_binomials() {
        let shares = GroupShares::new(&prompts(&[(&[(0, 3), (ONE, 1)], 1)]), 2, 0.9).unwrap();
        assert!((shares.all_zero.estimate.unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(shares.all_one.estimate, Some(0.0));
        assert!((shares.mixed.estimate.unwrap() - 0.5).abs() < 1e-12);
        assert_eq!((shares.direct, shares.bounding), (1, 0));
    }

    /// A third of prompts at 0, 1 and 2 hits of 2, as uniform rates give, for which 1/5 of the groups of 4 have none;
    /// from seeing 2 it could be anything from (1/3)² to 1/3.
    #[test]
    fn fewer_completions_bound() {
        let half = [(0, 1), (ONE, 1)];
        let many = 4_000;
        let seen = prompts(&[(&[(0, 2)], many), (&half, many), (&[(ONE, 2)], many)]);
        let shares = GroupShares::new(&seen, 4, 0.9).unwrap();
        let close = |share: Share, low: f64, high: f64| {
            assert_eq!(share.estimate, None);
            assert!((share.interval.low - low).abs() < 0.02 && (share.interval.high - high).abs() < 0.02, "{share:?}");
        };
        close(shares.all_zero, 1.0 / 9.0, 1.0 / 3.0);
        close(shares.all_one, 1.0 / 9.0, 1.0 / 3.0);
        // (2/3)³ is above 1/9 + 1/9.
        close(shares.mixed, 1.0 / 3.0, 1.0 - 8.0 / 27.0);
        assert_eq!((shares.direct, shares.bounding), (0, 3 * many));
    }

    /// Prompts that lack a completion neither take the estimate away nor go missing from the interval.
    #[test]
    fn a_few_short_prompts_widen_the_interval() {
        let all = prompts(&[(&[(0, 8)], 2000)]);
        let some = prompts(&[(&[(0, 8)], 1900), (&[(0, 7)], 100)]);
        let [all, some] = [all, some].map(|prompts| GroupShares::new(&prompts, 8, 0.9).unwrap().all_zero);
        assert_eq!((all.estimate, some.estimate), (Some(1.0), Some(1.0)));
        assert!(all.interval.low > 0.998 && (0.94..0.999).contains(&some.interval.low), "{some:?}");
        let many = prompts(&[(&[(0, 8)], 8), (&[(0, 7)], 1)]);
        assert_eq!(GroupShares::new(&many, 8, 0.9).unwrap().all_zero.estimate, None);
    }

    #[test]
    fn one_prompt_is_no_certainty() {
        for seen in [1, 3, 8] {
            let shares = GroupShares::new(&prompts(&[(&[(0, seen)], 1)]), 8, 0.9).unwrap();
            assert!(shares.all_zero.interval.width() > 0.5, "{shares:?}");
        }
    }
}
