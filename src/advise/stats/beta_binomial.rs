//! The mean over prompts of a rate, when prompts differ and each has few completions: a beta-binomial hierarchy.
//!
//! Prompt i has its own rate θᵢ ~ Beta with mean μ and intra-prompt correlation ρ = 1 / (a + b + 1), and hits
//! xᵢ ~ Binomial(mᵢ, θᵢ) (Skellam 1948). Both are unknown and integrated over, not plugged in, so the interval for μ
//! widens when the data cannot tell how different prompts are. Priors: μ ~ Beta(½, ½) (Jeffreys), √ρ uniform on (0, 1)
//! (uniform on the scale of a standard deviation: Gelman 2006, Bayesian Analysis 1(3)).

use super::{Interval, Tally, steps::Steps};
use std::f64::consts::FRAC_PI_2;

/// Cells of the passes that look for the mass, and of the last one, per axis (mean, correlation).
const SEARCH: (usize, usize) = (20, 10);
const FINAL: (usize, usize) = (60, 20);
/// Passes that look for the mass, at most.
const PASSES: usize = 6;
/// Log-density below the highest at which a cell counts as empty.
const DEPTH: f64 = 12.0;

/// What a tally says about the mean rate over prompts.
#[derive(Clone, Debug)]
pub struct Posterior {
    /// Edges of equal cells in φ = asin √μ, in which the prior is uniform, with the probability below each.
    edges: Vec<(f64, f64)>,
    estimate: f64,
    correlation: Option<f64>,
}

impl Posterior {
    /// The posterior given a tally; `None` when it holds no prompt.
    #[must_use]
    pub fn new(tally: &Tally) -> Option<Self> {
        let estimate = tally.mean()?;
        let likelihood = Likelihood::new(tally);
        let mut region = Region { mean: (0.0, FRAC_PI_2), spread: (0.0, 1.0) };
        // Single trials say nothing of likeness within prompts, and the likelihood does not depend on it.
        let rows = |cells: (usize, usize)| if tally.repeats() { cells } else { (cells.0, 1) };
        for _ in 0..PASSES {
            let narrowed = region.narrowed(&likelihood.over(&region, rows(SEARCH)), rows(SEARCH));
            let settled = narrowed.size() > 0.7 * region.size();
            region = narrowed;
            if settled {
                break;
            }
        }
        let cells = rows(FINAL);
        let weights = exponentials(&likelihood.over(&region, cells));
        let total: f64 = weights.iter().sum();
        let mut below = 0.0;
        let mut edges = vec![(region.mean.0, 0.0)];
        for column in 0..cells.0 {
            below += weights[column * cells.1..][..cells.1].iter().sum::<f64>() / total;
            edges.push((region.mean_at(column as f64 + 1.0, cells), below.min(1.0)));
        }
        let correlation = tally.repeats().then(|| {
            let at = |row: usize| region.spread_at(row as f64 + 0.5, cells).powi(2);
            weights.iter().enumerate().map(|(cell, weight)| weight * at(cell % cells.1)).sum::<f64>() / total
        });
        Some(Self { edges, estimate, correlation })
    }

    /// The mean over prompts of the observed shares: unbiased, each prompt counting the same.
    #[must_use]
    pub fn estimate(&self) -> f64 {
        self.estimate
    }

    /// Posterior mean of the intra-prompt correlation ρ in [0, 1]: 0 when prompts are all alike, 1 when each prompt
    /// always or never hits. `None` when no prompt has two trials.
    #[must_use]
    pub fn correlation(&self) -> Option<f64> {
        self.correlation
    }

    /// The value of μ below which the share `probability` of the posterior lies.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> f64 {
        let upper = self.edges.partition_point(|&(_, below)| below < probability).clamp(1, self.edges.len() - 1);
        let ((left, below), (right, above)) = (self.edges[upper - 1], self.edges[upper]);
        let share = if above > below { ((probability - below) / (above - below)).clamp(0.0, 1.0) } else { 0.5 };
        (left + share * (right - left)).sin().powi(2)
    }

    /// The equal-tailed interval of that probability content, reaching 0 when nothing hit and 1 when everything did
    /// (Brown, Cai and DasGupta 2001, Statistical Science 16(2), modified Jeffreys interval), and holding the estimate.
    #[must_use]
    pub fn interval(&self, level: f64) -> Interval {
        let tail = (1.0 - level) / 2.0;
        Interval::new(self.quantile(tail), self.quantile(1.0 - tail)).including(self.estimate)
    }
}

/// The log-likelihood of (μ, ρ), in which only sums over all prompts remain.
struct Likelihood {
    hits: Steps,
    misses: Steps,
    trials: Steps,
}

impl Likelihood {
    fn new(tally: &Tally) -> Self {
        Self {
            hits: Steps::new(tally.iter().map(|(hits, _, prompts)| (hits, prompts))),
            misses: Steps::new(tally.iter().map(|(hits, trials, prompts)| (trials - hits, prompts))),
            trials: Steps::new(tally.iter().map(|(_, trials, prompts)| (trials, prompts))),
        }
    }

    /// `Σ ln [ Γ(x+a) Γ(m−x+b) Γ(a+b) / (Γ(a) Γ(b) Γ(m+a+b)) ]` with every factor divided by a + b, which keeps it exact
    /// as ρ → 0: `stride` is 1 / (a + b) = ρ / (1 − ρ).
    fn over(&self, region: &Region, cells: (usize, usize)) -> Vec<f64> {
        let strides: Vec<(f64, f64)> = (0..cells.1)
            .map(|row| {
                let correlation = region.spread_at(row as f64 + 0.5, cells).powi(2);
                let stride = correlation / (1.0 - correlation);
                (stride, self.trials.log_sum(1.0, stride))
            })
            .collect();
        let mut logs = Vec::with_capacity(cells.0 * cells.1);
        for column in 0..cells.0 {
            let (sin, cos) = region.mean_at(column as f64 + 0.5, cells).sin_cos();
            logs.extend(strides.iter().map(|&(stride, trials)| {
                self.hits.log_sum(sin * sin, stride) + self.misses.log_sum(cos * cos, stride) - trials
            }));
        }
        logs
    }
}

/// A rectangle in (asin √μ, √ρ), where the prior is uniform.
#[derive(Clone, Copy)]
struct Region {
    mean: (f64, f64),
    spread: (f64, f64),
}

impl Region {
    fn mean_at(&self, position: f64, cells: (usize, usize)) -> f64 {
        between(self.mean, position / cells.0 as f64)
    }

    fn spread_at(&self, position: f64, cells: (usize, usize)) -> f64 {
        between(self.spread, position / cells.1 as f64)
    }

    fn size(&self) -> f64 {
        (self.mean.1 - self.mean.0) * (self.spread.1 - self.spread.0)
    }

    /// The part that holds the mass, with a cell to spare on each side.
    fn narrowed(&self, logs: &[f64], cells: (usize, usize)) -> Self {
        let floor = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max) - DEPTH;
        let full = |cell: &usize| logs[*cell] >= floor;
        let hull = |axis: fn(usize, usize) -> usize, limit: usize| {
            let held = || (0..logs.len()).filter(full).map(|cell| axis(cell, cells.1));
            let (low, high) = (held().min().unwrap_or(0), held().max().unwrap_or(0));
            (low.saturating_sub(1) as f64, (high + 2).min(limit) as f64)
        };
        let columns = hull(|cell, width| cell / width, cells.0);
        let rows = hull(|cell, width| cell % width, cells.1);
        Self {
            mean: (self.mean_at(columns.0, cells), self.mean_at(columns.1, cells)),
            spread: (self.spread_at(rows.0, cells), self.spread_at(rows.1, cells)),
        }
    }
}

fn between((low, high): (f64, f64), share: f64) -> f64 {
    low + (high - low) * share
}

fn exponentials(logs: &[f64]) -> Vec<f64> {
    let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logs.iter().map(|log| (log - highest).exp()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With one trial a prompt it is the Jeffreys posterior Beta(3.5, 7.5), whose quantiles come from the incomplete beta
    /// function of statrs.
    #[test]
    fn single_trials_give_jeffreys() {
        use statrs::distribution::{Beta, ContinuousCDF};
        let tally: Tally = (0..10).map(|n| (u64::from(n < 3), 1)).collect();
        let interval = Posterior::new(&tally).unwrap().interval(0.9);
        let beta = Beta::new(3.5, 7.5).unwrap();
        assert!((beta.cdf(interval.low) - 0.05).abs() < 2e-3, "{interval:?}");
        assert!((beta.cdf(interval.high) - 0.95).abs() < 2e-3, "{interval:?}");
    }

    #[test]
    fn sees_how_alike_completions_of_a_prompt_are() {
        let alike: Tally = (0..40).map(|_| (48, 96)).collect();
        let apart: Tally = (0..40).map(|n| (96 * (n % 2), 96)).collect();
        let (alike, apart) = (Posterior::new(&alike).unwrap(), Posterior::new(&apart).unwrap());
        assert!(alike.correlation().unwrap() < 0.01 && apart.correlation().unwrap() > 0.9);
        assert!(alike.interval(0.9).width() < 0.05 && apart.interval(0.9).width() > 0.2);
    }

    #[test]
    fn extremes_reach_the_ends() {
        let none = Posterior::new(&[(0, 8), (0, 8)].into_iter().collect()).unwrap().interval(0.9);
        let all = Posterior::new(&[(8, 8), (8, 8)].into_iter().collect()).unwrap().interval(0.9);
        assert_eq!((none.low, all.high), (0.0, 1.0));
        assert!(none.high > 0.1 && all.low < 0.9, "two prompts prove little: {none:?} {all:?}");
        assert!(Posterior::new(&Tally::default()).is_none());
    }
}
