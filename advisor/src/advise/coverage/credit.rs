//! Intervals of the critical credit.

use super::{AT_LEAST, COARSE, Coverage, LEVEL, STAGES, judge, repeat};
use crate::advise::critical_credit::{Shares, critical_credit, interval};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution, Gamma};
use rayon::prelude::*;

/// How prompts vary.
#[derive(Clone, Copy, Debug)]
enum Mixing {
    Alike,
    /// Dirichlet with that intra-prompt correlation.
    Dirichlet(f64),
    /// A fifth of the prompts has no full answer.
    SomeNeverFull,
    /// All full answers are on as few prompts as can be, which have only these.
    FullApart,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    full: f64,
    partial: f64,
    completions: u64,
    prompts: u64,
    mixing: Mixing,
}

impl Cell {
    fn all(completions: &[u64], prompts: &[u64]) -> Vec<Self> {
        let mut cells = Vec::new();
        for mixing in
            [Mixing::Alike, Mixing::Dirichlet(0.1), Mixing::Dirichlet(0.4), Mixing::SomeNeverFull, Mixing::FullApart]
        {
            for (full, partial) in [(0.005, 0.5), (0.02, 0.9), (0.05, 0.05), (0.1, 0.4), (0.3, 0.3), (0.5, 0.2)] {
                for &completions in completions {
                    cells.extend(prompts.iter().map(|&prompts| Self { full, partial, completions, prompts, mixing }));
                }
            }
        }
        cells
    }

    /// Rates of full and partial answers of a prompt.
    fn rates(&self, rng: &mut ChaCha8Rng) -> (f64, f64) {
        let (full, partial) = (self.full, self.partial);
        match self.mixing {
            Mixing::Alike => (full, partial),
            Mixing::Dirichlet(correlation) => {
                let scale = (1.0 - correlation) / correlation;
                let mut draw = |share: f64| Gamma::new(share * scale, 1.0).expect("a shape above 0").sample(rng);
                let (full, partial, none) = (draw(full), draw(partial), draw(1.0 - full - partial));
                let sum = full + partial + none;
                (full / sum, partial / sum)
            }
            Mixing::SomeNeverFull if rng.random_bool(0.2) => (0.0, partial),
            Mixing::SomeNeverFull => (full / 0.8, partial),
            Mixing::FullApart if rng.random_bool(full) => (1.0, 0.0),
            Mixing::FullApart => (0.0, partial / (1.0 - full)),
        }
    }

    fn cover(&self, seed: u64, stages: &[(u64, f64)]) -> Coverage {
        let truth = critical_credit(self.full, self.partial).expect("there are partial answers");
        let [coverage] = repeat(seed, stages, |rng, [coverage]: &mut [Coverage; 1]| {
            let mut shares = Shares::new();
            for _ in 0..self.prompts {
                let (full, partial) = self.rates(rng);
                let binomial = |n: u64, rate: f64, rng: &mut ChaCha8Rng| {
                    Binomial::new(n, rate.clamp(0.0, 1.0)).expect("a rate in [0, 1]").sample(rng)
                };
                let fulls = binomial(self.completions, full, rng);
                let others = self.completions - fulls;
                let partials = if full < 1.0 { binomial(others, partial / (1.0 - full), rng) } else { 0 };
                *shares.entry((fulls, partials, self.completions)).or_default() += 1;
            }
            // Without a partial answer, or with nothing else, there is no interval.
            let partials =
                |all: bool| shares.keys().all(|&(_, partials, known)| partials == if all { known } else { 0 });
            if !partials(false) && !partials(true) {
                coverage.add(interval(&shares, LEVEL, rng.random()), truth);
            }
        });
        coverage
    }
}

fn rows(cells: &[Cell], stages: &[(u64, f64)]) -> Vec<(String, Coverage)> {
    let of = |(n, cell): (usize, &Cell)| (format!("{cell:?}"), cell.cover(n as u64, stages));
    cells.par_iter().enumerate().map(of).collect()
}

#[test]
#[ignore = "heavy: tens of thousands of data sets of 2,000 draws"]
fn intervals_of_the_critical_credit_cover_whatever_the_mixing() {
    judge(rows(&Cell::all(&[8, 96], &[20, 100]), &STAGES[..2]), AT_LEAST);
}

#[test]
fn intervals_of_the_critical_credit_cover_coarsely() {
    judge(rows(&Cell::all(&[16], &[30]), &COARSE), AT_LEAST - 0.08);
}
