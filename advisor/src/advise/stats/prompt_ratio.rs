//! The ratio of two means over prompts, such as how often a constraint is met among completions that meet another.

use super::{
    Interval,
    gamma_sum::{Terms, crossing},
};

/// What prompts say about the ratio of the means of a part and of the whole it is part of.
///
/// Each end of the interval is a quantile of the ratio over the prompts seen and one more, all with random weights, as for
/// [`PromptMean`](super::PromptMean); the further one has a whole of 1, of which the part is all or nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptRatio {
    /// Part, whole and how many prompts have them.
    prompts: Vec<(f64, f64, f64)>,
    part: f64,
    whole: f64,
}

impl PromptRatio {
    /// From 0 ≤ part ≤ whole ≤ 1 per prompt, each with how many prompts have them; `None` when every whole is 0.
    #[must_use]
    pub fn new(prompts: &[(f64, f64, u64)]) -> Option<Self> {
        let prompts: Vec<(f64, f64, f64)> =
            prompts.iter().map(|&(part, whole, count)| (part, whole, count as f64)).collect();
        let part: f64 = prompts.iter().map(|(part, _, count)| part * count).sum();
        let whole: f64 = prompts.iter().map(|(_, whole, count)| whole * count).sum();
        (whole > 0.0).then_some(Self { prompts, part, whole })
    }

    /// The ratio of what was seen, in [0, 1].
    #[must_use]
    pub fn estimate(&self) -> f64 {
        (self.part / self.whole).min(1.0)
    }

    /// The confidence interval of that level, holding the estimate.
    #[must_use]
    pub fn interval(&self, level: f64) -> Interval {
        let tail = (1.0 - level) / 2.0;
        let estimate = self.estimate();
        let end = |part: f64, probability: f64| {
            crossing((0.0, 1.0), probability, |ratio, terms: &mut Terms| {
                terms.extend(self.prompts.iter().map(|&(part, whole, count)| (part - ratio * whole, count)));
                terms.push((part - ratio, 1.0));
            })
        };
        let low = if estimate > 0.0 { end(0.0, tail) } else { 0.0 };
        let high = if estimate < 1.0 { end(1.0, 1.0 - tail) } else { 1.0 };
        Interval::new(low.clamp(0.0, estimate), high.clamp(estimate, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::PromptRatio;

    /// With wholes of 1 it is the interval of a proportion: Clopper and Pearson's for 3 of 10.
    #[test]
    fn of_wholes_of_one_is_a_proportion() {
        let interval = PromptRatio::new(&[(0.0, 1.0, 7), (1.0, 1.0, 3)]).unwrap().interval(0.9);
        assert!((interval.low - 0.0873).abs() < 2e-3 && (interval.high - 0.6066).abs() < 2e-3, "{interval:?}");
    }

    /// n prompts whose part is all of a half: the lower end is where (1 − r) / 2 · Gamma(n) = r · Gamma(1), so
    /// r / (2 − …) follows from the beta distribution: (1 − r) / 2r = 1 / b − 1 with b = 0.05^(1/n).
    #[test]
    fn a_part_that_is_all_leaves_room_for_an_unseen_prompt() {
        let ratio = PromptRatio::new(&[(0.5, 0.5, 60)]).unwrap();
        let odds = 1.0 / 0.05_f64.powf(1.0 / 60.0) - 1.0;
        let interval = ratio.interval(0.9);
        assert!((interval.low - 1.0 / (1.0 + 2.0 * odds)).abs() < 2e-3, "{interval:?}");
        assert_eq!((ratio.estimate(), interval.high), (1.0, 1.0));
    }

    #[test]
    fn there_is_no_ratio_to_nothing() {
        assert_eq!(PromptRatio::new(&[(0.0, 0.0, 9)]), None);
        assert_eq!(PromptRatio::new(&[]), None);
    }
}
