//! How prompts' rates are spread, from few completions of each.

use std::collections::BTreeMap;

/// Rates that a prompt may have: closer together towards 0 and 1, both of which are among them.
const GRID: usize = 41;

/// Steps of the fit; it moves by less than shows from then on.
const STEPS: usize = 200;

/// Prompts more than were seen: so few that 40 prompts whose answers never differ are not taken for ones of which some do.
const MORE: f64 = 0.25;

/// Shares of prompts at each rate, as likely as can be: the mixture of Kiefer and Wolfowitz 1956 (Annals of Mathematical Statistics 27), by the EM
/// algorithm, with a quarter of a prompt more than was seen, whose rate may be any.
#[derive(Clone, Debug)]
pub struct Mixture {
    shares: [f64; GRID],
}

impl Mixture {
    /// From prompts: of so many completions so many were hits, and how many prompts there are of that kind.
    #[must_use]
    pub fn of(prompts: impl Iterator<Item = (u64, u64, u64)>) -> Self {
        let mut alike: BTreeMap<(u64, u64), f64> = BTreeMap::new();
        for (hits, seen, count) in prompts {
            *alike.entry((hits, seen)).or_default() += count as f64;
        }
        // The number of orders is the same at every rate.
        let chances: Vec<([f64; GRID], f64)> = alike
            .iter()
            .map(|(&(hits, seen), &count)| {
                let chance = |place| rate(place).powf(hits as f64) * (1.0 - rate(place)).powf((seen - hits) as f64);
                (std::array::from_fn(chance), count)
            })
            .collect();
        let all: f64 = alike.values().sum::<f64>() + MORE;
        let mut shares = [1.0 / GRID as f64; GRID];
        for _ in 0..STEPS {
            let mut next = [MORE / GRID as f64 / all; GRID];
            for (chance, count) in &chances {
                let total: f64 = chance.iter().zip(&shares).map(|(chance, share)| chance * share).sum();
                for ((next, chance), share) in next.iter_mut().zip(chance).zip(&shares) {
                    *next += count * chance * share / total / all;
                }
            }
            shares = next;
        }
        Self { shares }
    }

    /// Of prompts whose so many completions were all hits, the share that always hit.
    #[must_use]
    pub fn always(&self, seen: u64) -> f64 {
        let all = self.all_hits(seen);
        if all > 0.0 { (self.shares[GRID - 1] / all).min(1.0) } else { 0.0 }
    }

    /// Of prompts whose so many completions were all hits, the share of which so many more are hits too.
    #[must_use]
    pub fn stays(&self, seen: u64, more: u64) -> f64 {
        let all = self.all_hits(seen);
        if all > 0.0 { (self.all_hits(seen + more) / all).min(1.0) } else { 0.0 }
    }

    /// The chance that so many fresh completions of a prompt are all hits.
    #[must_use]
    pub fn all_hits(&self, draws: u64) -> f64 {
        self.shares.iter().enumerate().map(|(place, share)| share * rate(place).powf(draws as f64)).sum()
    }
}

fn rate(place: usize) -> f64 {
    (1.0 - (std::f64::consts::PI * place as f64 / (GRID - 1) as f64).cos()) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Uniform rates show every number of hits equally often, and of groups of n one in n + 1 is all hits.
    #[test]
    fn uniform_rates_are_found() {
        let mixture = Mixture::of((0..=8).map(|hits| (hits, 8, 1000)));
        for draws in [16, 32] {
            let exact = 1.0 / (draws + 1) as f64;
            assert!((mixture.all_hits(draws) - exact).abs() < 0.02, "{draws}: {}", mixture.all_hits(draws));
        }
    }

    #[test]
    fn prompts_of_a_kind_are_told_from_prompts_that_differ() {
        // All at one half: hardly a group of 32 is all hits.
        let binomial = [1, 8, 28, 56, 70, 56, 28, 8, 1];
        let alike = Mixture::of((0..=8).zip(binomial).map(|(hits, count)| (hits, 8, count)));
        assert!(alike.all_hits(32) < 0.02, "{}", alike.all_hits(32));
        let apart = Mixture::of([(0, 8, 128), (8, 8, 128)].into_iter());
        assert!((apart.all_hits(32) - 0.5).abs() < 0.02, "{}", apart.all_hits(32));
    }
}
