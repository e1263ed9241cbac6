//! A metric over all prompts, and how sure it is.

use super::comparisons::Tally;
use crate::advise::stats::Interval;

/// A metric's value for a proxy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The value, in [0, 1].
    pub value: f64,
    /// Percentile bootstrap over prompts (Efron 1979, Annals of Statistics 7(1)); `None` for a single prompt, which says
    /// nothing of others.
    pub interval: Option<Interval>,
    /// Comparisons it is of.
    pub comparisons: u64,
    /// How many comparisons of equal weight would be as varied: (Σw)² / Σw² (Kish 1965, Survey Sampling).
    pub effective: f64,
}

/// The tallies of a metric and a proxy, by prompt, made ready for being drawn many times.
#[derive(Clone, Debug)]
pub(super) struct Tallies {
    tallies: Vec<Option<Tally>>,
    /// Weights relative to the largest.
    weights: Vec<f64>,
}

impl Tallies {
    pub(super) fn new(tallies: Vec<Option<Tally>>) -> Self {
        let most = largest(tallies.iter().flatten());
        let weights = tallies.iter().map(|tally| tally.map_or(0.0, |tally| (tally.log_weight - most).exp())).collect();
        Self { tallies, weights }
    }

    /// The value over the drawn prompts; `None` when none of them has anything to compare.
    pub(super) fn value(&self, drawn: &[usize]) -> Option<f64> {
        let (mut all, mut right) = (0.0, 0.0);
        for &prompt in drawn {
            if let Some(tally) = &self.tallies[prompt] {
                all += self.weights[prompt];
                right += self.weights[prompt] * tally.right;
            }
        }
        // Without the prompts that weigh most, the others' weights may all have vanished beside theirs.
        if all > f64::MIN_POSITIVE * 1e20 { Some(right / all) } else { self.careful(drawn) }
    }

    fn careful(&self, drawn: &[usize]) -> Option<f64> {
        let there = || drawn.iter().filter_map(|&prompt| self.tallies[prompt].as_ref());
        let most = largest(there());
        let weight = |tally: &Tally| (tally.log_weight - most).exp();
        let all: f64 = there().map(weight).sum();
        let right: f64 = there().map(|tally| weight(tally) * tally.right).sum();
        there().next().map(|_| right / all)
    }

    /// The value over all prompts, with the interval that resampled values give.
    pub(super) fn measure(&self, resampled: &[Option<f64>], level: f64) -> Option<Measure> {
        let everything: Vec<usize> = (0..self.tallies.len()).collect();
        let value = self.careful(&everything)?;
        let there = || self.tallies.iter().flatten();
        let most = largest(there());
        let all: f64 = there().map(|tally| (tally.log_weight - most).exp()).sum();
        let squares: f64 = there().map(|tally| (tally.log_square - 2.0 * most).exp()).sum();
        let several = there().count() > 1;
        Some(Measure {
            value,
            interval: if several { percentiles(resampled, level).map(|found| found.including(value)) } else { None },
            comparisons: there().map(|tally| tally.count).sum(),
            effective: all * all / squares,
        })
    }
}

fn largest<'a>(tallies: impl Iterator<Item = &'a Tally>) -> f64 {
    tallies.map(|tally| tally.log_weight).fold(f64::NEG_INFINITY, f64::max)
}

/// The central interval of resampled values; those that are undefined are left out. `None` when fewer than half are defined.
pub(super) fn percentiles(resampled: &[Option<f64>], level: f64) -> Option<Interval> {
    let mut values: Vec<f64> = resampled.iter().flatten().copied().collect();
    if values.is_empty() || values.len() * 2 < resampled.len() {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let quantile = |share: f64| {
        let at = share * (values.len() - 1) as f64;
        let (below, above) = (values[at.floor() as usize], values[at.ceil() as usize]);
        below + (above - below) * at.fract()
    };
    Some(Interval::new(quantile((1.0 - level) / 2.0), quantile((1.0 + level) / 2.0)))
}
