//! How many groups carry a gradient.

use super::{
    stats::{GroupShares, Interval, PromptLevels, PromptMean, ShareOf, Tally},
    summary::Summary,
};
use crate::reward::Scheme;
use std::collections::BTreeMap;

/// A share of groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The estimate, in [0, 1]; `None` when the share can only be bounded.
    pub estimate: Option<f64>,
    /// Its interval; with [`Basis::Bounds`] what it could be at all.
    pub interval: Interval,
}

impl From<ShareOf> for Share {
    fn from(share: ShareOf) -> Self {
        Self { estimate: Some(share.estimate), interval: share.interval }
    }
}

/// What shares of groups rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Every prompt used has at least a group's worth of completions: unbiased, no model of how prompts differ.
    Direct {
        /// Prompts used.
        prompts: u64,
    },
    /// Some prompts have fewer; for these a Dirichlet-multinomial fitted to all prompts extrapolates.
    Modelled {
        /// Prompts with at least a group's worth of completions.
        direct: u64,
        /// Prompts with at least 2, but less than a group's worth.
        modelled: u64,
    },
    /// No prompt has two completions: the shares lie anywhere between what prompts all alike would give and what
    /// prompts that each always or never succeed would give.
    Bounds {
        /// Prompts with one completion.
        prompts: u64,
    },
}

/// Shares of groups, by their rewards under one scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// The scheme.
    pub scheme: Scheme,
    /// What the shares rest on.
    pub basis: Basis,
    /// Prompts not used: fewer than two completions with a known reward while others have more, or none at all.
    pub left_out: u64,
    /// All rewards are 0.
    pub all_zero: Share,
    /// All rewards are 1.
    pub all_one: Share,
    /// All rewards are equal, in between.
    pub tied: Share,
    /// Rewards differ. Under group-relative advantages (GRPO, RLOO) only these groups have a gradient.
    pub mixed: Share,
}

impl Signal {
    /// The signal under a scheme, given the rewards of each prompt; `None` when no completion has a known reward.
    pub(super) fn new(
        patterns: &BTreeMap<PromptLevels, u64>,
        scheme: Scheme,
        size: u64,
        level: f64,
        seed: u64,
    ) -> Option<Self> {
        let prompts: u64 = patterns.values().sum();
        if let Some(shares) = GroupShares::new(patterns, size, level, seed) {
            let GroupShares { all_zero, all_one, tied, mixed, direct, modelled } = shares;
            let basis =
                if modelled == 0 { Basis::Direct { prompts: direct } } else { Basis::Modelled { direct, modelled } };
            let left_out = prompts - direct - modelled;
            let [all_zero, all_one, mut tied, mixed] = [all_zero, all_one, tied, mixed].map(Share::from);
            if matches!(scheme, Scheme::Binary(_)) {
                // Not a finding but what binary is: there is nothing between its rewards.
                tied.interval = Interval::new(0.0, 0.0);
            }
            return Some(Self { scheme, basis, left_out, all_zero, all_one, tied, mixed });
        }
        let singles: u64 = patterns.iter().map(|(levels, prompts)| levels.seen() * prompts).sum();
        let [all_zero, all_one, tied, mixed] = bounds(patterns, size, level)?;
        let (basis, left_out) = (Basis::Bounds { prompts: singles }, prompts - singles);
        Some(Self { scheme, basis, left_out, all_zero, all_one, tied, mixed })
    }
}

/// The rewards of the prompts under the n-th scheme; prompts that look alike are held once.
pub(super) fn patterns(summaries: &[Summary<'_>], n: usize) -> BTreeMap<PromptLevels, u64> {
    let mut patterns: BTreeMap<PromptLevels, u64> = BTreeMap::new();
    for summary in summaries {
        let levels = &summary.rewards[n];
        match patterns.get_mut(levels) {
            Some(prompts) => *prompts += 1,
            None => {
                patterns.insert(levels.clone(), 1);
            }
        }
    }
    patterns
}

/// What one completion per prompt leaves possible of all zero, all one, tied and mixed: for a reward of mean rate p,
/// E[θ^G] lies between p^G (Jensen's inequality: prompts all alike) and p (each prompt always or never).
fn bounds(patterns: &BTreeMap<PromptLevels, u64>, size: u64, level: f64) -> Option<[Share; 4]> {
    let seen = || patterns.iter().filter_map(|(prompt, &n)| prompt.counts.first().map(|&(level, _)| (level, n)));
    let rate = |of: fn(u64) -> bool| {
        let tally: Tally = seen().flat_map(|(level, n)| (0..n).map(move |_| (u64::from(of(level)), 1))).collect();
        PromptMean::of_rates(&tally).map(|mean| mean.interval(level))
    };
    let between = |level: u64| level != 0 && level != PromptLevels::ONE;
    let mut levels: Vec<u64> = seen().map(|(level, _)| level).filter(|&level| between(level)).collect();
    levels.sort_unstable();
    levels.dedup();
    let share = |rate: Interval, levels: f64| {
        // Spread evenly over several rewards, groups agree least.
        let low = levels * (rate.low / levels).powf(size as f64);
        Share { estimate: None, interval: Interval::new(low, rate.high) }
    };
    let all_zero = share(rate(|level| level == 0)?, 1.0);
    let all_one = share(rate(|level| level == PromptLevels::ONE)?, 1.0);
    let tied = if levels.is_empty() {
        Share { estimate: None, interval: Interval::new(0.0, 0.0) }
    } else {
        share(rate(between)?, levels.len() as f64)
    };
    let alike: f64 = [all_zero, all_one, tied].iter().map(|share| share.interval.low).sum();
    let mixed = Share { estimate: None, interval: Interval::new(0.0, (1.0 - alike).max(0.0)) };
    Some([all_zero, all_one, tied, mixed])
}
