//! What the policy could be like, given what was seen of it.

use super::Space;
use crate::advise::dynamics::PromptType;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1};

/// Prompt types within a space, by how often full answers were seen.
const TYPES: usize = 3;

/// Draws policies: prompts are the sampling unit, so a draw gives each of them, and one that was not seen, a random weight
/// (the Bayesian bootstrap of Rubin 1981, Annals of Statistics 9(1)). The unseen one answers as if its constraints were independent
/// of each other, which keeps rates that were never seen possible. Prompts that differ stay apart as types, as far as their
/// completions show that they differ.
#[derive(Clone, Debug)]
pub struct Posterior<'a> {
    spaces: Vec<Typed<'a>>,
}

#[derive(Clone, Debug)]
struct Typed<'a> {
    space: &'a Space,
    /// The type of each prompt.
    kinds: Vec<usize>,
    types: usize,
    /// Share of the difference between types that is not chance, in [0, 1].
    reliability: f64,
    unseen: Vec<f64>,
}

impl<'a> Posterior<'a> {
    /// For these spaces.
    #[must_use]
    pub fn new(spaces: &'a [Space]) -> Self {
        Self { spaces: spaces.iter().map(Typed::new).collect() }
    }

    /// The prompt types of each space, their weights summing to 1 over all.
    #[must_use]
    pub fn draw(&self, rng: &mut ChaCha8Rng) -> Vec<Vec<PromptType>> {
        let mut spaces: Vec<Vec<PromptType>> = self.spaces.iter().map(|space| space.draw(rng)).collect();
        let total: f64 = spaces.iter().flatten().map(|kind| kind.weight).sum();
        spaces.iter_mut().flatten().for_each(|kind| kind.weight /= total);
        spaces
    }
}

impl<'a> Typed<'a> {
    fn new(space: &'a Space) -> Self {
        let full = space.full();
        let of = |prompt: &[(usize, u64)]| {
            let all: u64 = prompt.iter().map(|(_, count)| count).sum();
            let hits: u64 = prompt.iter().filter(|(point, _)| *point == full).map(|(_, count)| count).sum();
            let fraction: f64 = prompt.iter().map(|&(point, count)| space.points[point].fraction * count as f64).sum();
            (hits as f64 / all as f64, fraction / all as f64)
        };
        let rates: Vec<(f64, f64)> = space.prompts.iter().map(|prompt| of(prompt)).collect();
        let mut order: Vec<usize> = (0..rates.len()).collect();
        order.sort_by(|&a, &b| {
            rates[a].0.total_cmp(&rates[b].0).then(rates[a].1.total_cmp(&rates[b].1)).then(a.cmp(&b))
        });
        let types = TYPES.min(rates.len().div_ceil(2));
        let mut kinds = vec![0; rates.len()];
        for (place, prompt) in order.into_iter().enumerate() {
            kinds[prompt] = place * types / rates.len();
        }
        Self { space, kinds, types, reliability: reliability(space), unseen: independent(space) }
    }

    fn draw(&self, rng: &mut ChaCha8Rng) -> Vec<PromptType> {
        let mut weight = || -> f64 { Exp1.sample(rng) };
        let points = self.space.points.len();
        let mut sums = vec![vec![0.0; points]; self.types];
        let mut weights = vec![0.0; self.types];
        for (prompt, &kind) in self.space.prompts.iter().zip(&self.kinds) {
            let weight = weight();
            let all: u64 = prompt.iter().map(|(_, count)| count).sum();
            for &(point, count) in prompt {
                sums[kind][point] += weight * count as f64 / all as f64;
            }
            weights[kind] += weight;
        }
        let unseen = weight();
        let seen: f64 = weights.iter().sum();
        let pooled: Vec<f64> = (0..points)
            .map(|point| {
                (sums.iter().map(|sum| sum[point]).sum::<f64>() + unseen * self.unseen[point]) / (seen + unseen)
            })
            .collect();
        let blend = |sum: &[f64], weight: f64| {
            let own = sum.iter().zip(&self.unseen).map(|(sum, other)| {
                let unseen = unseen * weight / seen;
                (sum + unseen * other) / (weight + unseen)
            });
            own.zip(&pooled).map(|(own, pooled)| self.reliability * own + (1.0 - self.reliability) * pooled).collect()
        };
        sums.iter()
            .zip(&weights)
            .filter(|(_, weight)| **weight > 0.0)
            .map(|(sum, &weight)| PromptType { weight, initial: blend(sum, weight) })
            .collect()
    }
}

/// How much of the spread of prompts' mean scores is there beyond chance: the ratio of the variance between prompts to that of their
/// means (the reliability of a mean; Spearman and Brown 1910).
fn reliability(space: &Space) -> f64 {
    let (mut prompts, mut sum, mut squares, mut noise) = (0.0, 0.0, 0.0, 0.0);
    for prompt in &space.prompts {
        let all: f64 = prompt.iter().map(|(_, count)| *count as f64).sum();
        if all < 2.0 {
            continue;
        }
        let moment = |power: i32| {
            prompt.iter().map(|&(point, count)| space.points[point].fraction.powi(power) * count as f64).sum::<f64>()
                / all
        };
        let mean = moment(1);
        prompts += 1.0;
        sum += mean;
        squares += mean * mean;
        noise += (moment(2) - mean * mean).max(0.0) / (all - 1.0);
    }
    if prompts < 2.0 {
        return 0.0;
    }
    let variance = (squares - sum * sum / prompts) / (prompts - 1.0);
    if variance <= 0.0 { 0.0 } else { (1.0 - noise / prompts / variance).clamp(0.0, 1.0) }
}

/// Probabilities of the points if constraints were independent, each with the share of completions that it has on the mean prompt.
fn independent(space: &Space) -> Vec<f64> {
    let mut counts = vec![0.0; space.points.len()];
    for prompt in &space.prompts {
        let all: f64 = prompt.iter().map(|(_, count)| *count as f64).sum();
        for &(point, count) in prompt {
            counts[point] += count as f64 / all;
        }
    }
    space.independent(&counts)
}
