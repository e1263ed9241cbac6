//! How the policy changed from window to window, beside what each kernel foretells of it.

use super::{
    belief::agreement,
    evidence::{Counted, WINDOW},
    forecast::policy,
    record::Record,
};
use crate::advise::dynamics::{Flow, Kernel, Matrix, PromptType, Trainer, dot};

/// Spread of log-probabilities in a window that drawing completions does not explain: prompts differ, and policies drift.
const UNEXPLAINED: f64 = 0.1;

/// Records of the windows that are kept. The policy of each drifts as its credit pays, and its log-probabilities are compared with the
/// sum of what was pushed by then.
pub(super) fn changes(kernels: &[Kernel], spaces: &[Counted], places: &[usize], trainer: &Trainer) -> Vec<Record> {
    let mut records = vec![Record::default(); kernels.len()];
    for counted in spaces {
        let sizes: Vec<f64> = counted.windows.iter().map(|counts| counts.iter().sum()).collect();
        let filled: Vec<usize> = (0..sizes.len()).filter(|&window| sizes[window] > 0.0).collect();
        if filled.len() < 2 {
            continue;
        }
        let points: Vec<Vec<f64>> = counted.space.points.iter().map(|point| point.scores.clone()).collect();
        let own = Matrix::from_fn(points.len(), |a, b| f64::from(u8::from(a == b)));
        let (mut pushes, mut seen, mut precisions) = (Vec::new(), Vec::new(), Vec::new());
        let mut pushed = vec![0.0; points.len()];
        for window in filled {
            let policy = policy(counted, &counted.windows[window]);
            precisions.push(policy.iter().map(|p| 1.0 / (1.0 / (p * sizes[window]) + UNEXPLAINED.powi(2))).collect());
            seen.push(policy.iter().map(|p| p.ln()).collect());
            let types = [PromptType { weight: sizes[window] / WINDOW as f64, initial: policy }];
            let rewards = &counted.space.rewards[places[window]];
            let push = Flow::new(&types, &own, rewards, trainer).drift(&vec![0.0; points.len()]);
            // A window's completions come, on average, after half of its pushes.
            pushes.push(pushed.iter().zip(&push).map(|(before, push)| before + push / 2.0).collect());
            pushed.iter_mut().zip(&push).for_each(|(pushed, push)| *pushed += push);
        }
        // Where prompts bring different constraints, those of one place are not the same.
        let constraints = if spaces.len() == 1 && counted.space.identified() { counted.space.size() } else { 0 };
        for (record, kernel) in records.iter_mut().zip(kernels) {
            *record = record.and(&record_of(
                &counted.space.matrix(kernel),
                &points,
                constraints,
                &pushes,
                &seen,
                &precisions,
            ));
        }
    }
    records
}

/// The record of a kernel, of which these are the values between points: what was pushed by each window, the log-probabilities seen in it, and how precisely they are known.
pub(super) fn record_of(
    kernel: &Matrix,
    points: &[Vec<f64>],
    constraints: usize,
    pushes: &[Vec<f64>],
    seen: &[Vec<f64>],
    precisions: &[Vec<f64>],
) -> Record {
    let through = |matrix: &Matrix| {
        let of = |push: &Vec<f64>| {
            let mut drift = vec![0.0; points.len()];
            matrix.add_product(push, &mut drift);
            drift
        };
        centred(pushes.iter().map(of).collect(), precisions)
    };
    let alone =
        |place: usize| through(&Matrix::from_fn(points.len(), |a, b| agreement(points[a][place], points[b][place])));
    let foretold: Vec<Vec<f64>> = std::iter::once(through(kernel)).chain((0..constraints).map(alone)).collect();
    let foretold: Vec<&[f64]> = foretold.iter().map(Vec::as_slice).collect();
    Record::new(&foretold, &centred(seen.to_vec(), precisions), &precisions.concat())
}

/// Values of outcomes, window by window, less their weighted mean within each window, then over windows: only how differences between
/// outcomes change says anything.
fn centred(mut values: Vec<Vec<f64>>, weights: &[Vec<f64>]) -> Vec<f64> {
    for (values, weights) in values.iter_mut().zip(weights) {
        let mean = dot(values, weights) / weights.iter().sum::<f64>();
        values.iter_mut().for_each(|value| *value -= mean);
    }
    for outcome in 0..values[0].len() {
        let (mut sum, mut all) = (0.0, 0.0);
        for (values, weights) in values.iter().zip(weights) {
            sum += values[outcome] * weights[outcome];
            all += weights[outcome];
        }
        values.iter_mut().for_each(|values| values[outcome] -= sum / all);
    }
    values.concat()
}
