//! The critical credit α*.

use super::{
    Rates,
    stats::{Interval, PromptLevels},
    summary::{Class, Summary},
};
use crate::reward::Scheme;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, Gamma};
use std::collections::BTreeMap;

/// Draws behind the interval.
const DRAWS: usize = 2000;

/// `p_full (1 − p_full + p_partial) / (p_partial (1 − p_partial + p_full))`: with three classes of outcomes under a
/// tabular softmax policy, partial answers outgrow full ones at the start exactly when they earn more than this (from
/// the dynamics of arXiv 2604.25872). `None` when `p_partial` is 0, or 1. Above 1 exactly when full is likelier than
/// partial.
#[must_use]
pub fn critical_credit(p_full: f64, p_partial: f64) -> Option<f64> {
    let divisor = p_partial * (1.0 - p_partial + p_full);
    (divisor > 0.0).then(|| p_full * (1.0 - p_full + p_partial) / divisor)
}

/// The critical credit of the mean rates over the prompts with at least two constraints.
///
/// A diagnostic for a policy in which learning one outcome carries nothing over to another (λ = 0). It compares growth
/// of log-odds at the start only and changes when a class is split. Real runs often went the other way, so it never
/// makes a severity or a recommendation by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalCredit {
    /// Prompts with at least two constraints and a known completion.
    pub prompts: u64,
    /// α*, at least 0; may exceed 1.
    pub estimate: f64,
    /// Its interval: as for the mean of a number ([`PromptMean`](super::stats::PromptMean)), the weights of the prompts
    /// and of one more are drawn, and that one is full, partial or none, whichever is most extreme.
    pub interval: Interval,
    /// Per scheme: what a partial answer earned on average, in [0, 1].
    pub credits: Vec<(Scheme, f64)>,
}

/// Why there is no critical credit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// No prompt with at least two constraints has a completion with every verdict known.
    NoPrompt,
    /// No partial answer was seen.
    NoPartial,
    /// Every answer is partial: α* could be anything from 0 to 1, depending on what the rare others are.
    OnlyPartial,
}

impl CriticalCredit {
    pub(super) fn new(
        several: &[&Summary<'_>],
        rates: Option<&Rates>,
        schemes: &[Scheme],
        level: f64,
        seed: u64,
    ) -> Result<Self, Undefined> {
        let rates = rates.ok_or(Undefined::NoPrompt)?;
        let estimate = critical_credit(rates.full.estimate, rates.partial.estimate)
            .ok_or(if rates.partial.estimate > 0.0 { Undefined::OnlyPartial } else { Undefined::NoPartial })?;
        let interval = interval(&shares(several), level, seed).including(estimate);
        let partial: u64 = several.iter().map(|summary| summary.classes[Class::Partial as usize]).sum();
        let credit = |(n, scheme): (usize, &Scheme)| {
            let earned: u64 = several.iter().map(|summary| summary.partial_credit[n]).sum();
            (*scheme, earned as f64 / (partial as f64 * PromptLevels::ONE as f64))
        };
        let credits = schemes.iter().enumerate().map(credit).collect();
        Ok(Self { prompts: rates.prompts, estimate, interval, credits })
    }
}

/// Counts of full, partial and known completions with how many prompts have them.
pub(super) type Shares = BTreeMap<(u64, u64, u64), u64>;

fn shares(several: &[&Summary<'_>]) -> Shares {
    let mut shares = Shares::new();
    for summary in several.iter().filter(|summary| summary.known() > 0) {
        *shares.entry((summary.classes[0], summary.classes[1], summary.known())).or_default() += 1;
    }
    shares
}

/// The interval of α* over all prompts there could be; some prompt has a partial completion, and not all are partial.
pub(super) fn interval(shares: &Shares, level: f64, seed: u64) -> Interval {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (mut lows, mut highs) = (Vec::with_capacity(DRAWS), Vec::with_capacity(DRAWS));
    for _ in 0..DRAWS {
        let unseen: f64 = Exp1.sample(&mut rng);
        let (mut full, mut partial, mut all) = (0.0, 0.0, unseen);
        for (&(fulls, partials, known), &prompts) in shares {
            // The weights of so many prompts added up.
            let weight: f64 = match prompts {
                1 => Exp1.sample(&mut rng),
                _ => Gamma::new(prompts as f64, 1.0).expect("a shape above 0").sample(&mut rng),
            };
            full += weight * fulls as f64 / known as f64;
            partial += weight * partials as f64 / known as f64;
            all += weight;
        }
        let extremes = [(unseen, 0.0), (0.0, unseen), (0.0, 0.0)];
        let credits = extremes.map(|(f, p)| critical_credit((full + f) / all, (partial + p) / all));
        lows.extend(credits.into_iter().flatten().min_by(f64::total_cmp));
        highs.extend(credits.into_iter().flatten().max_by(f64::total_cmp));
    }
    let quantile = |draws: &mut Vec<f64>, share: f64| {
        draws.sort_by(f64::total_cmp);
        draws[(share * (draws.len() - 1) as f64).round() as usize]
    };
    let (low, high) = (quantile(&mut lows, (1.0 - level) / 2.0), quantile(&mut highs, (1.0 + level) / 2.0));
    Interval::new(low.min(high), high)
}

#[cfg(test)]
mod tests {
    use super::critical_credit;

    /// 0.2 · (1 − 0.2 + 0.5) / (0.5 · (1 − 0.5 + 0.2)) = 0.26 / 0.35, by hand.
    #[test]
    fn is_as_computed_by_hand() {
        assert!((critical_credit(0.2, 0.5).unwrap() - 0.26 / 0.35).abs() < 1e-12);
        assert!((critical_credit(0.3, 0.3).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(critical_credit(0.0, 0.4), Some(0.0));
        assert_eq!(critical_credit(0.4, 0.0), None);
        assert_eq!(critical_credit(0.0, 1.0), None);
        assert!(critical_credit(0.4, 0.3).unwrap() > 1.0);
    }

    /// Under a tabular softmax the logit of class c moves by π(c) (r(c) − V): at α* full and partial move alike.
    #[test]
    fn balances_growth_under_a_tabular_softmax() {
        for (full, partial) in [(0.05, 0.4), (0.2, 0.3), (0.01, 0.9)] {
            let credit = critical_credit(full, partial).unwrap();
            let value = full + credit * partial;
            assert!((full * (1.0 - value) - partial * (credit - value)).abs() < 1e-12);
        }
    }
}
