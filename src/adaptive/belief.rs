//! How far each kernel is believed: by how well it foretold the changes that were seen.

use super::{evidence::Counted, forecast::policy};
use crate::advise::dynamics::{Flow, Kernel, PromptType, Trainer, dot};
use serde::{Deserialize, Serialize};

/// Spread of changes of log-probabilities that no kernel explains.
const UNEXPLAINED: f64 = 0.3;

/// How much of the evidence is believed: completions of one prompt, and windows after one another, are no independent draws.
const TEMPER: f64 = 0.5;

/// What the changes seen so far say of a kernel: sums of a weighted regression of log-probability changes on those foretold,
/// whose slope, the learning rate in the kernel's units, is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// Σ w g², of what was foretold.
    pub(super) foretold: f64,
    /// Σ w g d, with what was seen.
    pub(super) product: f64,
}

impl Record {
    /// Both.
    pub(super) fn and(self, other: Self) -> Self {
        Self { foretold: self.foretold + other.foretold, product: self.product + other.product }
    }

    /// Logarithm of the likelihood at the best slope that is not negative, up to what all kernels share.
    fn fit(self) -> f64 {
        if self.product <= 0.0 || self.foretold <= 0.0 { 0.0 } else { self.product.powi(2) / self.foretold / 2.0 }
    }
}

/// The weights of kernels, which sum to 1.
pub(super) fn weights(records: &[Record]) -> Vec<f64> {
    let best = records.iter().map(|record| record.fit()).fold(0.0, f64::max);
    let weights: Vec<f64> = records.iter().map(|record| (TEMPER * (record.fit() - best)).exp()).collect();
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
}

/// What changed from the first window of each space to its last, beside what every kernel foretold: the policy of each window
/// drifts as its credit pays.
pub(super) fn changes(kernels: &[Kernel], spaces: &[Counted], places: &[usize], trainer: &Trainer) -> Vec<Record> {
    let mut records = vec![Record::default(); kernels.len()];
    for counted in spaces {
        let windows = &counted.windows;
        let (first, last) = (&windows[0], &windows[windows.len() - 1]);
        let (before, since) = (first.iter().sum::<f64>(), last.iter().sum::<f64>());
        if windows.len() < 2 || before == 0.0 || since == 0.0 {
            continue;
        }
        let policies: Vec<Vec<f64>> = windows.iter().map(|counts| policy(counted, counts)).collect();
        let (start, end) = (&policies[0], &policies[policies.len() - 1]);
        let seen: Vec<f64> = start.iter().zip(end).map(|(a, b)| (b / a).ln()).collect();
        let precision: Vec<f64> = (start.iter().zip(end))
            .map(|(a, b)| 1.0 / (1.0 / (a * before) + 1.0 / (b * since) + UNEXPLAINED.powi(2)))
            .collect();
        let seen = centred(&seen, &precision);
        let points: Vec<Vec<f64>> = counted.space.points.iter().map(|point| point.scores.clone()).collect();
        // What each window's groups pushed, whatever carries over.
        let pushes: Vec<Vec<f64>> = (policies.iter().zip(places).zip(windows))
            .take(windows.len() - 1)
            .map(|((policy, place), counts)| {
                let types = [PromptType { weight: counts.iter().sum(), initial: policy.clone() }];
                let own = Kernel::Tabular.matrix(&points);
                Flow::new(&types, &own, &counted.space.rewards[*place], trainer).drift(&vec![0.0; points.len()])
            })
            .collect();
        let push: Vec<f64> = (0..points.len()).map(|point| pushes.iter().map(|push| push[point]).sum()).collect();
        for (record, kernel) in records.iter_mut().zip(kernels) {
            let mut drift = vec![0.0; points.len()];
            kernel.matrix(&points).add_product(&push, &mut drift);
            let drift = centred(&drift, &precision);
            record.foretold += (drift.iter().zip(&precision)).map(|(drift, w)| w * drift * drift).sum::<f64>();
            record.product +=
                (drift.iter().zip(&precision).zip(&seen)).map(|((drift, w), seen)| w * drift * seen).sum::<f64>();
        }
    }
    records
}

/// Less their weighted mean: only differences between outcomes count.
fn centred(values: &[f64], weights: &[f64]) -> Vec<f64> {
    let mean = dot(values, weights) / weights.iter().sum::<f64>();
    values.iter().map(|value| value - mean).collect()
}
