//! What a group pays an answer on average: all groups there can be, or, where there are too many, 4,096 fixed ones.

use fullmarks::advise::Algorithm;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Groups that are summed over.
const ALL: f64 = 60_000.0;

/// Groups that are drawn where there are more.
const DRAWN: usize = 4096;

/// Added to a deviation, as trainers do.
const EPSILON: f64 = 1e-4;

/// For rewards that take these levels, in groups of a size.
pub(super) struct Advantage {
    algorithm: Algorithm,
    levels: Vec<f64>,
    size: usize,
    groups: Groups,
}

enum Groups {
    /// None is needed: reward less mean.
    None,
    /// Of each, the counts of levels, and what each level's completions get together, times in how many orders the group comes.
    All(Vec<(Vec<usize>, Vec<f64>)>),
    /// The others of a group, as quantiles.
    Drawn(Vec<f64>),
}

impl Advantage {
    pub(super) fn new(algorithm: Algorithm, levels: &[f64], size: usize) -> Self {
        let divides = matches!(algorithm, Algorithm::Grpo | Algorithm::Dapo);
        let many = (1..levels.len()).fold(1.0, |ways, n| ways * (size + n) as f64 / n as f64);
        let groups = match divides {
            false => Groups::None,
            true if many <= ALL => Groups::All(all(levels, size)),
            true => return Self::drawing(algorithm, levels, size),
        };
        Self { algorithm, levels: levels.to_vec(), size, groups }
    }

    /// With drawn groups, however many there are.
    pub(super) fn drawing(algorithm: Algorithm, levels: &[f64], size: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(77);
        let groups = Groups::Drawn((0..DRAWN * (size - 1)).map(|_| rng.random()).collect());
        Self { algorithm, levels: levels.to_vec(), size, groups }
    }

    /// The mean advantage of each level where levels have these probabilities, less what all get.
    pub(super) fn of(&self, chances: &[f64]) -> Vec<f64> {
        let mut pay = match &self.groups {
            Groups::None => {
                let scale = if self.algorithm == Algorithm::DrGrpo { 1.0 - 1.0 / self.size as f64 } else { 1.0 };
                self.levels.iter().map(|level| scale * level).collect()
            }
            Groups::All(groups) => summed(groups, chances),
            Groups::Drawn(quantiles) => self.drawn(quantiles, chances),
        };
        let mean: f64 = pay.iter().zip(chances).map(|(pay, p)| pay * p).sum();
        pay.iter_mut().for_each(|pay| *pay -= mean);
        pay
    }

    fn drawn(&self, quantiles: &[f64], chances: &[f64]) -> Vec<f64> {
        let ends: Vec<f64> = chances
            .iter()
            .scan(0.0, |sum, p| {
                *sum += p;
                Some(*sum)
            })
            .collect();
        let last = self.levels.len() - 1;
        let mut pay = vec![0.0; self.levels.len()];
        for others in quantiles.chunks(self.size - 1) {
            let (mut sum, mut squares) = (0.0, 0.0);
            for &quantile in others {
                let level = self.levels[ends.partition_point(|end| *end <= quantile).min(last)];
                sum += level;
                squares += level * level;
            }
            for (pay, level) in pay.iter_mut().zip(&self.levels) {
                *pay += standardised(*level, sum + level, squares + level * level, self.size) / DRAWN as f64;
            }
        }
        pay
    }
}

fn standardised(level: f64, sum: f64, squares: f64, size: usize) -> f64 {
    let mean = sum / size as f64;
    let variance = (squares - sum * mean).max(0.0) / (size - 1) as f64;
    // Below, it is rounding.
    if variance < 1e-14 { 0.0 } else { (level - mean) / (variance.sqrt() + EPSILON) }
}

fn all(levels: &[f64], size: usize) -> Vec<(Vec<usize>, Vec<f64>)> {
    let mut counts: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 1..levels.len() {
        let longer = |counts: &Vec<usize>| {
            let left = size - counts.iter().sum::<usize>();
            (0..=left).map(|more| [&counts[..], &[more]].concat()).collect::<Vec<_>>()
        };
        counts = counts.iter().flat_map(longer).collect();
    }
    let whole = |mut counts: Vec<usize>| {
        counts.push(size - counts.iter().sum::<usize>());
        let sum: f64 = counts.iter().zip(levels).map(|(&n, level)| n as f64 * level).sum();
        let squares: f64 = counts.iter().zip(levels).map(|(&n, level)| n as f64 * level * level).sum();
        let mut orders = 1.0;
        let mut placed = 0;
        for &n in &counts {
            placed += n;
            orders *= super::shape::choose(placed, n);
        }
        let share =
            |(&n, level): (&usize, &f64)| orders * n as f64 / size as f64 * standardised(*level, sum, squares, size);
        let shares = counts.iter().zip(levels).map(share).collect();
        (counts, shares)
    };
    counts.into_iter().map(whole).collect()
}

fn summed(groups: &[(Vec<usize>, Vec<f64>)], chances: &[f64]) -> Vec<f64> {
    let mut push = vec![0.0; chances.len()];
    for (counts, shares) in groups {
        let chance: f64 = counts.iter().zip(chances).filter(|(n, _)| **n > 0).map(|(&n, p)| p.powi(n as i32)).product();
        if chance > 0.0 {
            push.iter_mut().zip(shares).for_each(|(push, share)| *push += chance * share);
        }
    }
    push.iter().zip(chances).map(|(push, p)| if *p > 0.0 { push / p } else { 0.0 }).collect()
}
