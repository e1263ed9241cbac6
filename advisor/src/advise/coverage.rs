//! How often the intervals hold the truth, over a wide grid of what prompts could be like.
//!
//! `cargo test --release --workspace --lib -- --ignored coverage --nocapture` prints the tables, the worst first.

mod credit;
mod dependence;
mod groups;
mod prompts;
mod rates;

use super::stats::Interval;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::fmt;

const LEVEL: f64 = 0.9;
/// Every cell of every grid must be covered so often.
const AT_LEAST: f64 = 0.88;

/// Data sets tried until a cell is left alone, and the coverage at which it is: what is clearly enough costs little, and
/// what is near the nominal level is tried so often that its standard error is 0.4 points.
const STAGES: [(u64, f64); 3] = [(200, 0.955), (1_000, 0.91), (5_000, 0.0)];
/// The same where only gross mistakes are looked for, with an error of 2 points.
const COARSE: [(u64, f64); 1] = [(200, 0.0)];

/// How often an interval held the truth, missed by lying above and below it, and how wide it was on average.
#[derive(Clone, Copy, Debug, Default)]
struct Coverage {
    sets: u64,
    above: u64,
    below: u64,
    width: f64,
}

impl Coverage {
    fn add(&mut self, interval: Interval, truth: f64) {
        self.sets += 1;
        // Certainty is 1 up to rounding.
        self.above += u64::from(interval.low > truth + 1e-9);
        self.below += u64::from(interval.high < truth - 1e-9);
        self.width += interval.width();
    }

    fn held(&self) -> f64 {
        1.0 - (self.above + self.below) as f64 / self.sets as f64
    }

    fn width(&self) -> f64 {
        self.width / self.sets as f64
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sets, above, below, .. } = self;
        let (held, width) = (self.held(), self.width());
        write!(f, "{held:.3} of {sets} ({above} all above, {below} all below), width {width:.4}")
    }
}

/// Adds data sets, each from its own stream of that seed, until every coverage is enough for its stage.
fn repeat<const N: usize>(
    seed: u64,
    stages: &[(u64, f64)],
    mut one: impl FnMut(&mut ChaCha8Rng, &mut [Coverage; N]),
) -> [Coverage; N] {
    let mut coverage = [Coverage::default(); N];
    let mut stream = 0;
    for &(until, enough) in stages {
        while stream < until {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(stream);
            one(&mut rng, &mut coverage);
            stream += 1;
        }
        if coverage.iter().all(|coverage| coverage.held() >= enough) {
            break;
        }
    }
    coverage
}

/// Prints the worst and refuses what is not covered often enough.
fn judge(mut rows: Vec<(String, Coverage)>, at_least: f64) {
    rows.sort_by(|a, b| a.1.held().total_cmp(&b.1.held()));
    for (cell, coverage) in rows.iter().take(25) {
        println!("{cell}: {coverage}");
    }
    let bad: Vec<String> = rows
        .iter()
        .filter(|(_, coverage)| coverage.held() < at_least)
        .map(|(cell, coverage)| format!("{cell}: {coverage}"))
        .collect();
    println!("{} cells, {} below {at_least}", rows.len(), bad.len());
    assert!(bad.is_empty(), "{bad:#?}");
}
