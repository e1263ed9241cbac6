//! What dependence is worth in full answers.

use super::pair::Mean;
use crate::{
    advise::{
        stats::{Interval, PromptMean},
        summary::Summary,
    },
    verdict::{Outcome, Verdict},
};

/// Full answers as they are, and as they would be were the constraints of a prompt independent of each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FullIfIndependent {
    /// Prompts with at least two constraints and two completions with every verdict known.
    pub prompts: u64,
    /// Share of full answers on these prompts.
    pub full: Mean,
    /// The product of the rates of a prompt's constraints, its mean over prompts.
    pub independent: Mean,
    /// The first less the second, in [−1, 1].
    pub worth: Mean,
}

impl FullIfIndependent {
    pub(super) fn new(summaries: &[Summary<'_>], level: f64) -> Option<Self> {
        let several = summaries.iter().filter(|summary| summary.constraints > 1);
        let mut shares: Vec<(f64, f64)> = several.filter_map(|summary| shares(&summary.group.outcomes)).collect();
        // Sums must not depend on the order of the prompts.
        shares.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mean = |of: fn(&(f64, f64)) -> f64| {
            let values: Vec<(f64, u64)> = shares.iter().map(|shares| (of(shares), 1)).collect();
            let mean = PromptMean::of_values(&values)?;
            Some(Mean { estimate: mean.estimate(), interval: mean.interval(level) })
        };
        let halved = mean(|(full, independent)| (1.0 + full - independent) / 2.0)?;
        let doubled = |value: f64| 2.0 * value - 1.0;
        let Interval { low, high } = halved.interval;
        Some(Self {
            prompts: shares.len() as u64,
            full: mean(|shares| shares.0)?,
            independent: mean(|shares| shares.1)?,
            worth: Mean { estimate: doubled(halved.estimate), interval: Interval::new(doubled(low), doubled(high)) },
        })
    }
}

/// Share of full answers, and the product of the rates; `None` with fewer than two known completions.
fn shares(outcomes: &[Outcome]) -> Option<(f64, f64)> {
    let known: Vec<Vec<bool>> =
        outcomes.iter().filter_map(|outcome| outcome.verdicts().iter().map(Verdict::passed).collect()).collect();
    let n = known.len() as f64;
    let full = known.iter().filter(|passed| passed.iter().all(|&passed| passed)).count();
    (known.len() > 1).then(|| (full as f64 / n, product(&known)))
}

/// The product of the rates of the constraints, by the jackknife (Quenouille 1956, Biometrika 43(3/4)): the plain product
/// takes in part of the dependence, about 1 / completions of it, since the same completions enter all of its factors. With
/// two constraints this is exactly unbiased.
fn product(known: &[Vec<bool>]) -> f64 {
    let n = known.len() as f64;
    let constraints = known.first().map_or(0, Vec::len);
    let hits: Vec<f64> =
        (0..constraints).map(|place| known.iter().filter(|passed| passed[place]).count() as f64).collect();
    let plain: f64 = hits.iter().map(|hits| hits / n).product();
    let without = |passed: &Vec<bool>| -> f64 {
        hits.iter().zip(passed).map(|(hits, &passed)| (hits - f64::from(u8::from(passed))) / (n - 1.0)).product()
    };
    let mut without: Vec<f64> = known.iter().map(without).collect();
    without.sort_by(f64::total_cmp);
    (n * plain - (n - 1.0) * without.iter().sum::<f64>() / n).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::product;

    /// Over all pairs of different completions, one for each constraint: 2 · 2 less the 1 that meets both, of 12.
    #[test]
    fn two_constraints_are_compared_over_different_completions() {
        let known = [[true, true], [true, false], [false, true], [false, false]].map(Vec::from);
        assert!((product(&known) - 3.0 / 12.0).abs() < 1e-12);
        let alike = [[true, true], [false, false]].map(Vec::from);
        assert_eq!(product(&alike), 0.0);
    }

    /// Every combination once: the plain product is 1/8, and so is what is expected of other completions up to 1/n².
    #[test]
    fn independent_constraints_multiply() {
        let known: Vec<Vec<bool>> = (0..64).map(|n: u32| (0..3).map(|bit| n >> bit & 1 == 1).collect()).collect();
        assert!((product(&known) - 0.125).abs() < 1e-2);
    }
}
