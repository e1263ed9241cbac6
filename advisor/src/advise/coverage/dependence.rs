//! Intervals of odds ratios within prompts.

use super::{AT_LEAST, COARSE, Coverage, LEVEL, STAGES, judge, repeat};
use crate::advise::stats::{Interval, OddsRatio, Table};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Prompts share an odds ratio; how often each constraint is met differs from prompt to prompt.
#[derive(Clone, Copy, Debug)]
struct Cell {
    odds_ratio: f64,
    /// Mean log-odds of each constraint; prompts vary around it, together, by so many standard deviations.
    log_odds: f64,
    varying: f64,
    completions: u64,
    prompts: u64,
}

impl Cell {
    fn all(completions: &[u64], prompts: &[u64]) -> Vec<Self> {
        let mut cells = Vec::new();
        for odds_ratio in [0.05, 0.4, 1.0, 4.0, 40.0] {
            for (log_odds, varying) in [(0.0, 0.0), (0.0, 2.0), (-1.5, 1.0)] {
                for &completions in completions {
                    let of = |&prompts| Self { odds_ratio, log_odds, varying, completions, prompts };
                    cells.extend(prompts.iter().map(of));
                }
            }
        }
        cells
    }

    fn table(&self, rng: &mut ChaCha8Rng) -> Table {
        let shift: f64 = StandardNormal.sample(rng);
        let odds = (self.log_odds + self.varying * shift).exp();
        // The odds that only one is met, and that both are, to neither.
        let weights = [odds * odds * self.odds_ratio, odds, odds, 1.0];
        let sum: f64 = weights.iter().sum();
        let mut counts = [0; 4];
        for _ in 0..self.completions {
            let mut left = rng.random::<f64>() * sum;
            let kind = weights.iter().position(|weight| {
                left -= weight;
                left < 0.0
            });
            counts[kind.unwrap_or(3)] += 1;
        }
        let [both, first, second, neither] = counts;
        Table { both, first, second, neither }
    }

    /// On the scale of ψ / (1 + ψ), on which widths are finite. Where nothing is known all of it counts as held.
    fn cover(&self, seed: u64, stages: &[(u64, f64)]) -> Coverage {
        let [coverage] = repeat(seed, stages, |rng, [coverage]: &mut [Coverage; 1]| {
            let mut prompts: BTreeMap<Vec<Table>, u64> = BTreeMap::new();
            for _ in 0..self.prompts {
                *prompts.entry(vec![self.table(rng)]).or_default() += 1;
            }
            let interval = OddsRatio::new(&prompts).interval(LEVEL).unwrap_or(Interval::new(0.0, f64::INFINITY));
            let share = |odds: f64| if odds.is_finite() { odds / (1.0 + odds) } else { 1.0 };
            coverage.add(Interval::new(share(interval.low), share(interval.high)), share(self.odds_ratio));
        });
        coverage
    }
}

fn rows(cells: &[Cell], stages: &[(u64, f64)]) -> Vec<(String, Coverage)> {
    let of = |(n, cell): (usize, &Cell)| (format!("{cell:?}"), cell.cover(n as u64, stages));
    cells.par_iter().enumerate().map(of).collect()
}

#[test]
#[ignore = "heavy: a hundred thousand data sets"]
fn intervals_of_odds_ratios_cover() {
    judge(rows(&Cell::all(&[2, 8, 32], &[20, 100]), &STAGES), AT_LEAST);
}

#[test]
fn intervals_of_odds_ratios_cover_coarsely() {
    judge(rows(&Cell::all(&[4], &[30]), &COARSE), AT_LEAST - 0.08);
}
