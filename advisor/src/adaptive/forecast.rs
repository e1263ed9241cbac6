//! How p_full would grow under each credit of a grid: the expected flow from what was seen lately, under every kernel.

use super::{belief::Learnt, evidence::Counted, grid::GRID};
use crate::advise::{
    dynamics::{Incentive, Matrix, PromptType, Trainer},
    forecast::{Course, Pace, horizon},
};

/// Completions' worth of doubt about the policy: they fall as if constraints were independent.
const DOUBT: f64 = 4.0;

/// Coarser than what is shown: it is run again and again during training, and only ranks credits.
const PACE: Pace = Pace { stride: 0.5, steps: 80, patience: 1.0, midpoint: false };

/// Added to areas: what no run resolves.
const RESOLUTION: f64 = 0.005;

/// The policy that counts speak for: their shares, and a few completions more in which constraints are independent.
pub(super) fn policy(counted: &Counted, counts: &[f64]) -> Vec<f64> {
    let all: f64 = counts.iter().sum();
    let chances = counted.space.independent(counts);
    counts.iter().zip(chances).map(|(count, chance)| (count + DOUBT * chance) / (all + DOUBT)).collect()
}

/// What a forecast says of each credit: the mean over kernels of ln(area / the best credit's area), so 0 is best.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outlook {
    pub(super) value: [f64; GRID.len()],
    /// Share of the belief under which the credit gets no further than half the best credit's area.
    pub(super) stalls: [f64; GRID.len()],
}

/// Forecasts from the spaces of the latest windows; `None` when nothing is known, or no credit differs from another.
pub(super) fn outlook(spaces: &[Counted], learnt: &[Learnt<'_>], trainer: &Trainer) -> Option<Outlook> {
    let counts: Vec<Vec<f64>> = spaces.iter().map(Counted::lately).collect();
    let total: f64 = counts.iter().flatten().sum();
    if total == 0.0 {
        return None;
    }
    let of = |(counted, counts): (&Counted, &Vec<f64>)| {
        [PromptType { weight: counts.iter().sum::<f64>() / total, initial: policy(counted, counts) }]
    };
    let types: Vec<[PromptType; 1]> = spaces.iter().zip(&counts).map(of).collect();
    let incentives: Vec<Vec<Incentive>> = (0..GRID.len())
        .map(|credit| spaces.iter().map(|counted| Incentive::new(&counted.space.rewards[credit], trainer)).collect())
        .collect();
    let fractions: Vec<Vec<f64>> =
        spaces.iter().map(|counted| counted.space.points.iter().map(|point| point.fraction).collect()).collect();
    let mut outlook = Outlook { value: [0.0; GRID.len()], stalls: [0.0; GRID.len()] };
    for kernel in learnt.iter().filter(|kernel| kernel.weight > 1e-3) {
        let weight = kernel.weight;
        let matrices: Vec<Matrix> = spaces.iter().map(|counted| kernel.matrix(&counted.space)).collect();
        let course = Course { types: &types, kernels: &matrices, fractions: &fractions, pace: PACE };
        let curves = course.race(&incentives);
        let horizon = horizon(&curves);
        let areas: Vec<f64> = curves.iter().map(|curve| curve.mean_full(horizon) + RESOLUTION).collect();
        let best = areas.iter().copied().fold(0.0, f64::max);
        for (credit, area) in areas.iter().enumerate() {
            outlook.value[credit] += weight * (area / best).ln();
            outlook.stalls[credit] += weight * f64::from(u8::from(*area < best / 2.0));
        }
    }
    Some(outlook)
}
