//! Expected advantages as means over drawn groups, where there are too many to enumerate.

use crate::reward::EPSILON;
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// Groups drawn.
pub(super) const DRAWS: usize = 128;

/// Draws that are worked out side by side.
const LANES: usize = 8;

/// Variances below it are rounding alone.
const NO_VARIANCE: f64 = 1e-14;

/// The others in the group of a completion, drawn once: at every evaluation they are the same quantiles of the rewards, so that
/// forecasts stay smooth in their arguments. Each place of the group has one draw in each of as many equal strata as there are draws
/// (the Latin hypercube of McKay, Beckman and Conover 1979, Technometrics 21(2)), which leaves far less to chance than independent draws.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    others: usize,
    /// How many there are, a multiple of [`LANES`] and at most [`DRAWS`].
    count: usize,
    /// All quantiles, ascending.
    quantiles: Vec<f64>,
    /// The draw that each is of.
    draws: Vec<u16>,
}

impl Drawn {
    pub(super) fn new(others: usize, count: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(0);
        let mut all = Vec::with_capacity(others * count);
        for _ in 0..others {
            let mut strata: Vec<usize> = (0..count).collect();
            strata.shuffle(&mut rng);
            let place = |(draw, stratum)| ((stratum as f64 + rng.random::<f64>()) / count as f64, draw as u16);
            all.extend(strata.into_iter().enumerate().map(place));
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (quantiles, draws) = all.into_iter().unzip();
        Self { others, count, quantiles, draws }
    }

    /// The expected advantage of each level beside others of these probabilities.
    pub(super) fn pay(&self, levels: &[f64], probabilities: &[f64]) -> Vec<f64> {
        // As if all were at the likeliest level; where they are not, the difference is added.
        let likeliest = (0..levels.len()).max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b])).unwrap_or(0);
        let base = levels[likeliest];
        let others = self.others as f64;
        let (mut sums, mut squares) = ([others * base; DRAWS], [others * base * base; DRAWS]);
        let total: f64 = probabilities.iter().sum();
        let (mut cumulative, mut start) = (0.0, 0);
        for (place, (level, p)) in levels.iter().zip(probabilities).enumerate() {
            cumulative += p;
            let last = place + 1 == levels.len();
            let end = if last {
                self.quantiles.len()
            } else {
                self.quantiles.partition_point(|quantile| quantile * total < cumulative)
            };
            if place != likeliest {
                let (more, squared) = (level - base, level * level - base * base);
                for &draw in &self.draws[start..end.max(start)] {
                    sums[usize::from(draw)] += more;
                    squares[usize::from(draw)] += squared;
                }
            }
            start = end.max(start);
        }
        let size = (self.others + 1) as f64;
        let (each, spread) = (1.0 / size, 1.0 / (size - 1.0));
        let of = |level: &f64| {
            // Roots and quotients in single precision, many at a time: their error is a hundredth of what drawing leaves.
            let mut lanes = [0.0_f32; LANES];
            let drawn = sums[..self.count].chunks_exact(LANES).zip(squares[..self.count].chunks_exact(LANES));
            for (sums, squares) in drawn {
                let mut apart = [0.0_f32; LANES];
                let mut variances = [0.0_f32; LANES];
                for ((apart, variance), (sum, square)) in
                    apart.iter_mut().zip(&mut variances).zip(sums.iter().zip(squares))
                {
                    let (sum, square) = (sum + level, square + level * level);
                    let mean = sum * each;
                    let spread = (square - sum * mean) * spread;
                    *variance = spread.max(0.0) as f32;
                    *apart = if spread > NO_VARIANCE { (level - mean) as f32 } else { 0.0 };
                }
                for ((lane, apart), variance) in lanes.iter_mut().zip(&apart).zip(&variances) {
                    *lane += apart / (variance.sqrt() + EPSILON as f32);
                }
            }
            lanes.iter().map(|lane| f64::from(*lane)).sum::<f64>() / self.count as f64
        };
        levels.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Enumerated, *};
    use crate::advise::Algorithm;

    /// Drawn groups pay what all groups do, but for a few thousandths of a deviation, whatever the probabilities, skewed ones among them.
    #[test]
    fn draws_pay_as_all_groups_do() {
        near(DRAWS, 3e-3, 2e-2);
        near(DRAWS / 2, 5e-3, 4e-2);
    }

    fn near(draws: usize, typical: f64, most: f64) {
        let mut rng = ChaCha8Rng::seed_from_u64(11);
        let (mut squares, mut worst, mut count) = (0.0, 0.0_f64, 0.0);
        for levels in [3, 5, 7] {
            let levels: Vec<f64> = (0..levels).map(|n| n as f64 / (levels - 1) as f64).collect();
            let (all, drawn) = (Enumerated::new(Algorithm::Grpo, &levels, 8), Drawn::new(7, draws));
            for _ in 0..200 {
                let weights: Vec<f64> = levels.iter().map(|_| rng.random::<f64>().powi(4) + 1e-4).collect();
                let total: f64 = weights.iter().sum();
                let probabilities: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
                let exact = all.push(&probabilities);
                let pay = drawn.pay(&levels, &probabilities);
                let mean: f64 = pay.iter().zip(&probabilities).map(|(pay, p)| pay * p).sum();
                for ((pay, exact), p) in pay.iter().zip(&exact).zip(&probabilities) {
                    let error = (pay - mean) * p - exact;
                    squares += error * error;
                    worst = worst.max(error.abs());
                    count += 1.0;
                }
            }
        }
        let deviation = (squares / count).sqrt();
        assert!(deviation < typical && worst < most, "{draws}: {deviation} {worst}");
    }
}
