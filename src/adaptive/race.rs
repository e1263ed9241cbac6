//! Credits from the same start under the same kernel: how p_full grows under each.

use crate::advise::{
    dynamics::{Flow, Incentive, Matrix, PromptType, dot},
    forecast::Curve,
};

/// How far logits move in a step, root mean square over the policy.
const STRIDE: f64 = 0.5;

/// Steps at most; what has not arrived then has stalled.
const STEPS: usize = 80;

/// p_full at which a curve ends.
const ARRIVED: f64 = 0.97;

/// p_full over time under every credit, and until when they are compared: the fastest is then half-way from the start to all full
/// answers, or, where none gets there, the first has come to its end. The one that is behind goes on, so that none runs further
/// than it needs to.
pub(super) fn race(types: &[[PromptType; 1]], kernels: &[Matrix], credits: &[Vec<Incentive>]) -> (Vec<Curve>, f64) {
    let mut runners: Vec<Runner<'_>> =
        credits.iter().map(|incentives| Runner::new(types, kernels, incentives)).collect();
    let mut limit = f64::INFINITY;
    while let Some(runner) = runners.iter_mut().filter(|runner| !runner.done).min_by(|a, b| a.time.total_cmp(&b.time)) {
        runner.step();
        if let Some(time) = runner.curve.reaches(runner.curve.target()) {
            limit = limit.min(time);
        }
        runner.done |= runner.time >= limit;
    }
    let curves: Vec<Curve> = runners.into_iter().map(|runner| runner.curve).collect();
    let end = curves.iter().map(Curve::end).fold(f64::INFINITY, f64::min);
    (curves, if limit.is_finite() { limit } else { end }.max(1e-9))
}

/// A credit under way.
struct Runner<'a> {
    flows: Vec<Flow<'a>>,
    shifts: Vec<Vec<f64>>,
    curve: Curve,
    time: f64,
    done: bool,
}

impl<'a> Runner<'a> {
    fn new(types: &'a [[PromptType; 1]], kernels: &'a [Matrix], incentives: &'a [Incentive]) -> Self {
        let flows: Vec<Flow<'_>> = (types.iter().zip(kernels).zip(incentives))
            .map(|((types, kernel), incentive)| Flow::under(types, kernel, incentive))
            .collect();
        let shifts = flows.iter().map(|flow| vec![0.0; flow.outcomes()]).collect();
        Self { flows, shifts, curve: Curve::default(), time: 0.0, done: false }
    }

    fn step(&mut self) {
        let (mut full, mut squares, mut fastest) = (0.0, 0.0, 0.0_f64);
        let mut drifts = Vec::with_capacity(self.flows.len());
        for (flow, shift) in self.flows.iter().zip(&self.shifts) {
            let mut seen = (0.0, Vec::new());
            let drift = flow.drift_seen(shift, |kind, probabilities| seen = (kind.weight, probabilities.to_vec()));
            let (weight, probabilities) = seen;
            let mean = dot(&probabilities, &drift);
            full += weight * probabilities[probabilities.len() - 1];
            squares +=
                weight * probabilities.iter().zip(&drift).map(|(p, drift)| p * (drift - mean).powi(2)).sum::<f64>();
            fastest = fastest.max((drift[drift.len() - 1] - mean).abs());
            drifts.push(drift);
        }
        self.curve.times.push(self.time);
        self.curve.full.push(full);
        self.curve.fraction.push(0.0);
        let speed = squares.sqrt().max(fastest);
        // Where nothing moves any more, the curve stays where it is.
        if full > ARRIVED || speed < 1e-9 || self.curve.times.len() > STEPS {
            self.done = true;
            return;
        }
        let stride = (STRIDE / speed).min(1e5);
        for (shift, drift) in self.shifts.iter_mut().zip(&drifts) {
            shift.iter_mut().zip(drift).for_each(|(shift, drift)| *shift += stride * drift);
        }
        self.time += stride;
    }
}
