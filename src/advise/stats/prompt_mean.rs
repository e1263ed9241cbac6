//! The mean over prompts of any number in [0, 1], without a model of how prompts differ.

use super::{Interval, Tally};
use statrs::distribution::{Beta, ContinuousCDF, Normal, StudentsT};

/// Prompts added, half of them at 0 and half at 1, when judging how much prompts differ: a kind that was not seen has
/// to be reckoned with, however alike the seen ones are.
const UNSEEN: f64 = 1.0;

/// What prompts say about the mean over all prompts there could be.
///
/// The interval for a proportion from clusters of Korn and Graubard (1998, Survey Methodology 24(2)): the prompts are
/// worth as many independent trials as have the variance their mean has, and these go into the interval of Clopper and
/// Pearson (1934, Biometrika 26(4)). It needs no law of how prompts differ; a beta-binomial, which does, misses the
/// mean half of the time when some prompts are never solved and the others all alike. Two things are added to it for
/// small samples: `UNSEEN`, and that a prompt is never worth less than one trial, since no number in [0, 1] varies more
/// than a coin of the same mean. So no hit in 20 prompts leaves room for 14 %, whatever the number of completions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PromptMean {
    estimate: f64,
    prompts: f64,
    /// Independent trials of the same variance.
    worth: f64,
    /// More trials than these were not made.
    trials: f64,
}

impl PromptMean {
    /// From hits out of trials per prompt; `None` when there is no prompt.
    #[must_use]
    pub fn of_rates(tally: &Tally) -> Option<Self> {
        let values: Vec<(f64, u64)> =
            tally.iter().map(|(hits, trials, prompts)| (hits as f64 / trials as f64, prompts)).collect();
        Some(Self::new(tally.mean()?, &values, tally.trials() as f64))
    }

    /// From numbers in [0, 1], each with how many prompts have it; `None` when there is no prompt.
    #[must_use]
    pub fn of_values(values: &[(f64, u64)]) -> Option<Self> {
        let prompts: u64 = values.iter().map(|&(_, prompts)| prompts).sum();
        let sum: f64 = values.iter().map(|&(value, prompts)| value * prompts as f64).sum();
        (prompts > 0).then(|| Self::new((sum / prompts as f64).clamp(0.0, 1.0), values, f64::INFINITY))
    }

    fn new(estimate: f64, values: &[(f64, u64)], trials: f64) -> Self {
        let prompts = values.iter().map(|&(_, prompts)| prompts as f64).sum::<f64>();
        let unseen = UNSEEN / 2.0 * (estimate.powi(2) + (1.0 - estimate).powi(2));
        let seen: f64 = values.iter().map(|&(value, prompts)| (value - estimate).powi(2) * prompts as f64).sum();
        let variance = (seen + unseen) / prompts.powi(2);
        Self { estimate, prompts, worth: estimate * (1.0 - estimate) / variance, trials }
    }

    /// The mean over prompts of what was seen: unbiased, each prompt counting the same.
    #[must_use]
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// The confidence interval of that level, holding the estimate.
    #[must_use]
    pub fn interval(&self, level: f64) -> Interval {
        let tail = (1.0 - level) / 2.0;
        let (hits, misses) = self.effective(tail);
        let low = if hits > 0.0 { beta(hits, misses + 1.0, tail) } else { 0.0 };
        let high = if misses > 0.0 { beta(hits + 1.0, misses, 1.0 - tail) } else { 1.0 };
        Interval::new(low.min(self.estimate), high.max(self.estimate))
    }

    /// A quantile of the Jeffreys posterior of as many trials, for drawing.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> f64 {
        let (hits, misses) = self.effective(0.05);
        beta(hits + 0.5, misses + 0.5, probability)
    }

    /// Hits and misses among the trials the prompts are worth, fewer where their variance is known only vaguely.
    fn effective(&self, tail: f64) -> (f64, f64) {
        let normal = Normal::standard().inverse_cdf(tail);
        let student = StudentsT::new(0.0, 1.0, self.prompts).expect("there is a prompt").inverse_cdf(tail);
        let trials = (self.worth * (normal / student).powi(2)).clamp(self.prompts, self.trials);
        (self.estimate * trials, (1.0 - self.estimate) * trials)
    }
}

fn beta(a: f64, b: f64, probability: f64) -> f64 {
    Beta::new(a, b).expect("shapes are above 0").inverse_cdf(probability)
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
        assert!(alike.width() < 0.02 && apart.width() > 0.15, "{alike:?} {apart:?}");
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
