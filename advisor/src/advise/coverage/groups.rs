//! Intervals of shares of groups.

use super::{AT_LEAST, COARSE, Coverage, LEVEL, STAGES, judge, prompts::Cell, repeat};
use crate::advise::stats::{GroupShares, PromptLevels};
use rayon::prelude::*;
use std::collections::BTreeMap;

const GROUP: u64 = 8;

/// Of the shares of groups without a hit, of hits only, and of both.
fn cover(cell: &Cell, seed: u64, stages: &[(u64, f64)]) -> [Coverage; 3] {
    let alike = |hit: bool| cell.mixing.all_alike(cell.mean, hit, GROUP);
    let truth = [alike(false), alike(true), 1.0 - alike(false) - alike(true)];
    repeat(seed, stages, |rng, coverage| {
        let mut prompts = BTreeMap::new();
        for (hits, trials, n) in cell.sample(rng).iter() {
            let counts = [(0, trials - hits), (PromptLevels::ONE, hits)];
            let counts = counts.into_iter().filter(|&(_, count)| count > 0).collect();
            prompts.insert(PromptLevels { counts }, n);
        }
        let GroupShares { all_zero, all_one, mixed, .. } =
            GroupShares::new(&prompts, GROUP, LEVEL).expect("there are prompts");
        for ((coverage, share), truth) in coverage.iter_mut().zip([all_zero, all_one, mixed]).zip(truth) {
            coverage.add(share.interval, truth);
        }
    })
}

fn rows(cells: &[Cell], stages: &[(u64, f64)]) -> Vec<(String, Coverage)> {
    let of = |(n, cell): (usize, &Cell)| {
        let kinds = ["all miss", "all hit", "mixed"].into_iter().zip(cover(cell, n as u64, stages));
        let rows: Vec<_> = kinds.map(|(kind, coverage)| (format!("{cell}, {kind}"), coverage)).collect();
        rows
    };
    cells.par_iter().enumerate().flat_map_iter(of).collect()
}

/// With 4 completions, less than a group's worth, they are bounds.
#[test]
#[ignore = "heavy: hundreds of thousands of data sets"]
fn intervals_of_groups_cover_whatever_the_mixing() {
    judge(rows(&Cell::all(&[0.005, 0.05, 0.2, 0.5], &[4, 8, 96], &[20, 100, 500]), &STAGES), AT_LEAST);
}

#[test]
fn intervals_of_groups_cover_coarsely() {
    judge(rows(&Cell::all(&[0.05, 0.3], &[4, 16], &[60]), &COARSE), AT_LEAST - 0.08);
}
