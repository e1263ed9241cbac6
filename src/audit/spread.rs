//! How a proxy and the truth move together within prompts.

use super::{
    own::Own,
    samples::{Known, mean},
};

/// Differences that rounding makes, relative to what is compared.
pub(super) const ROUNDING: f64 = 1e-9;

/// How a proxy and the truth move together within prompts. None of it changes when a constant is added to a prompt's rewards.
pub(super) struct Spread {
    /// The slope of least squares of the truth over the proxy, each prompt with its own offset; over rewards in deviations of their
    /// prompt where prompts have their own slope. `None` when it is not above 0 by more than rounding.
    pub(super) slope: Option<f64>,
    /// The deviation of the truth within prompts.
    pub(super) truth: f64,
    /// The widest range of rewards on a prompt.
    pub(super) widest: f64,
    /// Share of the pairs of a prompt whose rewards differ just as the truths do.
    pub(super) shared: f64,
    /// Share of the pairs of equal truth that are paid alike; 0 where there is none.
    pub(super) tied: f64,
}

impl Spread {
    pub(super) fn of(known: &[Known], proxy: usize, own: Own) -> Self {
        let (mut across, mut along, mut up) = (0.0, 0.0, 0.0);
        let mut widest = 0.0_f64;
        let (mut pairs, mut shared, mut equal, mut tied) = (0u64, 0u64, 0u64, 0u64);
        for known in known {
            let paid = &known.proxies[proxy];
            let unit = unit(known, proxy, own);
            let (x, y) = (mean(&known.mass, paid), mean(&known.mass, &known.truth));
            for ((mass, paid), truth) in known.mass.iter().zip(paid).zip(&known.truth) {
                across += mass * (paid - x) / unit * (truth - y);
                along += mass * ((paid - x) / unit).powi(2);
                up += mass * (truth - y).powi(2);
            }
            widest = widest.max(range(paid));
            let near = ROUNDING * largest(paid).max(largest(&known.truth));
            for first in 0..paid.len() {
                for second in 0..first {
                    let (p, t) = (paid[first] - paid[second], known.truth[first] - known.truth[second]);
                    pairs += 1;
                    shared += u64::from((p - t).abs() <= near);
                    if t == 0.0 {
                        equal += 1;
                        tied += u64::from(p.abs() <= near);
                    }
                }
            }
        }
        let share = |some: u64, all: u64| if all == 0 { 0.0 } else { some as f64 / all as f64 };
        // A correlation of nothing but rounding is none, whichever way the sums went.
        let rises = across > ROUNDING * (along * up).sqrt();
        let slope = across / along;
        Self {
            slope: (rises && slope.is_finite()).then_some(slope),
            truth: (up / known.len() as f64).sqrt(),
            widest,
            shared: share(shared, pairs),
            tied: share(tied, equal),
        }
    }

    /// Whether the proxy is a line of the truth on every prompt.
    pub(super) fn is_straight(known: &[Known], proxy: usize, slope: f64) -> bool {
        known.iter().all(|known| {
            let paid = &known.proxies[proxy];
            let left: Vec<f64> = paid.iter().zip(&known.truth).map(|(paid, truth)| truth - slope * paid).collect();
            range(&left) <= ROUNDING * (slope * largest(paid)).max(largest(&known.truth))
        })
    }

    /// The median distance of the truth from the line of its prompt.
    pub(super) fn residual(known: &[Known], proxy: usize, slope: f64, own: Own) -> f64 {
        let of = |known: &Known| {
            let slope = slope / unit(known, proxy, own);
            let left = known.proxies[proxy].iter().zip(&known.truth).map(|(paid, truth)| truth - slope * paid);
            let left: Vec<f64> = left.collect();
            let offset = mean(&known.mass, &left);
            left.into_iter().map(move |left| (left - offset).abs())
        };
        let mut all: Vec<f64> = known.iter().filter(|known| known.truth.len() > 1).flat_map(of).collect();
        if all.is_empty() {
            return 0.0;
        }
        let middle = all.len() / 2;
        *all.select_nth_unstable_by(middle, f64::total_cmp).1
    }
}

/// What a prompt's rewards are measured in: 1, or their deviation where the prompt has its own slope.
pub(super) fn unit(known: &Known, proxy: usize, own: Own) -> f64 {
    if own == Own::OffsetAndSlope { deviation(&known.mass, &known.proxies[proxy]).unwrap_or(1.0) } else { 1.0 }
}

/// The deviation of values under shares of the policy; `None` where they differ by no more than rounding.
pub(super) fn deviation(mass: &[f64], values: &[f64]) -> Option<f64> {
    let average = mean(mass, values);
    let square: f64 = mass.iter().zip(values).map(|(mass, value)| mass * (value - average).powi(2)).sum();
    (range(values) > ROUNDING * largest(values)).then(|| square.sqrt()).filter(|deviation| *deviation > 0.0)
}

fn range(values: &[f64]) -> f64 {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - least
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(0.0_f64, |most, value| most.max(value.abs()))
}
