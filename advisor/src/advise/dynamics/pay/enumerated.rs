//! Expected advantages as sums over all groups there can be.

use crate::reward::Algorithm;

/// Levels whose sums are kept side by side.
const LANES: usize = 4;

/// All groups of a size, by how often each level occurs in them, cut in two: the chance of a group is that of its counts of the first
/// levels times that of its counts of the rest, and only their products are as many as the groups. A forecast sums over them a
/// million times.
#[derive(Clone, Debug)]
pub(super) struct Enumerated {
    size: usize,
    levels: usize,
    /// By how many completions the first half has: the ways in which each half shares its completions.
    halves: Vec<[Half; 2]>,
    /// For every [`LANES`] levels, and every group: the advantage of each, times how often it occurs, times in how many orders the
    /// group comes, over the size.
    worths: Vec<Vec<[f64; LANES]>>,
}

/// The ways in which some levels share some completions.
#[derive(Clone, Debug)]
struct Half {
    /// First of the levels.
    first: usize,
    /// Of each way, how many completions each level has.
    ways: Vec<Vec<usize>>,
}

impl Enumerated {
    pub(super) fn new(algorithm: Algorithm, levels: &[f64], size: usize) -> Self {
        let cut = levels.len() / 2;
        let halves: Vec<[Half; 2]> = (0..=size)
            .map(|first| [Half::new(0, cut, first), Half::new(cut, levels.len() - cut, size - first)])
            .collect();
        let mut worths = vec![Vec::new(); levels.len().div_ceil(LANES)];
        for [first, second] in &halves {
            for (a, b) in first.ways.iter().flat_map(|a| second.ways.iter().map(move |b| (a, b))) {
                let counts: Vec<usize> = a.iter().chain(b).copied().collect();
                for (worths, of_group) in worths.iter_mut().zip(worth(algorithm, levels, &counts).chunks(LANES)) {
                    let mut lanes = [0.0; LANES];
                    lanes[..of_group.len()].copy_from_slice(of_group);
                    worths.push(lanes);
                }
            }
        }
        Self { size, levels: levels.len(), halves, worths }
    }

    /// The expected advantage of each level, times its probability.
    pub(super) fn push(&self, probabilities: &[f64]) -> Vec<f64> {
        let width = self.size + 1;
        let mut powers = vec![1.0; self.levels * width];
        for (powers, p) in powers.chunks_exact_mut(width).zip(probabilities) {
            for count in 1..width {
                powers[count] = powers[count - 1] * p;
            }
        }
        let chances: Vec<[Vec<f64>; 2]> =
            self.halves.iter().map(|halves| halves.each_ref().map(|half| half.chances(&powers, width))).collect();
        let mut push = Vec::with_capacity(self.worths.len() * LANES);
        for worths in &self.worths {
            let mut worths = worths.iter();
            let mut sums = [0.0; LANES];
            for [first, second] in &chances {
                for chance in first {
                    let mut inner = [0.0; LANES];
                    for (other, worth) in second.iter().zip(worths.by_ref()) {
                        inner.iter_mut().zip(worth).for_each(|(sum, worth)| *sum += other * worth);
                    }
                    sums.iter_mut().zip(inner).for_each(|(sum, inner)| *sum += chance * inner);
                }
            }
            push.extend(sums);
        }
        push.truncate(self.levels);
        push
    }
}

impl Half {
    fn new(first: usize, levels: usize, completions: usize) -> Self {
        let mut ways = Vec::new();
        match levels {
            0 if completions == 0 => ways.push(Vec::new()),
            0 => {}
            _ => share(&mut vec![0; levels], 0, completions, &mut ways),
        }
        Self { first, ways }
    }

    /// The chance of each way, but for the number of orders, from the powers of each level's probability.
    fn chances(&self, powers: &[f64], width: usize) -> Vec<f64> {
        let chance = |way: &Vec<usize>| {
            way.iter().zip(self.first..).map(|(&count, level)| powers[level * width + count]).product()
        };
        self.ways.iter().map(chance).collect()
    }
}

/// Adds every way to share `left` over the counts from `at` on.
fn share(counts: &mut [usize], at: usize, left: usize, ways: &mut Vec<Vec<usize>>) {
    if at + 1 == counts.len() {
        counts[at] = left;
        ways.push(counts.to_vec());
        return;
    }
    for count in 0..=left {
        counts[at] = count;
        share(counts, at + 1, left - count, ways);
    }
}

/// Of each level, the advantage in a group, times how often it occurs there, times in how many orders the group comes, over the
/// size. Nothing where all rewards are equal.
fn worth(algorithm: Algorithm, levels: &[f64], counts: &[usize]) -> Vec<f64> {
    let group: Vec<f64> = levels.iter().zip(counts).flat_map(|(&level, &count)| vec![level; count]).collect();
    let mut worth = vec![0.0; levels.len()];
    if counts.iter().filter(|count| **count > 0).count() < 2 {
        return worth;
    }
    let advantages = algorithm.advantages(&group);
    let (mut orders, mut placed) = (1.0 / group.len() as f64, 0);
    for (worth, &count) in worth.iter_mut().zip(counts).filter(|(_, count)| **count > 0) {
        *worth = advantages[placed] * count as f64;
        for n in 1..=count {
            orders *= (placed + n) as f64 / n as f64;
        }
        placed += count;
    }
    worth.iter_mut().for_each(|worth| *worth *= orders);
    worth
}
