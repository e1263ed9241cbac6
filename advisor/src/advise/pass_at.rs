//! How likely at least one of several completions is full.

use super::{
    stats::{Interval, PromptMean, pass_at},
    summary::{Class, Summary},
};
use std::collections::BTreeMap;

/// pass@k: the mean over prompts of the probability that at least one of k fresh completions is full.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PassAt {
    /// Completions drawn.
    pub k: u64,
    /// Prompts with at least k known completions; the estimate is of these.
    pub prompts: u64,
    /// Prompts with fewer, which widen the interval: they may pass always, and at least as often as with what they have.
    pub short: u64,
    /// Mean over prompts of the unbiased estimate (Chen et al. 2021, arXiv 2107.03374), in [0, 1].
    pub estimate: f64,
    /// Its interval, with prompts as the sampling unit.
    pub interval: Interval,
}

/// For k = 1, 2, 4, … as far as nine in ten prompts have that many known completions.
pub(super) fn passes(summaries: &[Summary<'_>], level: f64) -> Vec<PassAt> {
    let mut prompts: BTreeMap<(u64, u64), u64> = BTreeMap::new();
    for summary in summaries.iter().filter(|summary| summary.known() > 0) {
        *prompts.entry((summary.classes[Class::Full as usize], summary.known())).or_default() += 1;
    }
    (0..u64::BITS).map_while(|doublings| at(&prompts, 1 << doublings, level)).collect()
}

fn at(prompts: &BTreeMap<(u64, u64), u64>, k: u64, level: f64) -> Option<PassAt> {
    let (mut direct, mut least, mut most) = (Vec::new(), Vec::new(), Vec::new());
    for (&(full, known), &count) in prompts {
        let value = pass_at(full, known, k);
        direct.extend(value.map(|value| (value, count)));
        least.push((value.or_else(|| pass_at(full, known, known))?, count));
        most.push((value.unwrap_or(1.0), count));
    }
    let enough: u64 = direct.iter().map(|&(_, count)| count).sum();
    let short = prompts.values().sum::<u64>() - enough;
    let estimate = PromptMean::of_values(&direct).filter(|_| enough >= 9 * short)?.estimate();
    let (low, high) = (PromptMean::of_values(&least)?.low(level), PromptMean::of_values(&most)?.high(level));
    let interval = Interval::new(low.min(estimate), high.max(estimate));
    Some(PassAt { k, prompts: enough, short, estimate, interval })
}
