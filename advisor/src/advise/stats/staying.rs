//! Of prompts whose few completions are all alike, how many stay so.

use super::Mixture;
use statrs::function::gamma::ln_gamma;
use std::collections::BTreeMap;

/// Completions more after which a prompt that is still the same counts as one that stays so: four groups of eight.
pub(super) const MORE: u64 = 32;

/// Mean rates of the prompts that vary.
const MEANS: [f64; 17] =
    [0.01, 0.02, 0.04, 0.07, 0.12, 0.19, 0.28, 0.39, 0.5, 0.61, 0.72, 0.81, 0.88, 0.93, 0.96, 0.98, 0.99];

/// How alike the completions of one prompt are, among those.
const CORRELATIONS: [f64; 9] = [0.0, 0.02, 0.05, 0.1, 0.17, 0.26, 0.38, 0.52, 0.7];

/// Shares of prompts that never hit, or always.
const SHARES: [f64; 12] = [0.0, 0.02, 0.05, 0.1, 0.18, 0.28, 0.4, 0.52, 0.64, 0.76, 0.87, 0.96];

/// Probability before any is seen that there are no such prompts at all.
const NONE: f64 = 0.5;

/// Share of prompts that stay alike from which it is real, and no chance of few completions.
const REAL: f64 = 2.0 / 3.0;

/// How likely prompts that never hit, or always did, stay so.
///
/// Of four completions at a rate of 0.3 none hits in one prompt of four. Whether prompts differ at all is what tells such chance from prompts that are never
/// solved, and it shows in the prompts that hit some of the time.
///
/// The mean of two answers. One averages over shares of prompts that never and always hit, and a beta distribution of the rates of the others, each as
/// likely as what was seen makes it: steady, and wrong where prompts are of two kinds that both hit. The other is [`Mixture`]: any distribution of rates,
/// and so unsteady where prompts are few.
#[derive(Clone, Debug, Default)]
pub struct Staying {
    /// By completions seen: the probabilities that a prompt without a hit stays without one, and that one of hits alone stays so.
    by_seen: BTreeMap<u64, [f64; 2]>,
}

/// What was seen, prompts that look alike together.
struct Seen {
    /// (hits, completions, prompts), of those with both.
    both: Vec<(u64, u64, f64)>,
    /// Completions, prompts without a hit and prompts of hits alone.
    alike: Vec<(u64, [f64; 2])>,
    prompts: f64,
}

/// One distribution of rates.
struct Rates {
    mean: f64,
    correlation: f64,
}

impl Staying {
    /// From prompts: of so many completions so many were hits, and how many prompts there are of that kind.
    #[must_use]
    pub fn of(prompts: impl Iterator<Item = (u64, u64, u64)>) -> Self {
        let prompts: Vec<(u64, u64, u64)> = prompts.filter(|(_, seen, _)| *seen > 0).collect();
        let seen = Seen::of(prompts.iter().copied());
        if seen.alike.is_empty() {
            return Self::default();
        }
        let [never, always] = [
            Mixture::of(prompts.iter().map(|&(hits, seen, count)| (seen - hits, seen, count))),
            Mixture::of(prompts.iter().copied()),
        ];
        let free = |seen: u64| [&never, &always].map(|mixture| mixture.stays(seen, MORE));
        let mut found: Vec<(f64, Vec<[f64; 2]>)> = Vec::new();
        for mean in MEANS {
            for correlation in CORRELATIONS {
                seen.weigh(&Rates { mean, correlation }, &mut found);
            }
        }
        let most = found.iter().map(|(weight, _)| *weight).fold(f64::NEG_INFINITY, f64::max);
        let mut sums = vec![[0.0; 2]; seen.alike.len()];
        let mut all = 0.0;
        for (weight, stays) in &found {
            let weight = (weight - most).exp();
            all += weight;
            for (sum, stay) in sums.iter_mut().zip(stays) {
                (0..2).for_each(|end| sum[end] += weight * stay[end]);
            }
        }
        let of = |((seen, _), sum): (&(u64, [f64; 2]), &[f64; 2])| {
            let free = free(*seen);
            (*seen, std::array::from_fn(|end| f64::midpoint(free[end], (sum[end] / all).clamp(0.0, 1.0))))
        };
        Self { by_seen: seen.alike.iter().zip(&sums).map(of).collect() }
    }

    /// Of a prompt without a hit among so many completions, the probability that 32 more have none either; 0 where no prompt was seen so.
    #[must_use]
    pub fn never(&self, seen: u64) -> f64 {
        self.by_seen.get(&seen).map_or(0.0, |stays| stays[0])
    }

    /// Of a prompt all of whose so many completions are hits, the same.
    #[must_use]
    pub fn always(&self, seen: u64) -> f64 {
        self.by_seen.get(&seen).map_or(0.0, |stays| stays[1])
    }

    /// Whether of so many prompts that are all alike enough stay so, of which so many are expected to.
    #[must_use]
    pub fn is_real(stay: f64, prompts: u64) -> bool {
        stay >= REAL * prompts as f64
    }
}

impl Seen {
    fn of(prompts: impl Iterator<Item = (u64, u64, u64)>) -> Self {
        let mut both: BTreeMap<(u64, u64), f64> = BTreeMap::new();
        let mut alike: BTreeMap<u64, [f64; 2]> = BTreeMap::new();
        for (hits, seen, count) in prompts {
            match hits {
                0 => alike.entry(seen).or_default()[0] += count as f64,
                hits if hits == seen => alike.entry(seen).or_default()[1] += count as f64,
                _ => *both.entry((hits, seen)).or_default() += count as f64,
            }
        }
        Self {
            prompts: both.values().sum(),
            both: both.into_iter().map(|((hits, seen), count)| (hits, seen, count)).collect(),
            alike: alike.into_iter().collect(),
        }
    }

    /// With every pair of shares, how likely what was seen is, and how likely prompts stay what they are.
    fn weigh(&self, rates: &Rates, found: &mut Vec<(f64, Vec<[f64; 2]>)>) {
        let varied: f64 = self.both.iter().map(|&(hits, seen, count)| count * rates.log_chance(hits, seen)).sum();
        let ends = |seen: u64| [rates.log_chance(0, seen).exp(), rates.log_chance(seen, seen).exp()];
        let now: Vec<[f64; 2]> = self.alike.iter().map(|(seen, _)| ends(*seen)).collect();
        let later: Vec<[f64; 2]> = self.alike.iter().map(|(seen, _)| ends(seen + MORE)).collect();
        let prior = |share: f64| if share == 0.0 { NONE } else { (1.0 - NONE) / (SHARES.len() - 1) as f64 };
        for never in SHARES {
            for always in SHARES.into_iter().filter(|always| never + always < 1.0) {
                let (settled, rest) = ([never, always], 1.0 - never - always);
                let mut weight = varied + self.prompts * rest.ln() + (prior(never) * prior(always)).ln();
                let mut stays = Vec::with_capacity(now.len());
                for (((_, counts), now), later) in self.alike.iter().zip(&now).zip(&later) {
                    let chance: [f64; 2] = std::array::from_fn(|end| settled[end] + rest * now[end]);
                    weight +=
                        (0..2).filter(|&end| counts[end] > 0.0).map(|end| counts[end] * chance[end].ln()).sum::<f64>();
                    stays.push(std::array::from_fn(|end| (settled[end] + rest * later[end]) / chance[end].max(1e-300)));
                }
                found.push((weight, stays));
            }
        }
    }
}

impl Rates {
    /// ln of the probability of one order of so many hits among so many completions of a prompt: the beta-binomial's.
    fn log_chance(&self, hits: u64, seen: u64) -> f64 {
        let (hits, misses) = (hits as f64, (seen - hits) as f64);
        if self.correlation == 0.0 {
            return hits * self.mean.ln() + misses * (1.0 - self.mean).ln();
        }
        let size = 1.0 / self.correlation - 1.0;
        let (a, b) = (self.mean * size, (1.0 - self.mean) * size);
        let rise = |from: f64, by: f64| ln_gamma(from + by) - ln_gamma(from);
        rise(a, hits) + rise(b, misses) - rise(a + b, hits + misses)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;
    use rand_distr::{Beta, Distribution};

    type Law = fn(&mut ChaCha8Rng) -> f64;

    fn beta(a: f64, b: f64, rng: &mut ChaCha8Rng) -> f64 {
        Beta::new(a, b).unwrap().sample(rng)
    }

    /// Of samples of prompts: how many of those without a hit are said to stay so, and how many do, as shares.
    fn shares(law: Law, completions: u64, prompts: usize, seed: u64) -> Vec<(f64, f64)> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut once = |_| {
            let draw = |_| {
                let rate = law(&mut rng);
                (rate, (0..completions).filter(|_| rng.random_bool(rate)).count() as u64)
            };
            let drawn: Vec<(f64, u64)> = (0..prompts).map(draw).collect();
            let said = Staying::of(drawn.iter().map(|(_, hits)| (*hits, completions, 1))).never(completions);
            // The other end is the same of misses.
            let turned = Staying::of(drawn.iter().map(|(_, hits)| (completions - *hits, completions, 1)));
            assert!((turned.always(completions) - said).abs() < 1e-6, "{said} {}", turned.always(completions));
            let never: Vec<f64> = drawn.iter().filter(|(_, hits)| *hits == 0).map(|(rate, _)| *rate).collect();
            let stay: f64 = never.iter().map(|rate| (1.0 - rate).powf(MORE as f64)).sum();
            (!never.is_empty()).then_some((said, stay / never.len() as f64))
        };
        (0..40).filter_map(&mut once).collect()
    }

    fn called_real(shares: &[(f64, f64)]) -> f64 {
        let real = shares.iter().filter(|(said, _)| Staying::is_real(*said, 1)).count();
        real as f64 / shares.len() as f64
    }

    #[test]
    fn prompts_of_one_rate_are_never_unsolved_but_by_chance() {
        let mut all = Vec::new();
        for (law, rate) in [((|_| 0.1) as Law, 0.1), (|_| 0.3, 0.3), (|_| 0.5, 0.5)] {
            for (completions, prompts) in [(4, 20), (4, 40), (4, 200), (8, 40), (16, 200)] {
                let found = shares(law, completions, prompts, 5);
                println!("{rate}, {completions} of {prompts}: called real {:.3}", called_real(&found));
                all.extend(found);
            }
        }
        println!("called real {:.4} of {}", called_real(&all), all.len());
        assert!(called_real(&all) <= 0.02, "{}", called_real(&all));
    }

    #[test]
    fn prompts_that_are_never_solved_are_known_from_enough_completions() {
        let half: Law = |rng| if rng.random_bool(0.5) { 0.0 } else { 0.3 };
        for (completions, prompts) in [(16, 20), (16, 200), (32, 40), (96, 40)] {
            assert!(called_real(&shares(half, completions, prompts, 6)) >= 0.95, "{completions} {prompts}");
        }
        // Four completions cannot tell: those at 0.3 make one in five of those without a hit.
        assert!(called_real(&shares(half, 4, 40, 6)) < 0.5);
    }

    /// Laws that no fit knows of.
    #[test]
    fn what_is_said_is_near_what_comes() {
        let laws: [(&str, Law); 8] = [
            ("one rate", |_| 0.2),
            ("alike", |rng| beta(3.0, 7.0, rng)),
            ("wide", |rng| beta(0.5, 1.2, rng)),
            ("apart", |rng| beta(0.15, 0.15, rng)),
            ("half never", |rng| if rng.random_bool(0.5) { 0.0 } else { beta(2.0, 3.0, rng) }),
            ("two kinds", |rng| if rng.random_bool(0.5) { 0.05 } else { 0.6 }),
            ("three kinds", |rng| [0.0, 0.1, 0.7][rng.random_range(0..3)]),
            ("nine in ten", |rng| if rng.random_bool(0.9) { 0.0 } else { 0.4 }),
        ];
        let (mut off, mut cells) = (0.0, 0.0);
        for (name, law) in laws {
            for (completions, prompts) in [(4, 40), (8, 40), (16, 100), (32, 100)] {
                let found = shares(law, completions, prompts, 7);
                // What hardly ever comes about says nothing.
                if found.len() < 20 {
                    continue;
                }
                let mean = |of: fn(&(f64, f64)) -> f64| found.iter().map(of).sum::<f64>() / found.len() as f64;
                let error = mean(|(said, stay)| (said - stay).abs());
                println!(
                    "{name}, {completions} of {prompts}: said {:.2}, stay {:.2}, off by {error:.2}",
                    mean(|(said, _)| *said),
                    mean(|(_, stay)| *stay)
                );
                assert!(error < 0.45, "{name} {completions} {prompts}: {error}");
                off += error;
                cells += 1.0;
            }
        }
        println!("off by {:.3} on average", off / cells);
        assert!(off / cells < 0.2);
    }

    #[test]
    fn nothing_is_said_of_what_was_not_seen() {
        let none = Staying::of([(3, 8, 10)].into_iter());
        assert_eq!((none.never(8), none.always(8)), (0.0, 0.0));
        // The longer a prompt went without a hit, the likelier it stays so.
        let some = Staying::of([(0, 4, 10), (0, 32, 10), (8, 32, 10), (1, 4, 10)].into_iter());
        assert!(some.never(4) < some.never(32), "{some:?}");
    }
}
