//! The mean over prompts of any number in [0, 1], without a model of how prompts differ.

use super::{
    Interval, Tally,
    gamma_sum::{Terms, dirichlet_mean},
};

/// What prompts say about the mean over all prompts there could be.
///
/// Each end of the interval is a quantile of the mean over the prompts seen and one more, which is as extreme as can be
/// (1 for the upper end, 0 for the lower), all with random weights that are uniform on the simplex (Gaffke 2005,
/// Mathematical Methods of Statistics 14(4); Learned-Miller and Thomas 2019, arXiv 1905.06208). It needs no law of how
/// prompts differ, and leaves room for a kind of prompt that was not seen. When every number is 0 or 1 it is the
/// interval of Clopper and Pearson (1934, Biometrika 26(4)); so no hit in 20 prompts leaves room for 14 %, whatever the
/// number of completions. That it always covers has been conjectured, not proven; `advise::coverage` looks.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptMean {
    estimate: f64,
    /// Each number with how many prompts have it.
    values: Terms,
}

impl PromptMean {
    /// From hits out of trials per prompt; `None` when there is no prompt.
    #[must_use]
    pub fn of_rates(tally: &Tally) -> Option<Self> {
        let rate = |(hits, trials, prompts): (u64, u64, u64)| (hits as f64 / trials as f64, prompts as f64);
        Some(Self { estimate: tally.mean()?, values: tally.iter().map(rate).collect() })
    }

    /// From numbers in [0, 1], each with how many prompts have it; `None` when there is no prompt.
    #[must_use]
    pub fn of_values(values: &[(f64, u64)]) -> Option<Self> {
        let prompts: u64 = values.iter().map(|&(_, prompts)| prompts).sum();
        let sum: f64 = values.iter().map(|&(value, prompts)| value * prompts as f64).sum();
        (prompts > 0).then(|| Self {
            estimate: (sum / prompts as f64).clamp(0.0, 1.0),
            values: values.iter().map(|&(value, prompts)| (value.clamp(0.0, 1.0), prompts as f64)).collect(),
        })
    }

    /// The mean over prompts of what was seen: unbiased, each prompt counting the same.
    #[must_use]
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The confidence interval of that level, holding the estimate.
    #[must_use]
    pub fn interval(&self, level: f64) -> Interval {
        Interval::new(self.low(level), self.high(level))
    }

    /// The lower end of the interval.
    #[must_use]
    pub fn low(&self, level: f64) -> f64 {
        self.with(0.0, (1.0 - level) / 2.0).clamp(0.0, self.estimate)
    }

    /// The upper end of the interval.
    #[must_use]
    pub fn high(&self, level: f64) -> f64 {
        self.with(1.0, (1.0 + level) / 2.0).clamp(self.estimate, 1.0)
    }

    fn with(&self, extreme: f64, probability: f64) -> f64 {
        let mut terms = self.values.clone();
        terms.push((extreme, 1.0));
        dirichlet_mean(&terms, probability)
    }
}

#[cfg(test)]
mod tests {
    use super::{PromptMean, Tally};

    fn rates(counts: impl IntoIterator<Item = (u64, u64)>) -> PromptMean {
        PromptMean::of_rates(&counts.into_iter().collect::<Tally>()).unwrap()
    }

    /// Without a hit in n trials the upper end is 1 − 0.05^(1/n); completions of a prompt count once.
    #[test]
    fn no_hit_leaves_what_prompts_leave() {
        for completions in [1, 96] {
            let interval = rates([(0, completions); 20]).interval(0.9);
            assert_eq!(interval.low, 0.0);
            assert!((interval.high - (1.0 - 0.05_f64.powf(1.0 / 20.0))).abs() < 1e-6, "{interval:?}");
            let interval = rates([(completions, completions); 20]).interval(0.9);
            assert_eq!(interval.high, 1.0);
            assert!((interval.low - 0.05_f64.powf(1.0 / 20.0)).abs() < 1e-6, "{interval:?}");
        }
    }

    /// Clopper and Pearson's own: 3 of 10 lies between 8.73 % and 60.66 % (tables of the binomial at 90 %).
    #[test]
    fn single_trials_give_clopper_and_pearson() {
        let interval = rates((0..10).map(|n| (u64::from(n < 3), 1))).interval(0.9);
        assert!((interval.low - 0.0873).abs() < 1e-4 && (interval.high - 0.6066).abs() < 1e-4, "{interval:?}");
    }

    #[test]
    fn prompts_that_differ_are_worth_less() {
        let alike = rates([(48, 96); 100]).interval(0.9);
        let apart = rates((0..100).map(|n| (96 * (n % 2), 96))).interval(0.9);
        assert!(alike.width() < 0.03 && apart.width() > 0.15, "{alike:?} {apart:?}");
    }

    #[test]
    fn one_prompt_says_nothing_about_others() {
        for hits in [0, 48, 96] {
            assert!(rates([(hits, 96)]).interval(0.9).width() >= 0.95 - 1e-9, "{hits}");
        }
        assert_eq!(PromptMean::of_rates(&Tally::default()), None);
        assert_eq!(PromptMean::of_values(&[]), None);
    }
}
