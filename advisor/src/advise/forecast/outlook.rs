//! Forecast: draws of what is not known, a race in each, and what they come to.

use super::{
    Curve, Duel, Posterior, Space,
    apart::apart,
    curve::horizon,
    duel::{Differing, RESOLUTION},
    hypotheses,
    posterior::MANY,
    race::{Course, Pace},
    raced::{Race, spread},
};
use crate::advise::{
    dynamics::{Incentive, Kernel, Matrix, Trainer},
    stats::Interval,
};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Times at which curves are shown, in units of the horizon.
pub const SHOWN: [f64; 6] = [0.0, 0.25, 0.5, 1.0, 2.0, 4.0];

/// Relative difference of areas that is none.
const TIE: f64 = 1e-3;

/// What is raced, and how often.
pub struct Racing<'a> {
    /// The outcomes.
    pub spaces: &'a [Space],
    /// Schemes, as many as each space has rewards of; the first is the one that others are compared with.
    pub schemes: usize,
    /// What the trainer does with rewards.
    pub trainer: Trainer,
    /// Factors of each point of each space.
    pub mobility: &'a [Vec<f64>],
    /// The longest a run can go on, on the scale of [`Curve`]; `None` where steps are scaled to what is there, as Adam does.
    pub budget: Option<f64>,
    /// Draws, at least one for each kernel.
    pub draws: usize,
    /// Probability content of the intervals.
    pub level: f64,
    /// Seed of the draws.
    pub seed: u64,
}

/// How one scheme would fare.
#[derive(Clone, Debug, PartialEq)]
pub struct SchemeOutlook {
    /// Share of the draws in which it has the largest area under its p_full curve.
    pub best: f64,
    /// Time to the target over that of the fastest scheme of the same draw: median and interval over draws, infinite where it never
    /// arrives; `None` where in half of the draws no scheme arrives.
    pub slowdown: Option<(f64, Interval)>,
    /// Share of the draws in which it does not reach the target within four times the fastest scheme's time.
    pub stalls: f64,
    /// At each time of [`SHOWN`]: p_full, median and interval over the draws.
    pub full: Vec<(f64, Interval)>,
    /// The same of the mean share of constraints met.
    pub fraction: Vec<(f64, Interval)>,
}

/// A forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// Of each scheme, in their order.
    pub schemes: Vec<SchemeOutlook>,
    /// Every other scheme against the first.
    pub duels: Vec<Duel>,
    /// The mean over draws of p_full that the curves are raced to: half-way from where they start to all.
    pub target: f64,
    /// Share of the draws in which no scheme reaches it.
    pub unreached: f64,
}

impl Racing<'_> {
    /// Runs the races.
    #[must_use]
    pub fn run(&self) -> Outlook {
        let kernels = hypotheses();
        let fractions: Vec<Vec<f64>> =
            self.spaces.iter().map(|space| space.points.iter().map(|point| point.fraction).collect()).collect();
        let matrices: Vec<Vec<Matrix>> = kernels
            .iter()
            .map(|kernel| {
                let of = |(space, mobility): (&Space, &Vec<f64>)| space.matrix(kernel).scaled(mobility);
                self.spaces.iter().zip(self.mobility).map(of).collect()
            })
            .collect();
        let incentives: Vec<Vec<Incentive>> = (0..self.schemes)
            .map(|scheme| {
                let of = if self.spaces.len() > MANY { Incentive::coarse } else { Incentive::new };
                self.spaces.iter().map(|space| of(&space.rewards[scheme], &self.trainer)).collect()
            })
            .collect();
        let posterior = Posterior::new(self.spaces);
        let each = self.draws.div_ceil(kernels.len()).max(1);
        let races: Vec<Race> = (0..each * kernels.len())
            .into_par_iter()
            .map(|number| {
                let (kernel, draw) = (number % kernels.len(), number / kernels.len());
                // The same policies under every kernel, so that kernels compare.
                let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
                rng.set_stream(draw as u64);
                let types = posterior.draw(&mut rng);
                let course =
                    Course { types: &types, kernels: &matrices[kernel], fractions: &fractions, pace: Pace::SHOWN };
                self.told(kernel, &course.race(&incentives))
            })
            .collect();
        self.sum_up(&kernels, &races)
    }

    fn told(&self, kernel: usize, curves: &[Curve]) -> Race {
        let start = curves[0].full[0];
        let target = curves[0].target();
        let budget = self.budget.unwrap_or(f64::INFINITY);
        let arrives = |curve: &Curve| curve.arrives().filter(|time| *time <= budget);
        let arrivals: Vec<Option<f64>> = curves.iter().map(arrives).collect();
        let fastest = arrivals.iter().flatten().copied().min_by(f64::total_cmp);
        let horizon = horizon(curves).min(budget);
        Race {
            kernel,
            areas: curves.iter().map(|curve| curve.mean_full(horizon)).collect(),
            fastest,
            arrivals,
            shown: curves.iter().map(|curve| SHOWN.iter().map(|time| curve.at(time * horizon)).collect()).collect(),
            start,
            target,
        }
    }

    fn sum_up(&self, kernels: &[Kernel], races: &[Race]) -> Outlook {
        let schemes = (0..self.schemes).map(|scheme| self.outlook(scheme, races)).collect();
        let duels = (1..self.schemes)
            .map(|scheme| {
                let apart = apart(self.spaces, 0, scheme, self.trainer.algorithm);
                let differing = Differing { group_size: self.trainer.group_size, plain: self.budget.is_some(), apart };
                Duel::new(scheme, kernels, races, differing, self.level)
            })
            .collect();
        let target = races.iter().map(|race| race.target).sum::<f64>() / races.len() as f64;
        let unreached = races.iter().filter(|race| race.fastest.is_none()).count() as f64 / races.len() as f64;
        Outlook { schemes, duels, target, unreached }
    }

    fn outlook(&self, scheme: usize, races: &[Race]) -> SchemeOutlook {
        let count = races.len() as f64;
        // A tie is shared.
        let share = |race: &Race| {
            let best = race.areas.iter().copied().fold(0.0, f64::max);
            let tied = |area: f64| area + RESOLUTION >= (best + RESOLUTION) * (1.0 - TIE);
            let winners = race.areas.iter().filter(|area| tied(**area)).count() as f64;
            if tied(race.areas[scheme]) { 1.0 / winners } else { 0.0 }
        };
        let arrived: Vec<f64> = races
            .iter()
            .filter_map(|race| {
                let fastest = race.fastest?;
                Some(
                    race.arrivals[scheme]
                        .map_or(f64::INFINITY, |time| if fastest > 0.0 { time / fastest } else { 1.0 }),
                )
            })
            .collect();
        let late = arrived.iter().filter(|times| **times > Pace::SHOWN.patience).count() + races.len() - arrived.len();
        let at = |time: usize, of: fn((f64, f64)) -> f64| {
            self.spread(races.iter().map(|race| of(race.shown[scheme][time])).collect())
        };
        SchemeOutlook {
            best: races.iter().map(share).sum::<f64>() / count,
            stalls: late as f64 / count,
            slowdown: (2 * arrived.len() > races.len()).then(|| self.spread(arrived)),
            full: (0..SHOWN.len()).map(|time| at(time, |(full, _)| full)).collect(),
            fraction: (0..SHOWN.len()).map(|time| at(time, |(_, fraction)| fraction)).collect(),
        }
    }

    fn spread(&self, values: Vec<f64>) -> (f64, Interval) {
        spread(values, self.level)
    }
}
