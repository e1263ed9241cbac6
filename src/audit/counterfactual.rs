//! The policy's dynamics with an error and without it: how much longer true reward takes to grow.

use super::{category::Category, outputs::Output, spread::deviation};
use crate::advise::dynamics::{Flow, Incentive, Kernel, Matrix, PromptType, Trainer};

/// How far the fastest logit moves in a step: small enough for the midpoint rule.
const STRIDE: f64 = 0.3;

/// Steps at most.
const STEPS: usize = 600;

/// Share of the way from the policy's worth now to the best output's at which a policy has arrived.
const ARRIVED: f64 = 0.95;

/// Share of the way at which it is not followed any further.
const END: f64 = 0.999;

/// The time over which two policies are compared, in times of the earlier arrival.
const PATIENCE: f64 = 10.0;

/// Lost time that differs by less is the same.
const NOTICED: f64 = 0.05;

/// Differences that rounding makes, relative to the largest reward.
const ROUNDING: f64 = 1e-11;

/// One prompt's policy, trained on the prompt alone: the logits of its outputs move on their own, as in arXiv 2604.25872.
pub(super) struct Course<'a> {
    types: [PromptType; 1],
    kernel: Matrix,
    truth: Vec<f64>,
    paid: Vec<f64>,
    trainer: &'a Trainer,
    start: f64,
    best: f64,
}

/// How far the policy has come, over time: points between which it is taken to move evenly.
#[derive(Clone, Debug)]
pub(super) struct Curve(Vec<(f64, f64)>);

impl<'a> Course<'a> {
    pub(super) fn new(outputs: &[Output], trainer: &'a Trainer) -> Self {
        let initial: Vec<f64> = outputs.iter().map(|output| output.mass).collect();
        let truth: Vec<f64> = outputs.iter().map(|output| output.truth).collect();
        let there = || truth.iter().zip(&initial).filter(|(_, mass)| **mass > 0.0);
        let best = there().map(|(truth, _)| *truth).fold(f64::NEG_INFINITY, f64::max);
        let start = truth.iter().zip(&initial).map(|(truth, mass)| truth * mass).sum();
        Self {
            kernel: Kernel::Tabular.matrix(&vec![Vec::new(); outputs.len()]),
            types: [PromptType { weight: 1.0, initial }],
            paid: outputs.iter().map(|output| output.proxy).collect(),
            truth,
            trainer,
            start,
            best,
        }
    }

    /// Whether true reward can grow at all: some output is worth more than the policy is now.
    pub(super) fn can_grow(&self) -> bool {
        self.best - self.start > 1e-9 * self.best.abs().max(self.start.abs())
    }

    /// The policy under the proxy as it is.
    pub(super) fn with_errors(&self) -> Curve {
        self.run(&self.paid)
    }

    /// The policy under the proxy without the error of one output.
    pub(super) fn without(&self, wrong: usize, corrected: f64) -> Curve {
        let mut paid = self.paid.clone();
        paid[wrong] = corrected;
        self.run(&paid)
    }

    /// Rewards in deviations of the initial policy's where the trainer divides by deviations: it adds a little to them, so that the scale
    /// of tiny rewards would count. What differs by rounding alone is equal, since trainers ask whether all of a group are.
    fn measured(&self, paid: &[f64]) -> Vec<f64> {
        let mass = &self.types[0].initial;
        let unit = if self.trainer.algorithm.normalises() { deviation(mass, paid) } else { None };
        let mut order: Vec<usize> = (0..paid.len()).collect();
        order.sort_by(|&a, &b| paid[a].total_cmp(&paid[b]));
        let near = ROUNDING * paid.iter().fold(0.0_f64, |most, paid| most.max(paid.abs()));
        let mut measured = paid.to_vec();
        for pair in order.windows(2) {
            if measured[pair[1]] - measured[pair[0]] <= near {
                measured[pair[1]] = measured[pair[0]];
            }
        }
        measured.iter().map(|paid| paid / unit.unwrap_or(1.0)).collect()
    }

    fn run(&self, paid: &[f64]) -> Curve {
        let incentive = Incentive::new(&self.measured(paid), self.trainer);
        let flow = Flow::under(&self.types, &self.kernel, &incentive);
        let mut shift = vec![0.0; paid.len()];
        let mut time = 0.0;
        let mut points = vec![(0.0, 0.0)];
        for _ in 0..STEPS {
            let drift = flow.drift(&shift);
            let fastest = drift.iter().fold(0.0, |most: f64, drift| most.max(drift.abs()));
            // What does not move any more has settled.
            if fastest < 1e-12 {
                break;
            }
            let stride = STRIDE / fastest;
            let half: Vec<f64> = shift.iter().zip(&drift).map(|(shift, drift)| shift + drift * stride / 2.0).collect();
            let middle = flow.drift(&half);
            shift.iter_mut().zip(&middle).for_each(|(shift, drift)| *shift += drift * stride);
            time += stride;
            let way = (flow.mean(&shift, &self.truth) - self.start) / (self.best - self.start);
            points.push((time, way));
            if way >= END {
                break;
            }
        }
        Curve(points)
    }
}

impl Curve {
    /// When it is there; `None` when it never is.
    fn arrives(&self) -> Option<f64> {
        let pair = self.0.windows(2).find(|pair| pair[1].1 >= ARRIVED)?;
        let ((t0, w0), (t1, w1)) = (pair[0], pair[1]);
        Some(t0 + (t1 - t0) * (ARRIVED - w0) / (w1 - w0))
    }

    fn end(&self) -> f64 {
        self.0.last().map_or(0.0, |point| point.0)
    }

    /// Time lost until then against a policy that starts at the best output: the area above the curve.
    fn lost(&self, until: f64) -> f64 {
        let mut lost = 0.0;
        for pair in self.0.windows(2) {
            let ((t0, w0), (t1, w1)) = (pair[0], pair[1]);
            if t0 >= until {
                return lost;
            }
            let t = t1.min(until);
            let w = w0 + (w1 - w0) * (t - t0) / (t1 - t0);
            lost += (t - t0) * (1.0 - (w0 + w) / 2.0);
        }
        let (end, way) = self.0.last().copied().unwrap_or_default();
        lost + (until - end).max(0.0) * (1.0 - way)
    }
}

/// How much more time is lost with the error than without it: above 1 it harms, below 1 it helps.
///
/// Time lost is the area between the expected true reward and that of the best output, over ten times what the faster of the two takes
/// for 95 % of the way; where neither gets there, over the time they were followed.
pub(super) fn slowdown(with: &Curve, without: &Curve) -> f64 {
    let arrivals = [with.arrives(), without.arrives()];
    let until = match arrivals.into_iter().flatten().reduce(f64::min) {
        Some(arrival) => PATIENCE * arrival,
        // What has settled stays where it is.
        None => with.end().max(without.end()),
    };
    let (with, without) = (with.lost(until), without.lost(until));
    if with == without { 1.0 } else { with / without }
}

/// The category of a slowdown.
pub(super) fn category(slowdown: f64) -> Category {
    match slowdown {
        slowdown if slowdown > 1.0 + NOTICED => Category::Harmful,
        slowdown if slowdown < 1.0 / (1.0 + NOTICED) => Category::Beneficial,
        _ => Category::Benign,
    }
}
