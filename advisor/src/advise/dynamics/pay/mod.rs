//! What an update pays an answer on average: the expected advantage of each level of reward.

mod drawn;
mod enumerated;

use crate::reward::Algorithm;
use drawn::{DRAWS, Drawn};
use enumerated::Enumerated;

/// Different groups, by how often each level occurs in them, that are enumerated; beyond, some are drawn.
const ENUMERATED: usize = 1000;

/// The expected advantages of the levels of reward under an algorithm, for whatever their probabilities are.
///
/// Completions of a group are independent draws from the policy. With a baseline and no division the expectation is
/// closed: r − V, where V is the expected reward. With the division it is the sum over all groups there can be, or over
/// 128 fixed draws of the others in the group where there are more than 1,000.
#[derive(Clone, Debug)]
pub struct Pay {
    levels: Vec<f64>,
    size: usize,
    kind: Kind,
    /// Whether groups of equal rewards are drawn again.
    filtered: bool,
}

#[derive(Clone, Debug)]
enum Kind {
    /// A multiple of r − V.
    Centred(f64),
    Enumerated(Enumerated),
    Drawn(Drawn),
}

impl Pay {
    /// For groups of `size` at least 2 whose rewards take these levels, all different.
    #[must_use]
    pub fn new(algorithm: Algorithm, levels: &[f64], size: usize) -> Self {
        Self::with(algorithm, levels, size, DRAWS)
    }

    /// The same from half as many draws where groups are drawn.
    pub(super) fn coarse(algorithm: Algorithm, levels: &[f64], size: usize) -> Self {
        Self::with(algorithm, levels, size, DRAWS / 2)
    }

    fn with(algorithm: Algorithm, levels: &[f64], size: usize, draws: usize) -> Self {
        assert!(size >= 2, "a group has at least two completions");
        let kind = match algorithm {
            Algorithm::Rloo | Algorithm::Reinforce => Kind::Centred(1.0),
            Algorithm::DrGrpo => Kind::Centred((size - 1) as f64 / size as f64),
            Algorithm::Grpo | Algorithm::Dapo if compositions(size, levels.len()) <= ENUMERATED => {
                Kind::Enumerated(Enumerated::new(algorithm, levels, size))
            }
            Algorithm::Grpo | Algorithm::Dapo => Kind::Drawn(Drawn::new(size - 1, draws)),
        };
        Self { levels: levels.to_vec(), size, kind, filtered: algorithm == Algorithm::Dapo }
    }

    /// Whether groups of equal rewards are left out, and others drawn in their place.
    pub(super) fn filters(&self) -> bool {
        self.filtered
    }

    /// The probability that the rewards of a group are not all equal.
    pub(super) fn mixed(&self, probabilities: &[f64]) -> f64 {
        mixed(probabilities, self.size)
    }

    /// The expected advantage of each level, given its probability. Levels of probability 0 are paid 0.
    #[must_use]
    pub fn of(&self, probabilities: &[f64]) -> Vec<f64> {
        let mut pay: Vec<f64> = match &self.kind {
            Kind::Centred(scale) => self.levels.iter().map(|level| scale * level).collect(),
            Kind::Enumerated(groups) => {
                let push = groups.push(probabilities);
                push.iter().zip(probabilities).map(|(push, p)| if *p > 0.0 { push / p } else { 0.0 }).collect()
            }
            Kind::Drawn(groups) => groups.pay(&self.levels, probabilities),
        };
        if self.filtered {
            let mixed = mixed(probabilities, self.size);
            pay.iter_mut().for_each(|pay| *pay = if mixed > 0.0 { *pay / mixed } else { 0.0 });
        }
        // A baseline leaves nothing on average; rounding, and drawing, do.
        let total: f64 = probabilities.iter().sum();
        let mean = probabilities.iter().zip(&pay).map(|(p, pay)| p * pay).sum::<f64>() / total;
        for (pay, &p) in pay.iter_mut().zip(probabilities) {
            *pay = if p > 0.0 { *pay - mean } else { 0.0 };
        }
        pay
    }
}

/// The probability that the rewards of a group are not all equal, exact also where it is far smaller than rounding.
fn mixed(probabilities: &[f64], size: usize) -> f64 {
    let likeliest = (0..probabilities.len()).max_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
    let others = || probabilities.iter().enumerate().filter(|(level, _)| Some(*level) != likeliest).map(|(_, p)| p);
    let rest: f64 = others().sum();
    let another = -(size as f64 * (-rest).ln_1p()).exp_m1();
    another - others().map(|p| p.powi(size as i32)).sum::<f64>()
}

/// In how many ways `size` completions can take `levels` levels: C(size + levels − 1, levels − 1), or more than that.
fn compositions(size: usize, levels: usize) -> usize {
    let mut ways: usize = 1;
    for n in 1..levels {
        ways = ways.saturating_mul(size + n) / n;
        if ways > 1 << 40 {
            return usize::MAX;
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn sampled(algorithm: Algorithm, levels: &[f64], probabilities: &[f64], size: usize, groups: usize) -> Vec<f64> {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let (mut sums, mut kept) = (vec![0.0; levels.len()], 0);
        while kept < groups {
            let drawn: Vec<usize> = (0..size)
                .map(|_| {
                    let mut left: f64 = rng.random();
                    let found = probabilities.iter().position(|p| {
                        left -= p;
                        left < 0.0
                    });
                    found.unwrap_or(levels.len() - 1)
                })
                .collect();
            if algorithm == Algorithm::Dapo && drawn.iter().all(|level| *level == drawn[0]) {
                continue;
            }
            kept += 1;
            let rewards: Vec<f64> = drawn.iter().map(|&level| levels[level]).collect();
            for (level, advantage) in drawn.iter().zip(algorithm.advantages(&rewards)) {
                sums[*level] += advantage / size as f64 / groups as f64;
            }
        }
        sums
    }

    /// In ∇ log-probability coordinates only differences between outcomes count, so what all are paid alike is taken off.
    fn centred(push: &[f64], probabilities: &[f64]) -> Vec<f64> {
        let total: f64 = push.iter().sum();
        push.iter().zip(probabilities).map(|(push, p)| push - total * p).collect()
    }

    #[test]
    fn expected_updates_are_the_mean_of_sampled_ones() {
        let problems: [(&[f64], &[f64], usize); 4] = [
            (&[0.0, 1.0], &[0.9, 0.1], 8),
            (&[0.0, 0.5, 1.0], &[0.6, 0.35, 0.05], 4),
            (&[0.0, 0.3, 0.7, 1.0], &[0.1, 0.2, 0.3, 0.4], 16),
            // More than are enumerated.
            (&[0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 1.0], &[0.2, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 16),
        ];
        for (levels, probabilities, size) in problems {
            for algorithm in Algorithm::ALL {
                let groups = 100_000;
                let sampled = centred(&sampled(algorithm, levels, probabilities, size, groups), probabilities);
                let pay = Pay::new(algorithm, levels, size).of(probabilities);
                let drawn = compositions(size, levels.len()) > ENUMERATED && algorithm.normalises();
                for ((pay, p), sampled) in pay.iter().zip(probabilities).zip(&sampled) {
                    // Five standard errors of 10⁵ groups of at least 4; drawn ones are coarser.
                    let room = if drawn { 0.05 * p } else { 5.0 * (p / 4e5_f64).sqrt() };
                    assert!((pay * p - sampled).abs() < room, "{algorithm} {levels:?}: {} {sampled}", pay * p);
                }
            }
        }
    }

    /// Worked by hand: groups of two with rewards 0 and 1 differ with probability 2p(1 − p), and then the advantages
    /// are ±(1/2) / (√(1/2) + 1e-4).
    #[test]
    fn two_levels_in_groups_of_two_are_known() {
        let p = 0.3;
        let each = 0.5 / (0.5_f64.sqrt() + 1e-4);
        let pay = Pay::new(Algorithm::Grpo, &[0.0, 1.0], 2).of(&[1.0 - p, p]);
        assert!((pay[1] - (1.0 - p) * each).abs() < 1e-12 && (pay[0] + p * each).abs() < 1e-12, "{pay:?}");
        let kept = Pay::new(Algorithm::Dapo, &[0.0, 1.0], 2).of(&[1.0 - p, p]);
        assert!((kept[1] * p - each / 2.0).abs() < 1e-12, "{kept:?}");
        let rloo = Pay::new(Algorithm::Rloo, &[0.0, 1.0], 2).of(&[1.0 - p, p]);
        assert!((rloo[1] - (1.0 - p)).abs() < 1e-12 && (rloo[0] + p).abs() < 1e-12, "{rloo:?}");
    }

    /// Kept groups of a policy that is all but done: one completion differs, however unlikely that is.
    #[test]
    fn filtered_groups_pay_the_same_near_certainty() {
        let push = |p: f64| Pay::new(Algorithm::Dapo, &[0.0, 1.0], 8).of(&[p, 1.0 - p])[0] * p;
        for p in [1e-9, 1e-20, 1e-200] {
            assert!((push(p) / push(1e-6) - 1.0).abs() < 1e-4, "{p}: {}", push(p));
        }
        assert_eq!(push(0.0), 0.0);
    }

    /// GRPO does not see how small a credit is where nothing else differs.
    #[test]
    fn dividing_by_the_deviation_makes_small_credits_large() {
        let pay = |credit: f64| Pay::new(Algorithm::Grpo, &[0.0, credit], 8).of(&[0.5, 0.5])[1];
        assert!((pay(0.5) / pay(0.05) - 1.0).abs() < 0.01);
    }
}
