//! Judging the metrics themselves: how well each would have told which proxy to train on.

use super::{Metric, measure::percentiles};
use crate::advise::stats::Interval;

/// How well a metric predicts the measured outcomes of runs trained on the proxies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The metric.
    pub metric: Metric,
    /// Spearman's correlation between metric and outcome over the proxies, in [−1, 1], ties at their mean rank; `None` for fewer than
    /// three proxies, or when either is the same for all.
    pub spearman: Option<f64>,
    /// Its interval over resampled prompts: what more prompts would tell, not what more proxies would.
    pub spearman_interval: Option<Interval>,
    /// The best outcome minus that of the proxy which the metric ranks first, the mean of them when several share that
    /// place; at least 0, in the units of the outcomes.
    pub regret: f64,
    /// Its interval over resampled prompts.
    pub regret_interval: Option<Interval>,
}

/// Fewer proxies have no correlation to speak of.
const FEWEST: usize = 3;

impl Prediction {
    /// From a metric's values and the outcomes of the same proxies, two at least; and from resampled values. `None` when the
    /// metric is undefined for one of them.
    pub(super) fn new(
        metric: Metric,
        values: &[Option<f64>],
        outcomes: &[f64],
        resampled: &[Vec<Option<f64>>],
        level: f64,
    ) -> Option<Self> {
        let all = |values: &[Option<f64>]| values.iter().copied().collect::<Option<Vec<f64>>>();
        let values = all(values)?;
        let correlation: Vec<Option<f64>> = resampled.iter().map(|values| spearman(&all(values)?, outcomes)).collect();
        let regrets: Vec<Option<f64>> = resampled.iter().map(|values| Some(regret(&all(values)?, outcomes))).collect();
        let (spearman, regret) = (spearman(&values, outcomes), regret(&values, outcomes));
        Some(Self {
            metric,
            spearman,
            spearman_interval: spearman.and_then(|value| Some(percentiles(&correlation, level)?.including(value))),
            regret,
            regret_interval: percentiles(&regrets, level).map(|found| found.including(regret)),
        })
    }
}

/// Spearman's rank correlation (1904, American Journal of Psychology 15(1)): Pearson's correlation of the ranks, equal values
/// sharing the mean of theirs. `None` for fewer than three, or when all of one are equal.
#[must_use]
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() < FEWEST {
        return None;
    }
    let (a, b) = (ranks(a), ranks(b));
    let mean = (a.len() + 1) as f64 / 2.0;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>();
    let spread = (product(&a, &a) * product(&b, &b)).sqrt();
    (spread > 0.0).then(|| (product(&a, &b) / spread).clamp(-1.0, 1.0))
}

/// Ranks from 1, the mean of them for equal values.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count();
        let equal = values.iter().filter(|other| *other == value).count();
        below as f64 + (equal + 1) as f64 / 2.0
    };
    values.iter().map(rank).collect()
}

/// The best outcome minus the mean outcome of those whose value is largest.
#[must_use]
pub fn regret(values: &[f64], outcomes: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let best = outcomes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let first: Vec<f64> =
        values.iter().zip(outcomes).filter(|(value, _)| **value == most).map(|(_, outcome)| best - outcome).collect();
    first.iter().sum::<f64>() / first.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: 4.5 / √(4.5 · 5).
    #[test]
    fn ties_share_their_rank() {
        let found = spearman(&[0.1, 0.5, 0.5, 0.9], &[1.0, 3.0, 2.0, 4.0]).unwrap();
        assert!((found - 4.5 / (4.5_f64 * 5.0).sqrt()).abs() < 1e-15);
        assert_eq!(spearman(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), Some(-1.0));
        assert_eq!(spearman(&[1.0, 1.0, 1.0], &[3.0, 2.0, 1.0]), None);
        assert_eq!(spearman(&[1.0, 2.0], &[3.0, 2.0]), None);
    }

    #[test]
    fn regret_is_what_the_first_place_costs() {
        assert_eq!(regret(&[0.2, 0.9, 0.5], &[1.0, 0.25, 0.5]), 0.75);
        assert_eq!(regret(&[0.9, 0.9, 0.5], &[1.0, 0.5, 0.5]), 0.25);
        assert_eq!(regret(&[0.9, 0.1], &[1.0, 0.5]), 0.0);
    }
}
