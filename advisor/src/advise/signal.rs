//! How many groups carry a gradient.

use super::{
    stats::{GroupShares, Interval, PromptLevels, Share},
    summary::Summary,
};
use crate::reward::Scheme;
use std::collections::BTreeMap;

/// What shares of groups rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Every prompt used has at least a group's worth of completions: unbiased, no model of how prompts differ.
    Direct {
        /// Prompts used.
        prompts: u64,
    },
    /// Some prompts have fewer: the intervals are all that is possible, from what prompts all alike would give to what
    /// prompts that each always or never get a reward would give, with room for sampling error.
    Bounds {
        /// Prompts with at least a group's worth of completions. Estimates, where there are any, are of these.
        direct: u64,
        /// Prompts with fewer.
        bounding: u64,
    },
}

/// Shares of groups, by their rewards under one scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Signal {
    /// The scheme.
    pub scheme: Scheme,
    /// What the shares rest on.
    pub basis: Basis,
    /// Prompts not used, having no completion with a known reward.
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
    pub(super) fn new(patterns: &BTreeMap<PromptLevels, u64>, scheme: Scheme, size: u64, level: f64) -> Option<Self> {
        let GroupShares { all_zero, all_one, mut tied, mixed, direct, bounding } =
            GroupShares::new(patterns, size, level)?;
        let basis = if bounding == 0 { Basis::Direct { prompts: direct } } else { Basis::Bounds { direct, bounding } };
        let left_out = patterns.values().sum::<u64>() - direct - bounding;
        if matches!(scheme, Scheme::Binary(_)) {
            // Not a finding but what binary is: there is nothing between its rewards.
            tied.interval = Interval::new(0.0, 0.0);
        }
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
