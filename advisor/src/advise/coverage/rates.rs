//! Intervals of mean rates: of full, partial and none, and of families of constraints.

use super::{
    AT_LEAST, COARSE, Coverage, LEVEL, STAGES, judge,
    prompts::{Cell, Mixing},
    repeat,
};
use crate::advise::stats::{Interval, PromptMean};
use rayon::prelude::*;
use statrs::distribution::{Beta, ContinuousCDF};

const MEANS: [f64; 8] = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5];
const PROMPTS: [u64; 5] = [20, 50, 100, 200, 500];

/// Clopper and Pearson 1934, Biometrika 26(4).
fn clopper_pearson(hits: u64, trials: u64) -> Interval {
    let tail = (1.0 - LEVEL) / 2.0;
    let quantile =
        |a: u64, b: u64, share: f64| Beta::new(a as f64, b as f64).expect("shapes are above 0").inverse_cdf(share);
    let low = if hits == 0 { 0.0 } else { quantile(hits, trials - hits + 1, tail) };
    let high = if hits == trials { 1.0 } else { quantile(hits + 1, trials - hits, 1.0 - tail) };
    Interval::new(low, high)
}

/// Our interval, and that of Clopper and Pearson over all completions as if prompts did not matter, on the first of the
/// same data sets.
fn cover(cell: &Cell, seed: u64, stages: &[(u64, f64)]) -> (Coverage, Coverage) {
    let mut pooled = Coverage::default();
    let [ours] = repeat(seed, stages, |rng, [ours]: &mut [Coverage; 1]| {
        let tally = cell.sample(rng);
        ours.add(PromptMean::of_rates(&tally).expect("there are prompts").interval(LEVEL), cell.mean);
        if pooled.sets < stages[0].0 {
            pooled.add(clopper_pearson(tally.hits(), tally.trials()), cell.mean);
        }
    });
    (ours, pooled)
}

fn cover_all(cells: &[Cell], stages: &[(u64, f64)]) -> Vec<(Cell, Coverage, Coverage)> {
    let of = |(n, cell): (usize, &Cell)| {
        let (ours, pooled) = cover(cell, n as u64, stages);
        (*cell, ours, pooled)
    };
    cells.par_iter().enumerate().map(of).collect()
}

/// Per mixing and number of prompts: the least coverage and the mean width over all rates and completions.
fn widths(rows: &[(Cell, Coverage, Coverage)]) {
    println!("mixing, prompts: least coverage, mean width | Clopper-Pearson's over all completions");
    for mixing in Mixing::ALL {
        for prompts in PROMPTS {
            let of: Vec<_> =
                rows.iter().filter(|(cell, ..)| cell.mixing == mixing && cell.prompts == prompts).collect();
            let least = |coverage: fn(&(Cell, Coverage, Coverage)) -> f64| {
                of.iter().map(|row| coverage(row)).fold(f64::INFINITY, f64::min)
            };
            let mean = |width: fn(&(Cell, Coverage, Coverage)) -> f64| {
                of.iter().map(|row| width(row)).sum::<f64>() / of.len() as f64
            };
            println!(
                "{mixing:?}, {prompts}: {:.3}, {:.4} | {:.3}, {:.4}",
                least(|row| row.1.held()),
                mean(|row| row.1.width()),
                least(|row| row.2.held()),
                mean(|row| row.2.width())
            );
        }
    }
}

fn rows(rows: Vec<(Cell, Coverage, Coverage)>) -> Vec<(String, Coverage)> {
    let of = |(cell, ours, pooled): (Cell, Coverage, Coverage)| {
        let (held, width) = (pooled.held(), pooled.width());
        (format!("{cell} (Clopper-Pearson over completions {held:.3}, width {width:.4})"), ours)
    };
    rows.into_iter().map(of).collect()
}

#[test]
#[ignore = "heavy: a million data sets"]
fn intervals_of_rates_cover_whatever_the_mixing() {
    let mut cells = Cell::all(&MEANS, &[8, 16, 32, 96], &PROMPTS);
    cells.extend(Cell::all(&MEANS, &[16], &[20, 100, 500]).into_iter().map(|cell| Cell { uneven: true, ..cell }));
    let covered = cover_all(&cells, &STAGES);
    widths(&covered);
    judge(rows(covered), AT_LEAST);
}

/// Four standard errors below the bar, on cells of every mixing; among them one whose always solved prompts 20 prompts
/// show none of in an eighth of the data sets.
#[test]
fn intervals_of_rates_cover_coarsely() {
    let cells = Cell::all(&[0.02, 0.2, 0.5], &[8, 96], &[20, 100]);
    judge(rows(cover_all(&cells, &COARSE)), AT_LEAST - 0.08);
}
