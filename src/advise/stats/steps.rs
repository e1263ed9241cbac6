//! Sums of logarithms over rising factorials, shared by all prompts of a tally.

use std::collections::BTreeMap;

/// Below this, every step is kept by itself.
const EXACT: u64 = 256;
/// Beyond it, steps are put together over one part in this many of their position: the second-order error of such a
/// block is below 1e-5 of its weight.
const BLOCK: u64 = 100;

/// `Σ over prompts Σ_{j < value} f(j)` as a weighted sum over j: as many prompts as have a `value` beyond j are its weight.
///
/// The likelihood of the beta-binomial is three of these, so evaluating it costs at most the largest number of trials,
/// not the number of prompts; for a million trials about a thousand terms.
#[derive(Clone, Debug)]
pub(super) struct Steps(Vec<(f64, f64)>);

impl Steps {
    /// From (value, prompts) pairs.
    pub(super) fn new(values: impl Iterator<Item = (u64, u64)>) -> Self {
        let mut ends: BTreeMap<u64, u64> = BTreeMap::new();
        for (value, prompts) in values.filter(|&(value, _)| value > 0) {
            *ends.entry(value).or_default() += prompts;
        }
        let mut beyond: u64 = ends.values().sum();
        let mut ends = ends.into_iter().peekable();
        let mut steps = Vec::new();
        let mut at = 0;
        while beyond > 0 {
            let block_end = if at < EXACT { at + 1 } else { at + at / BLOCK };
            let (mut weight, mut moment) = (0.0, 0.0);
            while at < block_end && beyond > 0 {
                let (end, prompts) = *ends.peek().expect("prompts lie beyond");
                let stop = end.min(block_end);
                let run = (stop - at) as f64;
                weight += run * beyond as f64;
                moment += run * beyond as f64 * (at + stop - 1) as f64 / 2.0;
                at = stop;
                if stop == end {
                    beyond -= prompts;
                    ends.next();
                }
            }
            steps.push((moment / weight, weight));
        }
        Self(steps)
    }

    /// `Σ weight · ln(base + j · stride)`.
    pub(super) fn log_sum(&self, base: f64, stride: f64) -> f64 {
        self.0.iter().map(|&(step, weight)| weight * (base + step * stride).ln()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Steps;

    /// Within the documented 1e-5 of the weight, here 20,307 trials.
    #[test]
    fn blocks_agree_with_the_plain_sum() {
        let values: [(u64, u64); 4] = [(3, 2), (300, 1), (5_000, 3), (5_001, 1)];
        let run = |value: u64| (0..value).map(|j| (0.3 + j as f64 * 0.02).ln()).sum::<f64>();
        let plain: f64 = values.iter().map(|&(value, prompts)| prompts as f64 * run(value)).sum();
        let steps = Steps::new(values.into_iter());
        assert!(steps.0.len() < 700, "{}", steps.0.len());
        assert!((steps.log_sum(0.3, 0.02) - plain).abs() < 0.2, "{} against {plain}", steps.log_sum(0.3, 0.02));
    }

    #[test]
    fn small_values_are_exact() {
        let steps = Steps::new([(2, 1), (0, 5), (1, 1)].into_iter());
        assert_eq!(steps.0, [(0.0, 2.0), (1.0, 1.0)]);
    }
}
