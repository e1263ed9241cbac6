//! The mean over prompts of any number in [0, 1], without a model of how prompts differ.

use super::Interval;
use statrs::distribution::{Beta, ContinuousCDF};

/// Posterior interval of that probability content for the mean over prompts of values in [0, 1], each given with how
/// many prompts have it; `None` without a prompt.
///
/// The distribution over prompts has a Dirichlet-process prior of weight 1, half of it on 0 and half on 1 (Ferguson 1973,
/// Annals of Statistics 1(2)): the Bayesian bootstrap over prompts (Rubin 1981, Annals of Statistics 9(1)) with two half
/// prompts added, so that prompts that all agree do not make it certain. For values of 0 and 1 alone it is the Jeffreys
/// interval. The posterior's exact mean and variance are matched by a beta distribution, which needs no draws.
#[must_use]
pub fn mean_interval(values: &[(f64, u64)], level: f64) -> Option<Interval> {
    let prompts: u64 = values.iter().map(|&(_, prompts)| prompts).sum();
    if prompts == 0 {
        return None;
    }
    let sum: f64 = values.iter().map(|&(value, prompts)| value * prompts as f64).sum();
    let weight = prompts as f64 + 1.0;
    let mean = (sum + 0.5) / weight;
    let squares: f64 = values.iter().map(|&(value, prompts)| (value - mean).powi(2) * prompts as f64).sum();
    let variance = (squares + 0.5 * mean.powi(2) + 0.5 * (1.0 - mean).powi(2)) / (weight * (weight + 1.0));
    let concentration = mean * (1.0 - mean) / variance - 1.0;
    let beta = Beta::new(mean * concentration, (1.0 - mean) * concentration).ok()?;
    let tail = (1.0 - level) / 2.0;
    let estimate = (sum / prompts as f64).clamp(0.0, 1.0);
    Some(Interval::new(beta.inverse_cdf(tail), beta.inverse_cdf(1.0 - tail)).including(estimate))
}

#[cfg(test)]
mod tests {
    use super::mean_interval;
    use statrs::distribution::{Beta, ContinuousCDF};

    #[test]
    fn zeros_and_ones_give_jeffreys() {
        let interval = mean_interval(&[(0.0, 7), (1.0, 3)], 0.9).unwrap();
        let jeffreys = Beta::new(3.5, 7.5).unwrap();
        assert!((jeffreys.cdf(interval.low) - 0.05).abs() < 1e-6);
        assert!((jeffreys.cdf(interval.high) - 0.95).abs() < 1e-6);
        assert_eq!(mean_interval(&[], 0.9), None);
    }
}
