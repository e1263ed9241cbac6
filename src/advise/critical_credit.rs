//! The critical credit α*.

use super::{
    rates::Estimated,
    stats::{Interval, PromptLevels, pairs},
    summary::{Class, Summary},
};
use crate::reward::Scheme;

/// Draws behind the interval.
const DRAWS: usize = 4000;

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
    /// Its interval, from joint draws of both rates.
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
        estimated: Option<&Estimated>,
        schemes: &[Scheme],
        level: f64,
        seed: u64,
    ) -> Result<Self, Undefined> {
        let estimated = estimated.ok_or(Undefined::NoPrompt)?;
        let rates = &estimated.rates;
        let estimate = critical_credit(rates.full.estimate, rates.partial.estimate)
            .ok_or(if rates.partial.estimate > 0.0 { Undefined::OnlyPartial } else { Undefined::NoPartial })?;
        let mut draws: Vec<f64> = pairs(&estimated.full, &estimated.partial, correlation(several), DRAWS, seed)
            .into_iter()
            .filter_map(|(full, partial)| critical_credit(full, partial))
            .collect();
        draws.sort_by(f64::total_cmp);
        let at = |share: f64| draws[(share * (draws.len() - 1) as f64).round() as usize];
        let interval = Interval::new(at((1.0 - level) / 2.0), at((1.0 + level) / 2.0)).including(estimate);
        let partial: u64 = several.iter().map(|summary| summary.classes[Class::Partial as usize]).sum();
        let credit = |(n, scheme): (usize, &Scheme)| {
            let earned: u64 = several.iter().map(|summary| summary.partial_credit[n]).sum();
            (*scheme, earned as f64 / (partial as f64 * PromptLevels::ONE as f64))
        };
        let credits = schemes.iter().enumerate().map(credit).collect();
        Ok(Self { prompts: rates.prompts, estimate, interval, credits })
    }
}

/// Correlation over prompts of the shares of full and of partial answers; two prompts' worth of it is taken from a
/// multinomial, so that few prompts do not decide it.
fn correlation(several: &[&Summary<'_>]) -> f64 {
    const PRIOR: f64 = 2.0;
    let mut shares: Vec<(u64, u64, u64)> = several
        .iter()
        .filter(|summary| summary.known() > 0)
        .map(|summary| (summary.classes[0], summary.classes[1], summary.known()))
        .collect();
    // In a fixed order, so that the sums below do not depend on the order of the prompts.
    shares.sort_unstable();
    let shares: Vec<(f64, f64)> =
        shares.iter().map(|&(full, partial, n)| (full as f64 / n as f64, partial as f64 / n as f64)).collect();
    let full = shares.iter().map(|share| share.0).sum::<f64>() / shares.len() as f64;
    let partial = shares.iter().map(|share| share.1).sum::<f64>() / shares.len() as f64;
    // Half a prompt of each class is added, or two classes seen and a third not yet would be tied to each other for
    // sure.
    let smooth = |share: f64| (share * shares.len() as f64 + 0.5) / (shares.len() as f64 + 1.5);
    let (f, p) = (smooth(full), smooth(partial));
    let mut moments = [PRIOR * f * (1.0 - f), PRIOR * p * (1.0 - p), -PRIOR * f * p];
    for (f, p) in shares {
        moments[0] += (f - full).powi(2);
        moments[1] += (p - partial).powi(2);
        moments[2] += (f - full) * (p - partial);
    }
    let scale = (moments[0] * moments[1]).sqrt();
    if scale > 0.0 { moments[2] / scale } else { 0.0 }
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
