//! How often the intervals hold the truth, over a wide grid of what prompts could be like.

use super::stats::{GroupShares, Interval, PromptLevels, PromptMean, Tally};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Binomial, Distribution};
use rayon::prelude::*;
use statrs::distribution::{Beta as BetaCdf, ContinuousCDF};
use std::{collections::BTreeMap, fmt};

const LEVEL: f64 = 0.9;
const AT_LEAST: f64 = 0.88;
/// Where a tenth of the prompts is always solved, 20 prompts have none of these 12 % of the time.
const AT_LEAST_WITH_FEW_UNSEEN: f64 = 0.86;
const GROUP: u64 = 8;
const REPETITIONS: u64 = 1000;

/// How the rates of prompts vary around their mean.
#[derive(Clone, Copy, Debug)]
enum Mixing {
    /// A beta distribution with that intra-prompt correlation.
    Beta(f64),
    /// Half of the prompts are never solved, the others all alike.
    HalfNever,
    /// Only the share √p of the prompts is ever solved, at the rate √p.
    FewEver,
    /// Each prompt is solved always or never.
    AlwaysOrNever,
    /// The share p/2 of the prompts is always solved, the others all alike.
    FewAlways,
}

impl Mixing {
    const ALL: [Self; 7] = [
        Self::Beta(0.0),
        Self::Beta(0.1),
        Self::Beta(0.4),
        Self::HalfNever,
        Self::FewEver,
        Self::AlwaysOrNever,
        Self::FewAlways,
    ];

    /// Share of the easier prompts, their rate, and that of the others.
    fn two_points(self, mean: f64) -> (f64, f64, f64) {
        match self {
            Self::Beta(_) => (1.0, mean, mean),
            Self::HalfNever => (0.5, 2.0 * mean, 0.0),
            Self::FewEver => (mean.sqrt(), mean.sqrt(), 0.0),
            Self::AlwaysOrNever => (mean, 1.0, 0.0),
            Self::FewAlways => (mean / 2.0, 1.0, mean / (2.0 - mean)),
        }
    }

    fn rate(self, mean: f64, rng: &mut ChaCha8Rng) -> f64 {
        if let Self::Beta(correlation @ 0.01..) = self {
            let scale = (1.0 - correlation) / correlation;
            return Beta::new(mean * scale, (1.0 - mean) * scale).unwrap().sample(rng);
        }
        let (share, easy, hard) = self.two_points(mean);
        if rng.random_bool(share) { easy } else { hard }
    }

    /// Shares of groups without a hit, of hits only, and of both.
    fn groups(self, mean: f64) -> [f64; 3] {
        let [miss, hit] = [self.all_alike(mean, false), self.all_alike(mean, true)];
        [miss, hit, 1.0 - miss - hit]
    }

    fn all_alike(self, mean: f64, hit: bool) -> f64 {
        let of = |rate: f64| if hit { rate } else { 1.0 - rate };
        if let Self::Beta(correlation @ 0.01..) = self {
            let scale = (1.0 - correlation) / correlation;
            return (0..GROUP).map(|n| (of(mean) * scale + n as f64) / (scale + n as f64)).product();
        }
        let (share, easy, hard) = self.two_points(mean);
        let all = |rate: f64| of(rate).powi(GROUP as i32);
        share * all(easy) + (1.0 - share) * all(hard)
    }
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    mean: f64,
    completions: u64,
    prompts: u64,
    mixing: Mixing,
}

/// Share of repetitions whose interval held the mean, that by missing above and below it, and the mean width.
#[derive(Clone, Copy, Debug, Default)]
struct Coverage {
    held: f64,
    above: f64,
    below: f64,
    width: f64,
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { held, above, below, width } = self;
        write!(f, "{held:.3} ({above:.3} all above, {below:.3} all below), width {width:.4}")
    }
}

impl Coverage {
    fn add(&mut self, interval: Interval, truth: f64) {
        let each = 1.0 / REPETITIONS as f64;
        self.held += each * f64::from(u8::from(interval.contains(truth)));
        self.above += each * f64::from(u8::from(interval.low > truth));
        self.below += each * f64::from(u8::from(interval.high < truth));
        self.width += each * interval.width();
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mean, completions, prompts, mixing } = self;
        write!(f, "{mixing:?}, p {mean}, {prompts} prompts of {completions}")
    }
}

impl Cell {
    fn all(completions: &[u64]) -> Vec<Self> {
        let mut cells = Vec::new();
        for mixing in Mixing::ALL {
            for mean in [0.005, 0.05, 0.2, 0.5] {
                for &completions in completions {
                    let of = |prompts| Self { mean, completions, prompts, mixing };
                    cells.extend([20, 100, 500].map(of));
                }
            }
        }
        cells
    }

    fn least(&self) -> f64 {
        let few = matches!(self.mixing, Mixing::FewAlways) && self.prompts == 20;
        if few { AT_LEAST_WITH_FEW_UNSEEN } else { AT_LEAST }
    }

    fn sample(&self, rng: &mut ChaCha8Rng) -> Tally {
        let hits = |rng: &mut ChaCha8Rng| {
            Binomial::new(self.completions, self.mixing.rate(self.mean, rng)).unwrap().sample(rng)
        };
        (0..self.prompts).map(|_| (hits(rng), self.completions)).collect()
    }

    /// Of the mean rate: our interval, and that of Clopper and Pearson over all completions as if prompts did not
    /// matter.
    fn of_rates(&self, seed: u64) -> (Coverage, Coverage) {
        let (mut ours, mut pooled) = (Coverage::default(), Coverage::default());
        self.repeat(seed, |tally| {
            ours.add(PromptMean::of_rates(tally).unwrap().interval(LEVEL), self.mean);
            pooled.add(clopper_pearson(tally.hits(), tally.trials()), self.mean);
        });
        (ours, pooled)
    }

    /// Of the shares of groups without a hit, of hits only, and of both.
    fn of_groups(&self, seed: u64) -> [Coverage; 3] {
        let truth = self.mixing.groups(self.mean);
        let mut ours = [Coverage::default(); 3];
        self.repeat(seed, |tally| {
            let mut prompts = BTreeMap::new();
            for (hits, trials, n) in tally.iter() {
                let counts = [(0, trials - hits), (PromptLevels::ONE, hits)];
                let counts = counts.into_iter().filter(|&(_, count)| count > 0).collect();
                prompts.insert(PromptLevels { counts }, n);
            }
            let GroupShares { all_zero, all_one, mixed, .. } = GroupShares::new(&prompts, GROUP, LEVEL).unwrap();
            for ((coverage, share), truth) in ours.iter_mut().zip([all_zero, all_one, mixed]).zip(truth) {
                // Certainty is 1 up to rounding.
                coverage.add(Interval::new(share.interval.low - 1e-9, share.interval.high + 1e-9), truth);
            }
        });
        ours
    }

    fn repeat(&self, seed: u64, mut with: impl FnMut(&Tally)) {
        for repetition in 0..REPETITIONS {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(repetition);
            with(&self.sample(&mut rng));
        }
    }
}

/// Clopper and Pearson 1934, Biometrika 26(4).
fn clopper_pearson(hits: u64, trials: u64) -> Interval {
    let tail = (1.0 - LEVEL) / 2.0;
    let quantile = |a: u64, b: u64, share: f64| BetaCdf::new(a as f64, b as f64).unwrap().inverse_cdf(share);
    let low = if hits == 0 { 0.0 } else { quantile(hits, trials - hits + 1, tail) };
    let high = if hits == trials { 1.0 } else { quantile(hits + 1, trials - hits, 1.0 - tail) };
    Interval::new(low, high)
}

/// `cargo test --release -- --ignored intervals_of --nocapture` prints the tables, the worst first.
#[test]
#[ignore = "heavy: 252,000 data sets"]
fn intervals_of_rates_cover_whatever_the_mixing() {
    let cells = Cell::all(&[8, 32, 96]);
    let mut rows: Vec<_> = cells.into_par_iter().enumerate().map(|(n, cell)| (cell, cell.of_rates(n as u64))).collect();
    rows.sort_by(|a, b| a.1.0.held.total_cmp(&b.1.0.held));
    for (cell, (ours, pooled)) in &rows {
        println!("{cell}: {ours} | Clopper-Pearson over completions {:.3}, width {:.4}", pooled.held, pooled.width);
    }
    assert!(rows.iter().all(|(cell, (ours, _))| ours.held >= cell.least()), "{}", rows[0].0);
}

/// With 2 and 4 completions, less than a group's worth, they are bounds.
#[test]
#[ignore = "heavy: 420,000 data sets"]
fn intervals_of_groups_cover_whatever_the_mixing() {
    let cells = Cell::all(&[2, 4, 8, 32, 96]).into_par_iter().enumerate();
    let mut rows: Vec<_> = cells
        .flat_map_iter(|(n, cell)| {
            let kinds = ["all miss", "all hit", "mixed"].into_iter().zip(cell.of_groups(n as u64));
            kinds.map(move |(kind, ours)| (cell, kind, ours))
        })
        .collect();
    rows.sort_by(|a, b| a.2.held.total_cmp(&b.2.held));
    for (cell, kind, ours) in &rows {
        println!("{cell}, {kind}: {ours}");
    }
    assert!(rows.iter().all(|(cell, _, ours)| ours.held >= cell.least()), "{}", rows[0].0);
}
