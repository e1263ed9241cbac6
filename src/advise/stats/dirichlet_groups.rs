//! What groups of fresh completions would look like: all at one reward, or mixed.

use super::{Interval, PromptMean, all_alike};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, Gamma};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Draws of the bootstrap over prompts, where a model is fitted to each.
const DRAWS: u64 = 400;
/// Intra-prompt correlation when no two prompts can be compared: a prior worth one completion.
const UNKNOWN_CORRELATION: f64 = 0.5;

/// How often each reward was seen among the completions of one prompt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PromptLevels {
    /// Prompts are likened only to prompts of their own stratum: those with as many constraints.
    pub stratum: usize,
    /// (reward in billionths, completions), by increasing reward, none of the counts 0.
    pub counts: Vec<(u64, u64)>,
}

impl PromptLevels {
    /// The full reward in billionths.
    pub const ONE: u64 = 1_000_000_000;

    /// Completions with a known reward.
    #[must_use]
    pub fn seen(&self) -> u64 {
        self.counts.iter().map(|&(_, count)| count).sum()
    }
}

/// A share of groups with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareOf {
    /// The estimate, in [0, 1].
    pub estimate: f64,
    /// Its interval.
    pub interval: Interval,
}

/// Shares of groups of fresh completions, by what their rewards are. The four sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupShares {
    /// All rewards are 0.
    pub all_zero: ShareOf,
    /// All rewards are 1.
    pub all_one: ShareOf,
    /// All rewards are equal, at a value in between.
    pub tied: ShareOf,
    /// Rewards differ: the only groups with a gradient under group-relative advantages.
    pub mixed: ShareOf,
    /// Prompts whose share is the unbiased one of [`all_alike`], having at least a group's worth of completions.
    pub direct: u64,
    /// Prompts whose share is extrapolated by the model, having at least 2 but less than a group's worth.
    pub modelled: u64,
}

impl GroupShares {
    /// Shares for groups of `size`, over the prompts with at least two completions; `None` without any.
    ///
    /// A prompt with at least `size` completions contributes its unbiased estimate. One with fewer contributes the
    /// posterior expectation under a Dirichlet-multinomial whose mean (per stratum) and intra-prompt correlation are
    /// fitted to all prompts by moments (empirical Bayes; Mosimann 1962, Biometrika 49). Intervals take prompts as the
    /// sampling unit: [`PromptMean`] where nothing is modelled, else the Bayesian bootstrap over prompts (Rubin 1981,
    /// Annals of Statistics 9(1)), the model fitted again to each draw.
    #[must_use]
    pub fn new(prompts: &BTreeMap<PromptLevels, u64>, size: u64, level: f64, seed: u64) -> Option<Self> {
        let kinds = kinds(prompts, size);
        let plain: Vec<f64> = kinds.iter().map(|kind| kind.prompts as f64).collect();
        let count = |direct: bool| {
            kinds.iter().filter(|kind| kind.direct.is_some() == direct).map(|kind| kind.prompts).sum::<u64>()
        };
        let (direct, modelled) = (count(true), count(false));
        let total = direct + modelled;
        if total == 0 {
            return None;
        }
        let per_prompt = shares(&kinds, &plain, size);
        let mut draws: Vec<[f64; 4]> = Vec::new();
        if modelled > 0 {
            draws = (0..DRAWS).into_par_iter().map(|draw| bootstrap(&kinds, size, seed, draw)).collect();
        }
        let share = |which: usize| {
            let values: Vec<(f64, u64)> =
                per_prompt.iter().zip(&kinds).map(|(shares, kind)| (shares[which], kind.prompts)).collect();
            let sum: f64 = values.iter().map(|&(value, prompts)| value * prompts as f64).sum();
            let estimate = (sum / total as f64).clamp(0.0, 1.0);
            let interval = if draws.is_empty() {
                PromptMean::of_values(&values).expect("there are prompts").interval(level)
            } else {
                let mut drawn: Vec<f64> = draws.iter().map(|draw| draw[which]).collect();
                drawn.sort_by(f64::total_cmp);
                let at = |share: f64| drawn[(share * (drawn.len() - 1) as f64).round() as usize];
                Interval::new(at((1.0 - level) / 2.0), at((1.0 + level) / 2.0))
            };
            ShareOf { estimate, interval: interval.including(estimate) }
        };
        Some(Self { all_zero: share(0), all_one: share(1), tied: share(2), mixed: share(3), direct, modelled })
    }

    /// The estimated share of groups of `size` with all rewards 0, when every prompt with at least two completions has
    /// at least `size`; else `None`.
    #[must_use]
    pub fn all_zero_without_model(prompts: &BTreeMap<PromptLevels, u64>, size: u64) -> Option<f64> {
        let kinds = kinds(prompts, size);
        let total: u64 = kinds.iter().map(|kind| kind.prompts).sum();
        let mut sum = 0.0;
        for kind in &kinds {
            sum += kind.direct?[0] * kind.prompts as f64;
        }
        (total > 0).then(|| sum / total as f64)
    }
}

/// Prompts that look alike, with at least two completions.
struct Kind<'a> {
    levels: &'a PromptLevels,
    seen: f64,
    prompts: u64,
    /// All zero, all one, tied in between, mixed.
    direct: Option<[f64; 4]>,
}

fn kinds(prompts: &BTreeMap<PromptLevels, u64>, size: u64) -> Vec<Kind<'_>> {
    let kind = |(levels, &prompts): (&'_ PromptLevels, &u64)| {
        let seen = levels.seen();
        let alike = |_, count| all_alike(count, seen, size).expect("enough were seen");
        (prompts, seen, (seen >= size).then(|| split(&levels.counts, alike)))
    };
    prompts
        .iter()
        .filter(|(levels, _)| levels.seen() > 1)
        .map(|entry| {
            let (prompts, seen, direct) = kind(entry);
            Kind { levels: entry.0, seen: seen as f64, prompts, direct }
        })
        .collect()
}

/// Sorts the probabilities that a group is all at one level into the four kinds of groups.
fn split(counts: &[(u64, u64)], alike: impl Fn(u64, u64) -> f64) -> [f64; 4] {
    let mut shares = [0.0; 4];
    for &(level, count) in counts {
        let kind = match level {
            0 => 0,
            PromptLevels::ONE => 1,
            _ => 2,
        };
        shares[kind] += alike(level, count);
    }
    shares[3] = (1.0 - shares[0] - shares[1] - shares[2]).max(0.0);
    shares
}

/// The four shares of each kind of prompt, the model fitted with these weights.
fn shares(kinds: &[Kind<'_>], weights: &[f64], size: u64) -> Vec<[f64; 4]> {
    let model = kinds.iter().any(|kind| kind.direct.is_none()).then(|| Model::fit(kinds, weights));
    let of = |kind: &Kind<'_>| match (&model, kind.direct) {
        (_, Some(shares)) => shares,
        (Some(model), None) => model.shares(kind, size),
        (None, None) => unreachable!("a model is fitted when some kind needs one"),
    };
    kinds.iter().map(of).collect()
}

/// One draw of the four means over prompts.
fn bootstrap(kinds: &[Kind<'_>], size: u64, seed: u64, draw: u64) -> [f64; 4] {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(draw);
    let mut gamma = |shape: f64| Gamma::new(shape, 1.0).expect("shapes are above 0").sample(&mut rng);
    let weights: Vec<f64> = kinds.iter().map(|kind| gamma(kind.prompts as f64)).collect();
    let (on_zero, on_one) = (gamma(0.5), gamma(0.5));
    let total = weights.iter().sum::<f64>() + on_zero + on_one;
    let mut means = [on_one / total; 4];
    for (shares, weight) in shares(kinds, &weights, size).iter().zip(&weights) {
        for (mean, share) in means.iter_mut().zip(shares) {
            *mean += share * weight / total;
        }
    }
    means
}

/// A Dirichlet-multinomial over reward levels: a mean per stratum, one intra-prompt correlation.
struct Model {
    means: BTreeMap<(usize, u64), f64>,
    correlation: f64,
}

impl Model {
    /// By moments: two completions of one prompt agree with probability P₂ + ρ (1 − P₂), of two prompts with P₂.
    fn fit(kinds: &[Kind<'_>], weights: &[f64]) -> Self {
        let mut means: BTreeMap<(usize, u64), f64> = BTreeMap::new();
        let mut strata: BTreeMap<usize, Stratum> = BTreeMap::new();
        for (kind, &weight) in kinds.iter().zip(weights) {
            let stratum = strata.entry(kind.levels.stratum).or_default();
            // Σ w² over the prompts of a kind, taking them as equally heavy.
            let square = weight * weight / kind.prompts as f64;
            stratum.weight += weight;
            stratum.squares += square;
            for &(level, count) in &kind.levels.counts {
                let share = count as f64 / kind.seen;
                *means.entry((kind.levels.stratum, level)).or_default() += weight * share;
                stratum.within += weight * share * (count as f64 - 1.0) / (kind.seen - 1.0);
                stratum.same += square * share * share;
            }
        }
        for (&(stratum, _), sum) in &mut means {
            let stratum = strata.get_mut(&stratum).expect("every level has its stratum");
            stratum.agree += *sum * *sum;
            *sum /= stratum.weight;
        }
        let (mut excess, mut room) = (0.0, 0.0);
        for stratum in strata.values() {
            let between_pairs = stratum.weight * stratum.weight - stratum.squares;
            if between_pairs > 1e-9 * stratum.weight * stratum.weight {
                let between = (stratum.agree - stratum.same) / between_pairs;
                excess += stratum.within - stratum.weight * between;
                room += stratum.weight * (1.0 - between);
            }
        }
        let correlation = if room > 1e-12 { (excess / room).clamp(0.0, 1.0) } else { UNKNOWN_CORRELATION };
        Self { means, correlation }
    }

    /// Expected shares given what was seen of a prompt: ratios of rising factorials, scaled by ρ to hold at ρ = 0.
    fn shares(&self, kind: &Kind<'_>, size: u64) -> [f64; 4] {
        let (rho, stratum) = (self.correlation, kind.levels.stratum);
        let seen: BTreeMap<u64, u64> = kind.levels.counts.iter().copied().collect();
        let possible = self.means.range((stratum, 0)..=(stratum, u64::MAX));
        let counts: Vec<(u64, u64)> =
            possible.map(|(&(_, level), _)| (level, seen.get(&level).copied().unwrap_or(0))).collect();
        split(&counts, |level, count| {
            let mean = self.means[&(stratum, level)];
            let next = |drawn: u64| {
                let drawn = drawn as f64;
                ((count as f64 + drawn) * rho + (1.0 - rho) * mean) / ((kind.seen + drawn) * rho + (1.0 - rho))
            };
            (0..size).map(next).product()
        })
    }
}

#[derive(Default)]
struct Stratum {
    weight: f64,
    /// Σ w².
    squares: f64,
    /// Σ w · probability that two completions of the prompt agree.
    within: f64,
    /// Σ over levels (Σ w p)².
    agree: f64,
    /// Σ w² Σ over levels p².
    same: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prompts(list: &[(&[(u64, u64)], u64)]) -> BTreeMap<PromptLevels, u64> {
        list.iter().map(|&(counts, n)| (PromptLevels { stratum: 2, counts: counts.to_vec() }, n)).collect()
    }

    /// C(3, 2) / C(4, 2) = 1/2 and C(1, 2) = 0.
    #[test]
    fn direct_shares_are_ratios_of_binomials() {
        let shares = GroupShares::new(&prompts(&[(&[(0, 3), (PromptLevels::ONE, 1)], 1)]), 2, 0.9, 0).unwrap();
        assert!((shares.all_zero.estimate - 0.5).abs() < 1e-12);
        assert_eq!(shares.all_one.estimate, 0.0);
        assert!((shares.mixed.estimate - 0.5).abs() < 1e-12);
        assert_eq!((shares.direct, shares.modelled), (1, 0));
    }

    /// Beta(1, 1) rates seen twice each: a third of prompts at 0, 1 and 2 hits, ρ = 1/3, E[θ⁴] = 1/5.
    #[test]
    fn the_model_extrapolates_a_beta() {
        let half = [(0, 1), (PromptLevels::ONE, 1)];
        let seen = prompts(&[(&[(0, 2)], 4000), (&half, 4000), (&[(PromptLevels::ONE, 2)], 4000)]);
        let shares = GroupShares::new(&seen, 4, 0.9, 0).unwrap();
        assert!((shares.all_zero.estimate - 0.2).abs() < 1e-3, "{shares:?}");
        assert!((shares.all_one.estimate - 0.2).abs() < 1e-3);
        assert!((shares.mixed.estimate - 0.6).abs() < 2e-3);
        assert!(shares.all_zero.interval.width() < 0.03);
        assert_eq!((shares.direct, shares.modelled), (0, 12_000));
    }

    #[test]
    fn one_prompt_is_no_certainty() {
        let shares = GroupShares::new(&prompts(&[(&[(0, 3)], 1)]), 8, 0.9, 0).unwrap();
        assert!(shares.all_zero.interval.width() > 0.5, "{shares:?}");
    }
}
