//! What prompts could be like.

use crate::advise::stats::Tally;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Beta, Binomial, Distribution};
use std::fmt;

/// How the rates of prompts vary around their mean p.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mixing {
    /// Not at all.
    Alike,
    /// A beta distribution with that intra-prompt correlation.
    Beta(f64),
    /// Half of the prompts are never solved, the others all alike.
    HalfNever,
    /// A tenth of the prompts is never solved, the others all alike.
    FewNever,
    /// Only the share √p of the prompts is ever solved, at the rate √p.
    FewEver,
    /// Each prompt is solved always or never.
    AlwaysOrNever,
    /// So much of p comes from prompts that are always solved; the others are all alike.
    Always(f64),
}

impl Mixing {
    pub(super) const ALL: [Self; 10] = [
        Self::Alike,
        Self::Beta(0.05),
        Self::Beta(0.2),
        Self::Beta(0.5),
        Self::HalfNever,
        Self::FewNever,
        Self::FewEver,
        Self::AlwaysOrNever,
        Self::Always(0.5),
        Self::Always(0.2),
    ];

    /// Share of the easier prompts, their rate, and that of the others.
    fn two_points(self, mean: f64) -> (f64, f64, f64) {
        match self {
            Self::Alike | Self::Beta(_) => (1.0, mean, mean),
            Self::HalfNever => (0.5, 2.0 * mean, 0.0),
            Self::FewNever => (0.9, mean / 0.9, 0.0),
            Self::FewEver => (mean.sqrt(), mean.sqrt(), 0.0),
            Self::AlwaysOrNever => (mean, 1.0, 0.0),
            Self::Always(part) => (part * mean, 1.0, mean * (1.0 - part) / (1.0 - part * mean)),
        }
    }

    pub(super) fn rate(self, mean: f64, rng: &mut ChaCha8Rng) -> f64 {
        if let Self::Beta(correlation) = self {
            let scale = (1.0 - correlation) / correlation;
            return Beta::new(mean * scale, (1.0 - mean) * scale).expect("shapes are above 0").sample(rng);
        }
        let (share, easy, hard) = self.two_points(mean);
        if rng.random_bool(share) { easy } else { hard }
    }

    /// Share of groups of that size that are all hits, or all misses.
    pub(super) fn all_alike(self, mean: f64, hit: bool, size: u64) -> f64 {
        let of = |rate: f64| if hit { rate } else { 1.0 - rate };
        if let Self::Beta(correlation) = self {
            let scale = (1.0 - correlation) / correlation;
            return (0..size).map(|n| (of(mean) * scale + n as f64) / (scale + n as f64)).product();
        }
        let (share, easy, hard) = self.two_points(mean);
        let all = |rate: f64| of(rate).powi(size as i32);
        share * all(easy) + (1.0 - share) * all(hard)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub(super) mean: f64,
    pub(super) completions: u64,
    pub(super) prompts: u64,
    pub(super) mixing: Mixing,
    /// Prompts have from 1 to so many completions, at random, as where each brings its own constraints.
    pub(super) uneven: bool,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mean, completions, prompts, mixing, uneven } = self;
        let up_to = if *uneven { "up to " } else { "" };
        write!(f, "{mixing:?}, p {mean}, {prompts} prompts of {up_to}{completions}")
    }
}

impl Cell {
    pub(super) fn all(means: &[f64], completions: &[u64], prompts: &[u64]) -> Vec<Self> {
        let mut cells = Vec::new();
        for mixing in Mixing::ALL {
            for &mean in means {
                for &completions in completions {
                    let of = |&prompts| Self { mean, completions, prompts, mixing, uneven: false };
                    cells.extend(prompts.iter().map(of));
                }
            }
        }
        cells
    }

    pub(super) fn sample(&self, rng: &mut ChaCha8Rng) -> Tally {
        let prompt = |_| {
            let completions = if self.uneven { rng.random_range(1..=self.completions) } else { self.completions };
            let rate = self.mixing.rate(self.mean, rng);
            (Binomial::new(completions, rate).expect("a rate in [0, 1]").sample(rng), completions)
        };
        (0..self.prompts).map(prompt).collect()
    }
}
