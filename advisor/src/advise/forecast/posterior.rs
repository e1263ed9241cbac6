//! What the policy could be like, given what was seen of it.

use super::Space;
use crate::advise::{dynamics::PromptType, stats::Mixture};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Exp1, Gamma};
use std::collections::BTreeMap;

/// Prompt types within a space, by how often full answers were seen.
const TYPES: usize = 3;

/// The same where there are many spaces, which differ already.
const FEW_TYPES: usize = 2;

/// Spaces above which each counts for so little that it is followed half as closely.
pub(super) const MANY: usize = 4;

/// Points that all answers of some prompts may be at, the most frequent ones.
const ALWAYS: usize = 2;

/// Completions of a point that none of may have been seen by chance; also the shape of the factors by which independence is off.
const DOUBT: f64 = 1.0;

/// Draws policies: prompts are the sampling unit, so a draw gives each of them a random weight (the Bayesian bootstrap of Rubin 1981, Annals
/// of Statistics 9(1)). Prompts whose answers are all the same are left out, as far as that is no chance. Prompts that differ stay apart as types, as far as their completions show that they differ. What was seen seldom or never
/// is as likely as independent constraints would make it, up to a random factor, until there are enough completions to say otherwise.
#[derive(Clone, Debug)]
pub struct Posterior<'a> {
    spaces: Vec<Typed<'a>>,
}

#[derive(Clone, Debug)]
struct Typed<'a> {
    space: &'a Space,
    /// The type of each prompt.
    kinds: Vec<usize>,
    /// Completions of each type's prompts.
    completions: Vec<f64>,
    /// Of each prompt, how likely it is that all of its answers are the same by more than chance.
    settled: Vec<f64>,
    /// Share of the difference between types that is not chance, in [0, 1].
    reliability: f64,
}

impl<'a> Posterior<'a> {
    /// For these spaces.
    #[must_use]
    pub fn new(spaces: &'a [Space]) -> Self {
        Self {
            spaces: spaces
                .iter()
                .map(|space| Typed::new(space, if spaces.len() > MANY { FEW_TYPES } else { TYPES }))
                .collect(),
        }
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
    fn new(space: &'a Space, most: usize) -> Self {
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
        let types = most.min(rates.len().div_ceil(2));
        let mut kinds = vec![0; rates.len()];
        let mut completions = vec![0.0; types];
        for (place, prompt) in order.into_iter().enumerate() {
            kinds[prompt] = place * types / rates.len();
            completions[kinds[prompt]] += space.prompts[prompt].iter().map(|(_, count)| *count as f64).sum::<f64>();
        }
        Self { space, kinds, completions, settled: settled(space), reliability: reliability(space) }
    }

    fn draw(&self, rng: &mut ChaCha8Rng) -> Vec<PromptType> {
        let points = self.space.points.len();
        let mut sums = vec![vec![0.0; points]; self.completions.len()];
        let mut weights = vec![0.0; self.completions.len()];
        for ((prompt, &kind), settled) in self.space.prompts.iter().zip(&self.kinds).zip(&self.settled) {
            let mut weight: f64 = Exp1.sample(rng);
            weight *= 1.0 - settled;
            let all: u64 = prompt.iter().map(|(_, count)| count).sum();
            for &(point, count) in prompt {
                sums[kind][point] += weight * count as f64 / all as f64;
            }
            weights[kind] += weight;
        }
        let seen: f64 = weights.iter().sum();
        let pooled: Vec<f64> = (0..points).map(|point| sums.iter().map(|sum| sum[point]).sum::<f64>() / seen).collect();
        let all: f64 = self.completions.iter().sum();
        // What independence would say is off by the same factors on all types.
        let shape = Gamma::new(DOUBT, 1.0 / DOUBT).ok();
        let factors: Vec<f64> = (0..points).map(|_| shape.map_or(1.0, |shape| shape.sample(rng))).collect();
        let share = self.reliability;
        let kinds = sums.iter().zip(&weights).zip(&self.completions).filter(|((_, weight), _)| **weight > 0.0);
        let differing = kinds.map(|((sum, &weight), &own)| {
            let blend: Vec<f64> =
                sum.iter().zip(&pooled).map(|(sum, pooled)| share * sum / weight + (1.0 - share) * pooled).collect();
            // Of completions that are no evidence of their own, those of all prompts are.
            let completions = share * own + (1.0 - share) * all;
            PromptType { weight, initial: self.smoothed(&blend, completions, &factors) }
        });
        differing.collect()
    }

    /// The shares of points in so many completions, and beside them what independent constraints would make of each point, as far as that leaves it
    /// at less than [`DOUBT`] completions: what should have been seen and was not is rare, what could not have been seen may be what it would be.
    fn smoothed(&self, shares: &[f64], completions: f64, factors: &[f64]) -> Vec<f64> {
        let counts: Vec<f64> = shares.iter().map(|share| share * completions).collect();
        let independent = self.space.independent(&counts);
        let of = |((share, chance), factor): ((&f64, &f64), &f64)| {
            share + factor * chance * DOUBT / (completions * chance + DOUBT)
        };
        let blended: Vec<f64> = shares.iter().zip(&independent).zip(factors).map(of).collect();
        let total: f64 = blended.iter().sum();
        blended.into_iter().map(|p| p / total).collect()
    }
}

/// Of each prompt, how likely it is that all of its answers are the same by more than chance. They teach nothing and learn nothing; pooled with
/// others, they would make these look as if they did the same.
fn settled(space: &Space) -> Vec<f64> {
    let at = |prompt: &[(usize, u64)], point: usize| -> (u64, u64, u64) {
        let hits = prompt.iter().filter(|(other, _)| *other == point).map(|(_, count)| count).sum();
        (hits, prompt.iter().map(|(_, count)| count).sum(), 1)
    };
    let mut same: BTreeMap<usize, usize> = BTreeMap::new();
    for prompt in space.prompts.iter().filter(|prompt| prompt.len() == 1 && prompt[0].0 != space.full()) {
        *same.entry(prompt[0].0).or_default() += 1;
    }
    let mut points: Vec<(usize, usize)> = same.into_iter().collect();
    points.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let mixture =
        |(point, _): (usize, usize)| (point, Mixture::of(space.prompts.iter().map(|prompt| at(prompt, point))));
    let mixtures: Vec<(usize, Mixture)> = points.into_iter().take(ALWAYS).map(mixture).collect();
    let of = |prompt: &Vec<(usize, u64)>| match prompt[..] {
        [(point, seen)] => {
            mixtures.iter().find(|(other, _)| *other == point).map_or(0.0, |(_, mixture)| mixture.always(seen))
        }
        _ => 0.0,
    };
    space.prompts.iter().map(of).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        advise::testing::group,
        reward::{Binary, Partial, Scheme},
        verdict::Group,
    };
    use rand::SeedableRng;

    /// The middle of p_full over draws, given so many prompts of these completions.
    fn middle(prompts: usize, marks: &[&str]) -> f64 {
        let groups: Vec<Group> = (0..prompts).map(|n| group(&n.to_string(), marks)).collect();
        let schemes = [Scheme::Binary(Binary), Scheme::Partial(Partial::default())];
        let spaces = Space::all(&groups.iter().collect::<Vec<_>>(), &schemes);
        let posterior = Posterior::new(&spaces);
        let of = |stream| {
            let mut rng = ChaCha8Rng::seed_from_u64(1);
            rng.set_stream(stream);
            let types = posterior.draw(&mut rng).remove(0);
            types.iter().map(|kind| kind.weight * kind.initial[spaces[0].full()]).sum()
        };
        let mut draws: Vec<f64> = (0..99).map(of).collect();
        draws.sort_by(f64::total_cmp);
        draws[49]
    }

    /// Four constraints of which each is met once in ten completions, and never two: one full answer in ten thousand, if they are independent.
    /// A hundred completions cannot say otherwise.
    #[test]
    fn what_could_not_be_seen_is_as_likely_as_independence_makes_it() {
        let marks = ["1000", "0100", "0010", "0001", "0000", "0000", "0000", "0000", "0000", "0000"];
        let found = middle(10, &marks);
        assert!(found > 3e-5 && found < 3e-4, "{found}");
    }

    /// Two constraints that are each met by half and never together: a quarter, if they were independent; the completions say otherwise.
    #[test]
    fn what_should_have_been_seen_and_was_not_is_rare() {
        let found = middle(50, &["10", "01"]);
        assert!(found < 0.02, "{found}");
    }

    #[test]
    fn what_was_seen_is_as_likely_as_it_was_seen() {
        let found = middle(50, &["11", "00", "00", "00"]);
        assert!((found - 0.25).abs() < 0.03, "{found}");
    }
}
