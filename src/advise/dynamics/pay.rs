//! What an update pays an answer on average: the expected advantage of each level of reward.

use super::algorithm::{Algorithm, EPSILON};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Different groups, by how often each level occurs in them, that are enumerated; beyond, some are drawn.
const ENUMERATED: usize = 1000;

/// Groups drawn then. They are the same at every evaluation, so that forecasts stay smooth in their arguments.
const DRAWN: usize = 512;

/// The expected advantages of the levels of reward under an algorithm, for whatever their probabilities are.
///
/// Completions of a group are independent draws from the policy. With a baseline and no division the expectation is
/// closed: r − V, where V is the expected reward. With the division it is the sum over all groups there can be, or over
/// 512 fixed draws of the others in the group where there are more than 1,000.
#[derive(Clone, Debug)]
pub struct Pay {
    levels: Vec<f64>,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// A multiple of r − V.
    Centred(f64),
    /// Over all groups.
    Groups { size: usize, groups: Counted, filtered: bool },
    /// Over drawn ones: uniform numbers for the others of each.
    Drawn { others: usize, uniforms: Vec<f64>, filtered: bool },
}

/// Groups, each by the counts of the levels that occur in it, one after the other: a forecast reads them a million times.
#[derive(Clone, Debug, Default)]
struct Counted {
    entries: Vec<Entry>,
    /// Where the entries of each group end.
    ends: Vec<usize>,
}

/// A level of a group.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// The place of its probability's power among all powers.
    power: u32,
    level: u32,
    /// Its advantage, times how often it occurs, times in how many orders the group comes, over the size.
    worth: f64,
}

impl Pay {
    /// For groups of `size` at least 2 whose rewards take these levels, all different.
    #[must_use]
    pub fn new(algorithm: Algorithm, levels: &[f64], size: usize) -> Self {
        assert!(size >= 2, "a group has at least two completions");
        let filtered = algorithm == Algorithm::Dapo;
        let kind = match algorithm {
            Algorithm::Rloo | Algorithm::Reinforce => Kind::Centred(1.0),
            Algorithm::DrGrpo => Kind::Centred((size - 1) as f64 / size as f64),
            Algorithm::Grpo | Algorithm::Dapo if compositions(size, levels.len()) <= ENUMERATED => {
                let groups = counted(algorithm, levels, size);
                Kind::Groups { size, groups, filtered }
            }
            Algorithm::Grpo | Algorithm::Dapo => {
                let mut rng = ChaCha8Rng::seed_from_u64(0);
                let uniforms = (0..DRAWN * (size - 1)).map(|_| rng.random()).collect();
                Kind::Drawn { others: size - 1, uniforms, filtered }
            }
        };
        Self { levels: levels.to_vec(), kind }
    }

    /// The expected advantage of each level, given its probability. Levels of probability 0 are paid 0.
    #[must_use]
    pub fn of(&self, probabilities: &[f64]) -> Vec<f64> {
        let mut pay = match &self.kind {
            Kind::Centred(scale) => self.levels.iter().map(|level| scale * level).collect(),
            Kind::Groups { size, groups, filtered } => over_all(*size, groups, *filtered, probabilities),
            Kind::Drawn { others, uniforms, filtered } => self.over_drawn(*others, uniforms, *filtered, probabilities),
        };
        // A baseline leaves nothing on average; rounding, and drawing, do.
        let total: f64 = probabilities.iter().sum();
        let mean = probabilities.iter().zip(&pay).map(|(p, pay)| p * pay).sum::<f64>() / total;
        for (pay, &p) in pay.iter_mut().zip(probabilities) {
            *pay = if p > 0.0 { *pay - mean } else { 0.0 };
        }
        pay
    }

    /// Expected advantages over drawn groups: an answer of each level beside the others of each group.
    fn over_drawn(&self, others: usize, uniforms: &[f64], filtered: bool, probabilities: &[f64]) -> Vec<f64> {
        let size = (others + 1) as f64;
        let mut pay = vec![0.0; self.levels.len()];
        let cumulative: Vec<f64> = probabilities
            .iter()
            .scan(0.0, |sum, p| {
                *sum += p;
                Some(*sum)
            })
            .collect();
        let total = cumulative.last().copied().unwrap_or(1.0);
        for draw in uniforms.chunks(others) {
            let (mut sum, mut squares) = (0.0, 0.0);
            for uniform in draw {
                let level = cumulative.partition_point(|&end| end <= uniform * total).min(self.levels.len() - 1);
                sum += self.levels[level];
                squares += self.levels[level].powi(2);
            }
            for (pay, level) in pay.iter_mut().zip(&self.levels) {
                let (sum, squares) = (sum + level, squares + level * level);
                let mean = sum / size;
                let deviation = ((squares - sum * mean).max(0.0) / (size - 1.0)).sqrt();
                // Rounding alone makes no deviation.
                if deviation > 1e-7 {
                    *pay += (level - mean) / (deviation + EPSILON) / DRAWN as f64;
                }
            }
        }
        if filtered {
            let mixed = mixed(probabilities, others + 1);
            pay.iter_mut().for_each(|pay| *pay = if mixed > 0.0 { *pay / mixed } else { 0.0 });
        }
        pay
    }
}

/// Expected advantages over all groups.
fn over_all(size: usize, groups: &Counted, filtered: bool, probabilities: &[f64]) -> Vec<f64> {
    let width = size + 1;
    let mut powers = vec![1.0; probabilities.len() * width];
    for (level, p) in probabilities.iter().enumerate() {
        for count in 1..width {
            powers[level * width + count] = powers[level * width + count - 1] * p;
        }
    }
    let mut pay = vec![0.0; probabilities.len()];
    let mut start = 0;
    for &end in &groups.ends {
        let group = &groups.entries[start..end];
        let chance: f64 = group.iter().map(|entry| powers[entry.power as usize]).product();
        for entry in group {
            pay[entry.level as usize] += chance * entry.worth;
        }
        start = end;
    }
    let mixed = if filtered { mixed(probabilities, size) } else { 1.0 };
    for (pay, p) in pay.iter_mut().zip(probabilities) {
        *pay = if *p > 0.0 && mixed > 0.0 { *pay / p / mixed } else { 0.0 };
    }
    pay
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

/// Every group in which at least two levels occur.
fn counted(algorithm: Algorithm, levels: &[f64], size: usize) -> Counted {
    let mut found = Counted::default();
    let mut counts = vec![0; levels.len()];
    visit(&mut counts, 0, size, &mut |counts| {
        let occurring = || counts.iter().enumerate().filter(|(_, count)| **count > 0);
        if occurring().count() < 2 {
            return;
        }
        let group: Vec<f64> = occurring().flat_map(|(level, &count)| vec![levels[level]; count]).collect();
        let advantages = algorithm.advantages(&group);
        let (mut orders, mut placed) = (1.0 / size as f64, 0);
        let start = found.entries.len();
        for (level, &count) in occurring() {
            let power = (level * (size + 1) + count) as u32;
            found.entries.push(Entry { power, level: level as u32, worth: advantages[placed] * count as f64 });
            for n in 1..=count {
                orders *= (placed + n) as f64 / n as f64;
            }
            placed += count;
        }
        found.entries[start..].iter_mut().for_each(|entry| entry.worth *= orders);
        found.ends.push(found.entries.len());
    });
    found
}

/// Calls `with` for every way to split `left` over the counts from `at` on.
fn visit(counts: &mut [usize], at: usize, left: usize, with: &mut impl FnMut(&[usize])) {
    if at + 1 == counts.len() {
        counts[at] = left;
        with(counts);
        return;
    }
    for count in 0..=left {
        counts[at] = count;
        visit(counts, at + 1, left - count, with);
    }
    counts[at] = 0;
}

#[cfg(test)]
mod tests {
    use super::*;

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
                    // Five standard errors of 10⁵ groups of at least 4; 512 draws are coarser.
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
