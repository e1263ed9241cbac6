//! Two rates of the same completions, drawn together.

use super::PromptMean;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{ContinuousCDF, Normal};

/// Draws of two rates that exclude each other, such as p_full and p_partial.
///
/// Each has its own posterior; a Gaussian copula with the given correlation joins them. What would add up to more than
/// 1 is brought back by lowering the second, which only happens when no third kind is left.
#[must_use]
pub fn pairs(first: &PromptMean, second: &PromptMean, correlation: f64, draws: usize, seed: u64) -> Vec<(f64, f64)> {
    let normal = Normal::standard();
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let correlation = correlation.clamp(-1.0, 1.0);
    (0..draws)
        .map(|_| {
            let x: f64 = StandardNormal.sample(&mut rng);
            let e: f64 = StandardNormal.sample(&mut rng);
            let y = correlation * x + (1.0 - correlation * correlation).sqrt() * e;
            let a = first.quantile(normal.cdf(x));
            let b = second.quantile(normal.cdf(y));
            (a, b.min(1.0 - a))
        })
        .collect()
}
