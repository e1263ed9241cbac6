//! How far each kernel is believed, and how fast each constraint was seen to move beside what the kernel says.

use super::{record::Record, solve::solve};
use crate::advise::{
    dynamics::{Kernel, Matrix, dot},
    forecast::Space,
};

/// Kernels of a family that carry over a rank less are believed less by this much, in ln, before anything was seen: the kernels of
/// networks at initialisation, half of those of the lab, are mostly most like those that carry over much.
const LEAN: f64 = 1.2;

/// Kernels of a family, from little that carries over to much.
const RANKS: usize = 5;

/// How much constraints differ in speed, as a share of what agreement on all of them weighs: a standard deviation.
const SPREAD: f64 = 0.7;

/// Slopes that are tried on either side of the likeliest, each √2 times the next.
const SLOPES: i32 = 8;

/// A kernel, with what was learnt of each constraint.
pub(super) struct Learnt<'a> {
    kernel: &'a Kernel,
    /// How far it is believed; all of them sum to 1.
    pub(super) weight: f64,
    /// Weight of agreement on each constraint besides; empty where constraints have no identity.
    extra: Vec<f64>,
}

impl Learnt<'_> {
    /// Its values between the outcomes of a space.
    pub(super) fn matrix(&self, space: &Space) -> Matrix {
        let whole = space.matrix(self.kernel);
        if !space.identified() || self.extra.len() != space.size() {
            return whole;
        }
        let points: Vec<&[f64]> = space.points.iter().map(|point| &point.scores[..]).collect();
        self.with_extra(&whole, &points)
    }

    fn with_extra(&self, whole: &Matrix, points: &[impl AsRef<[f64]>]) -> Matrix {
        let besides = |a: &[f64], b: &[f64]| -> f64 {
            a.iter().zip(b).zip(&self.extra).map(|((a, b), extra)| extra * agreement(*a, *b)).sum()
        };
        let at = |a: usize, b: usize| whole.at(a, b) + besides(points[a].as_ref(), points[b].as_ref());
        Matrix::from_fn(points.len(), at)
    }
}

/// How far two scores of a constraint agree.
pub(super) fn agreement(a: f64, b: f64) -> f64 {
    1.0 - (a - b).abs()
}

/// What the records say of their kernels, which come in families of five.
pub(super) fn learn<'a>(kernels: &'a [Kernel], records: &[Record]) -> Vec<Learnt<'a>> {
    let slope = records.iter().map(Record::slope).fold(0.0, f64::max);
    let fit = |(place, (kernel, record)): (usize, (&Kernel, &Record))| {
        let (fit, extra) = fit(kernel, record, slope);
        (fit + LEAN * (place % RANKS) as f64, extra)
    };
    let fits: Vec<(f64, Vec<f64>)> = kernels.iter().zip(records).enumerate().map(fit).collect();
    let best = fits.iter().map(|(fit, _)| *fit).fold(f64::MIN, f64::max);
    let total: f64 = fits.iter().map(|(fit, _)| (fit - best).exp()).sum();
    let of = |(kernel, (fit, extra)): (&'a Kernel, (f64, Vec<f64>))| Learnt {
        kernel,
        weight: (fit - best).exp() / total,
        extra,
    };
    kernels.iter().zip(fits).map(of).collect()
}

/// The logarithm of the likelihood of what was seen, up to what all kernels share, averaged over slopes around the likeliest; and
/// the expected weights of constraints besides.
///
/// With the slope s, the learning rate in the kernel's units, what was seen is normal around s (g₀ + Σ xᵢ gᵢ), and each xᵢ normal
/// around 0: the regression of Lindley & Smith 1972 (Journal of the Royal Statistical Society B 34), in closed form.
fn fit(kernel: &Kernel, record: &Record, likeliest: f64) -> (f64, Vec<f64>) {
    let constraints = record.constraints();
    if likeliest <= 0.0 || record.is_empty() {
        return (0.0, Vec::new());
    }
    let precision = (constraints.max(1) as f64 / SPREAD).powi(2);
    let at = |slope: f64| {
        let foretold = |row, column| slope * slope * record.foretold(row, column);
        let left: Vec<f64> = (1..=constraints).map(|i| slope * record.product(i) - foretold(i, 0)).collect();
        let row = |i| (1..=constraints).map(|j| foretold(i, j) + if i == j { precision } else { 0.0 }).collect();
        let (extra, determinant) = solve((1..=constraints).map(row).collect(), &left);
        let fit = slope * record.product(0) - foretold(0, 0) / 2.0 + dot(&left, &extra) / 2.0 - determinant / 2.0;
        (fit + constraints as f64 * precision.ln() / 2.0, extra)
    };
    let found: Vec<(f64, Vec<f64>)> =
        (-SLOPES..=SLOPES).map(|power| at(likeliest * 2.0_f64.powf(f64::from(power) / 2.0))).collect();
    let best = found.iter().map(|(fit, _)| *fit).fold(f64::MIN, f64::max);
    let weights: Vec<f64> = found.iter().map(|(fit, _)| (fit - best).exp()).collect();
    let total: f64 = weights.iter().sum();
    // No more is taken off a constraint than the kernel has of it.
    let least = -own(kernel, constraints.max(1));
    let mean = |i: usize| found.iter().zip(&weights).map(|((_, extra), weight)| weight * extra[i]).sum::<f64>() / total;
    let extra = (0..constraints).map(|i| mean(i).max(least)).collect();
    (best + (total / found.len() as f64).ln(), extra)
}

/// Of a kernel, the weight of agreement on one of so many constraints: its part of first order in the Walsh functions of outcomes.
fn own(kernel: &Kernel, constraints: usize) -> f64 {
    let one = 1.0 / constraints as f64;
    match kernel {
        Kernel::SharedSkills { carry } => carry * one / 2.0,
        Kernel::Agreement { share } => share * one,
        Kernel::Hamming { range } => {
            let apart = (-1.0 / range).exp();
            (1.0 - apart) * ((1.0 + apart) / 2.0).powf(constraints as f64 - 1.0)
        }
        Kernel::Tabular | Kernel::Features(_) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::changes::record_of, *};
    use crate::advise::forecast::hypotheses;

    /// What a kernel with a fast and a slow constraint does to log-probabilities is told from what the others would do.
    #[test]
    fn a_fast_constraint_is_found() {
        let points: Vec<Vec<f64>> = (0..8).map(|c| (0..3).map(|bit| f64::from(c >> bit & 1)).collect()).collect();
        let truth = Matrix::from_fn(8, |a, b| {
            let [fast, slow, still] = [0, 1, 2].map(|place| agreement(points[a][place], points[b][place]));
            0.8 * fast + 0.2 * slow + 0.0 * still
        });
        let pushes: Vec<Vec<f64>> = (0..6)
            .map(|time| (0..8).map(|c| f64::from(time) * 0.05 * (points[c].iter().sum::<f64>() - 1.5)).collect())
            .collect();
        let seen: Vec<Vec<f64>> = pushes
            .iter()
            .map(|push| {
                let mut seen = vec![-2.0; 8];
                truth.add_product(push, &mut seen);
                seen
            })
            .collect();
        let precisions = vec![vec![200.0; 8]; 6];
        let kernels = hypotheses();
        let records: Vec<Record> = kernels
            .iter()
            .map(|kernel| record_of(&kernel.matrix(&points), &points, 3, &pushes, &seen, &precisions))
            .collect();
        let learnt = learn(&kernels, &records);
        assert!((learnt.iter().map(|kernel| kernel.weight).sum::<f64>() - 1.0).abs() < 1e-12);
        for kernel in learnt.iter().filter(|kernel| kernel.weight > 0.02) {
            let matrix = kernel.with_extra(&kernel.kernel.matrix(&points), &points);
            // What agreement on one constraint alone is worth, against none.
            let worth = |place: usize| matrix.at(0, 7 - (1 << place)) - matrix.at(0, 7);
            assert!(worth(0) > worth(1) && worth(1) >= worth(2) - 1e-9, "{:?}: {:?}", kernel.kernel, kernel.extra);
        }
    }

    #[test]
    fn nothing_seen_leaves_kernels_as_they_are() {
        let kernels = hypotheses();
        let learnt = learn(&kernels, &vec![Record::default(); kernels.len()]);
        assert!(learnt.iter().all(|kernel| kernel.extra.is_empty()));
        assert!((learnt[4].weight / learnt[3].weight - LEAN.exp()).abs() < 1e-9);
        assert!((learnt[4].weight - learnt[9].weight).abs() < 1e-12);
    }
}
