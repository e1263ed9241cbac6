//! Scenarios of the lab: initial policies, prompt by prompt, and what a trainer did with them.

use crate::data;
use fullmarks::{
    advise::dynamics::{Algorithm, Flow, Kernel, Matrix, PromptType, Trainer},
    verdict::Constraint,
};
use serde_json::Value;
use std::sync::Arc;

/// Completions' worth of the mean over prompts that a prompt's own are blended with.
const POOLED: f64 = 16.0;

/// Completions' worth of each outcome, over all prompts: what was never seen is not impossible.
const UNSEEN: f64 = 0.25;

/// How far one completion may move a logit, at an advantage of 1.
const NOISIEST: f64 = 0.3;

/// A scenario, with every outcome in the order of its bits read as a number: the last is the full one.
pub(crate) struct Scenario {
    pub(crate) id: String,
    pub(crate) constraints: Arc<[Constraint]>,
    /// Scores of the constraints, of each outcome.
    pub(crate) points: Vec<Vec<f64>>,
    /// The initial policy on each prompt.
    pub(crate) prompts: Vec<PromptType>,
    pub(crate) trainer: Trainer,
    /// Groups in a step.
    pub(crate) groups: usize,
    /// The network's own kernel at initialisation.
    pub(crate) exact: Kernel,
}

/// All scenarios, in the file's order.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let text = data::text("rl_lab/calibration.jsonl.gz");
    text.lines().map(|line| Scenario::new(&serde_json::from_str(line).expect("JSON"))).collect()
}

impl Scenario {
    fn new(run: &Value) -> Self {
        let weights: Vec<f64> = numbers(&run["weights"]);
        let size = weights.len();
        let points = (0..1_usize << size)
            .map(|outcome| (0..size).map(|bit| (outcome >> (size - 1 - bit) & 1) as f64).collect())
            .collect();
        let constraints =
            weights.iter().enumerate().map(|(n, &weight)| Constraint { weight, ..Constraint::plain(format!("c{n}")) });
        let counts: Vec<Vec<f64>> = run["initial_samples"]
            .as_object()
            .expect("samples")
            .values()
            .map(|samples| {
                let mut counts = vec![0.0; 1 << size];
                for bits in samples.as_array().expect("a list") {
                    counts[usize::from_str_radix(bits.as_str().expect("text"), 2).expect("bits")] += 1.0;
                }
                counts
            })
            .collect();
        Self {
            id: run["id"].as_str().expect("text").to_owned(),
            constraints: constraints.collect(),
            points,
            prompts: blended(&counts),
            trainer: Trainer {
                algorithm: Algorithm::by_name(run["algorithm"].as_str().expect("text")).expect("an algorithm"),
                group_size: run["G"].as_u64().expect("a size") as usize,
                kl: 0.0,
            },
            groups: run["batch_prompts"].as_u64().expect("a number") as usize,
            exact: exact(&run["exact_kernel"]),
        }
    }

    /// What each outcome earns under `partial` with this credit.
    pub(crate) fn rewards(&self, credit: f64) -> Vec<f64> {
        let all: f64 = self.constraints.iter().map(|constraint| constraint.weight).sum();
        let full = self.points.len() - 1;
        let reward = |(place, scores): (usize, &Vec<f64>)| {
            let met: f64 = scores.iter().zip(&*self.constraints).map(|(score, c)| score * c.weight).sum();
            if place == full { 1.0 } else { credit * met / all }
        };
        self.points.iter().enumerate().map(reward).collect()
    }

    /// The learning rate with which, by expected updates, the faster fixed scheme is half-way from its start to all full answers in
    /// the middle of a run; or half-way to the most that either reaches, where none gets there. Where full answers are so rare that
    /// one completion would then move a logit by more than `NOISIEST`, it is less, and the run may end before anything is learnt.
    pub(crate) fn rate(&self, kernel: &Matrix, steps: u64) -> f64 {
        let curves = [0.0, 1.0].map(|credit| self.expected(kernel, credit));
        let start = curves[0][0].1;
        let most = curves.iter().flatten().map(|(_, full)| *full).fold(0.0, f64::max);
        let target = ((start + most) / 2.0).max(start + 1e-6);
        let reaches = |curve: &Vec<(f64, f64)>| curve.iter().find(|(_, full)| *full >= target).map(|(time, _)| *time);
        let time = curves.iter().filter_map(reaches).fold(f64::INFINITY, f64::min);
        let completions = (self.groups * self.trainer.group_size) as f64;
        let fastest = (0..self.points.len()).map(|place| kernel.at(place, place)).fold(0.0, f64::max);
        (2.0 * time / steps as f64).min(NOISIEST * completions / fastest)
    }

    /// p_full by time, under expected updates.
    fn expected(&self, kernel: &Matrix, credit: f64) -> Vec<(f64, f64)> {
        let types = self.summary();
        let flow = Flow::new(&types, kernel, &self.rewards(credit), &self.trainer);
        let outcomes = self.points.len();
        let mut full = vec![0.0; outcomes];
        full[outcomes - 1] = 1.0;
        let (mut shift, mut time, mut curve) = (vec![0.0; outcomes], 0.0, Vec::new());
        for _ in 0..400 {
            curve.push((time, flow.mean(&shift, &full)));
            let drift = flow.drift(&shift);
            let mean = drift.iter().sum::<f64>() / outcomes as f64;
            let speed = drift.iter().map(|drift| (drift - mean).powi(2)).sum::<f64>().sqrt();
            if speed < 1e-12 {
                break;
            }
            let stride = 0.1 / speed;
            shift.iter_mut().zip(&drift).for_each(|(shift, drift)| *shift += stride * (drift - mean));
            time += stride;
        }
        curve
    }

    /// Prompts in eight types, by how often they are answered in full: what is expected does not need more.
    fn summary(&self) -> Vec<PromptType> {
        let mut prompts: Vec<&PromptType> = self.prompts.iter().collect();
        let full = |prompt: &PromptType| prompt.initial[prompt.initial.len() - 1];
        prompts.sort_by(|a, b| full(a).total_cmp(&full(b)));
        let of = |prompts: &[&PromptType]| {
            let weight: f64 = prompts.iter().map(|prompt| prompt.weight).sum();
            let mean =
                |outcome| prompts.iter().map(|prompt| prompt.weight * prompt.initial[outcome]).sum::<f64>() / weight;
            PromptType { weight, initial: (0..self.points.len()).map(mean).collect() }
        };
        prompts.chunks(prompts.len().div_ceil(8)).map(of).collect()
    }
}

/// The policy on each prompt: its own shares, blended with those of all prompts.
fn blended(counts: &[Vec<f64>]) -> Vec<PromptType> {
    let outcomes = counts[0].len();
    let all: f64 = counts.iter().flatten().sum::<f64>() + UNSEEN * outcomes as f64;
    let pool: Vec<f64> =
        (0..outcomes).map(|outcome| (counts.iter().map(|of| of[outcome]).sum::<f64>() + UNSEEN) / all).collect();
    let of = |own: &Vec<f64>| {
        let total: f64 = own.iter().sum::<f64>() + POOLED;
        let initial = own.iter().zip(&pool).map(|(own, pool)| (own + POOLED * pool) / total).collect();
        PromptType { weight: 1.0 / counts.len() as f64, initial }
    };
    counts.iter().map(of).collect()
}

/// The network's kernel as features: the rows of its Cholesky factor, for the dynamics take any kernel in that form.
fn exact(rows: &Value) -> Kernel {
    let rows: Vec<Vec<f64>> = rows.as_array().expect("rows").iter().map(numbers).collect();
    let size = rows.len();
    let mut factor = vec![vec![0.0; size]; size];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| factor[row][k] * factor[column][k]).sum();
            let left = rows[row][column] - known;
            // Rounded to four digits it may be a little indefinite, and what was never seen has no gradient.
            let pivot: f64 = factor[column][column];
            factor[row][column] = if row == column {
                left.max(0.0).sqrt()
            } else if pivot > 1e-6 {
                left / pivot
            } else {
                0.0
            };
        }
    }
    Kernel::Features(factor)
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().expect("a list").iter().map(|number| number.as_f64().unwrap_or(0.0)).collect()
}
