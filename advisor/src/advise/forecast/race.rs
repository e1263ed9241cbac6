//! Several schemes from the same start, under the same kernel: how p_full grows under each.

use super::{Curve, curve::ARRIVED};
use crate::advise::dynamics::{Flow, Incentive, Matrix, PromptType, dot};

/// How closely a race is followed, and for how long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// How far logits move in a step, root mean square over the policy.
    pub stride: f64,
    /// Steps of a scheme at most; what has not arrived then has stalled.
    pub steps: usize,
    /// Of the fastest scheme's time to the target, for how long the others go on, at least 1.
    pub patience: f64,
    /// Whether each step looks half a step ahead (the midpoint rule), which costs as much again.
    pub midpoint: bool,
}

impl Pace {
    /// For a forecast that is shown.
    pub(super) const SHOWN: Self = Self { stride: 0.4, steps: 150, patience: 4.0, midpoint: true };
}

/// Where a race is run.
pub struct Course<'a, Types> {
    /// Per space, the prompt types.
    pub types: &'a [Types],
    /// Per space, what carries over.
    pub kernels: &'a [Matrix],
    /// Per space, the mean share of constraints met at each outcome; the last outcome is the full one.
    pub fractions: &'a [Vec<f64>],
    /// How it is run.
    pub pace: Pace,
}

/// A scheme under way.
struct Runner<'a> {
    flows: Vec<Flow<'a>>,
    shifts: Vec<Vec<f64>>,
    curve: Curve,
    time: f64,
    done: bool,
}

impl<Types: AsRef<[PromptType]>> Course<'_, Types> {
    /// The curves under several schemes, of each of which there is an incentive per space. The target is half-way from the start to
    /// all full answers; once one has reached it, the others go on for as long as there is patience.
    #[must_use]
    pub fn race(&self, schemes: &[Vec<Incentive>]) -> Vec<Curve> {
        let mut runners: Vec<Runner<'_>> = schemes.iter().map(|incentives| self.start(incentives)).collect();
        let mut limit = f64::INFINITY;
        // The one that is behind goes on, so that none runs further than it needs to.
        while let Some(runner) =
            runners.iter_mut().filter(|runner| !runner.done).min_by(|a, b| a.time.total_cmp(&b.time))
        {
            self.step(runner);
            if let Some(time) = runner.curve.arrives() {
                limit = limit.min(self.pace.patience * time);
            }
            runner.done |= runner.time >= limit;
        }
        runners.into_iter().map(|runner| runner.curve).collect()
    }

    fn start<'a>(&'a self, incentives: &'a [Incentive]) -> Runner<'a> {
        let flows = self.types.iter().zip(self.kernels).zip(incentives);
        let flows: Vec<Flow<'_>> =
            flows.map(|((types, kernel), incentive)| Flow::under(types.as_ref(), kernel, incentive)).collect();
        let shifts = flows.iter().map(|flow| vec![0.0; flow.outcomes()]).collect();
        Runner { flows, shifts, curve: Curve::default(), time: 0.0, done: false }
    }

    /// One step.
    fn step(&self, runner: &mut Runner<'_>) {
        let (mut full, mut fraction, mut speed) = (0.0, 0.0, Speed::default());
        let mut drifts = Vec::with_capacity(runner.flows.len());
        for ((flow, shift), fractions) in runner.flows.iter().zip(&runner.shifts).zip(self.fractions) {
            let mut seen: Vec<(f64, Vec<f64>)> = Vec::new();
            let drift = flow.drift_seen(shift, |kind, probabilities| {
                full += kind.weight * probabilities[probabilities.len() - 1];
                fraction += kind.weight * dot(probabilities, fractions);
                seen.push((kind.weight, probabilities.to_vec()));
            });
            seen.iter().for_each(|(weight, probabilities)| speed.add(*weight, probabilities, &drift));
            drifts.push(drift);
        }
        runner.curve.push(runner.time, full, fraction);
        let speed = speed.of();
        let steps = runner.curve.times.len();
        // Where nothing moves any more, the curve stays where it is.
        if full > ARRIVED || speed < 1e-9 || steps > self.pace.steps {
            runner.done = true;
            return;
        }
        // The pull of a KL penalty relaxes at its coefficient, at most: longer steps would swing instead of settling.
        let pull = runner.flows.iter().map(Flow::kl).fold(0.0, f64::max);
        let step = (self.pace.stride / speed).min(1e5).min(1.0 / pull);
        if self.pace.midpoint {
            let half = moved(&runner.shifts, &drifts, step / 2.0);
            drifts = runner.flows.iter().zip(&half).map(|(flow, shift)| flow.drift(shift)).collect();
        }
        runner.shifts = moved(&runner.shifts, &drifts, step);
        runner.time += step;
    }
}

/// How fast log-probabilities change: root mean square over the policy, and of full answers if that is more.
#[derive(Default)]
struct Speed {
    squares: f64,
    full: f64,
}

impl Speed {
    fn add(&mut self, weight: f64, probabilities: &[f64], drift: &[f64]) {
        let mean = dot(probabilities, drift);
        let spread: f64 = probabilities.iter().zip(drift).map(|(p, drift)| p * (drift - mean).powi(2)).sum();
        self.squares += weight * spread;
        self.full = self.full.max((drift[drift.len() - 1] - mean).abs());
    }

    fn of(&self) -> f64 {
        self.squares.sqrt().max(self.full)
    }
}

fn moved(shifts: &[Vec<f64>], drifts: &[Vec<f64>], step: f64) -> Vec<Vec<f64>> {
    let of = |(shift, drift): (&Vec<f64>, &Vec<f64>)| {
        shift.iter().zip(drift).map(|(shift, drift)| shift + step * drift).collect()
    };
    shifts.iter().zip(drifts).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advise::dynamics::{Algorithm, Kernel, Lumps, Trainer};

    /// Eight independent constraints, five easy and three hard: 24 lumps race as all 256 outcomes do.
    #[test]
    fn races_on_lumps_are_those_on_all_outcomes() {
        let lumps = Lumps::all(vec![5, 3]);
        let points: Vec<Vec<f64>> =
            (0..256_u32).map(|bits| (0..8).map(|place| f64::from(bits >> place & 1)).collect()).collect();
        let lump_of = |scores: &[f64]| {
            let met = [&scores[..5], &scores[5..]].map(|class| class.iter().sum::<f64>() as usize);
            lumps.met.iter().position(|other| *other == met).unwrap()
        };
        let chance = |scores: &[f64]| -> f64 {
            scores.iter().enumerate().map(|(n, s)| if (*s == 1.0) == (n < 5) { 0.6 } else { 0.4 }).product()
        };
        let initial: Vec<f64> = points.iter().map(|scores| chance(scores)).collect();
        let fractions: Vec<f64> = points.iter().map(|scores| scores.iter().sum::<f64>() / 8.0).collect();
        let mut lumped = (vec![0.0; lumps.met.len()], vec![0.0; lumps.met.len()]);
        for (scores, (p, fraction)) in points.iter().zip(initial.iter().zip(&fractions)) {
            lumped.0[lump_of(scores)] += p;
            lumped.1[lump_of(scores)] = *fraction;
        }
        let trainer = Trainer { algorithm: Algorithm::Grpo, group_size: 8, kl: 0.0 };
        let race = |initial: &[f64], fractions: &[f64], matrix: Matrix| -> Vec<Curve> {
            let types = [[PromptType { weight: 1.0, initial: initial.to_vec() }]];
            let pace = Pace { stride: 0.4, steps: 60, patience: 4.0, midpoint: true };
            let course = Course { types: &types, kernels: &[matrix], fractions: &[fractions.to_vec()], pace };
            let binary: Vec<f64> = fractions.iter().map(|share| f64::from(u8::from(*share == 1.0))).collect();
            course.race(&[binary, fractions.to_vec()].map(|rewards| vec![Incentive::new(&rewards, &trainer)]))
        };
        for kernel in [
            Kernel::Tabular,
            Kernel::SharedSkills { carry: 0.5 },
            Kernel::Agreement { share: 0.3 },
            Kernel::Hamming { range: 1.1 },
        ] {
            let each = race(&initial, &fractions, kernel.matrix(&points));
            let few = race(&lumped.0, &lumped.1, lumps.matrix(&kernel));
            for (each, few) in each.iter().zip(&few) {
                assert_eq!(each.times.len(), few.times.len(), "{kernel:?}");
                assert_ne!(each.full.last(), each.full.first(), "{kernel:?}");
                for ((each, few), (at, also)) in each.full.iter().zip(&few.full).zip(each.times.iter().zip(&few.times))
                {
                    assert!((each - few).abs() < 1e-6 && (at / also - 1.0).abs() < 1e-6 || at == also, "{kernel:?}");
                }
            }
        }
    }
}
