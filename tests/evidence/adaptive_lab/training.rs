//! Training on drawn groups, by the project's dynamics: a policy whose logits move by the kernel as groups are rewarded.

use super::scenario::Scenario;
use fullmarks::{
    adaptive::Controller,
    advise::dynamics::{Matrix, PromptType, shifted},
    reward::{Adaptive, Partial},
    verdict::{FailureKind, Group, Outcome, Verdict},
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::sync::Arc;

/// How completions are paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Pay {
    /// A credit that stays what it is: 0 is `binary`.
    Fixed(f64),
    /// What the controller says.
    Adaptive,
}

/// A run of training.
pub(crate) struct Run {
    /// Mean of p_full over the steps.
    pub(crate) area: f64,
    /// p_full at the end.
    pub(crate) end: f64,
}

/// What a run is like beside its scenario.
#[derive(Clone, Copy)]
pub(crate) struct Course<'a> {
    pub(crate) kernel: &'a Matrix,
    pub(crate) steps: u64,
    /// Learning rate of a step.
    pub(crate) rate: f64,
}

/// Trains on drawn groups. The same seed draws the same prompts.
pub(crate) fn train(scenario: &Scenario, course: &Course<'_>, pay: Pay, seed: u64) -> Run {
    let outcomes: Vec<Outcome> = scenario.points.iter().map(|scores| outcome(scenario, scores)).collect();
    let controller = (pay == Pay::Adaptive).then(|| Controller::new(settings(scenario)));
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut shift = vec![0.0; outcomes.len()];
    let mut probabilities = vec![0.0; outcomes.len()];
    let mut area = 0.0;
    for _ in 0..course.steps {
        area += full(scenario, &shift) / course.steps as f64;
        let drawn: Vec<(usize, Vec<usize>)> = (0..scenario.groups)
            .map(|_| {
                let prompt = rng.random_range(0..scenario.prompts.len());
                shifted(&scenario.prompts[prompt].initial, &shift, &mut probabilities);
                (prompt, (0..scenario.trainer.group_size).map(|_| draw(&probabilities, rng.random())).collect())
            })
            .collect();
        let rewards: Vec<Vec<f64>> = match (&controller, pay) {
            (None, Pay::Fixed(credit)) => {
                let rewards = scenario.rewards(credit);
                drawn.iter().map(|(_, group)| group.iter().map(|&place| rewards[place]).collect()).collect()
            }
            (Some(controller), _) => {
                let group = |(prompt, places): &(usize, Vec<usize>)| Group {
                    prompt: Arc::from(prompt.to_string()),
                    outcomes: places.iter().map(|&place| outcomes[place].clone()).collect(),
                };
                let rewarded = controller.observe(&drawn.iter().map(group).collect::<Vec<_>>());
                rewarded
                    .iter()
                    .map(|group| group.rewards.iter().map(|reward| reward.expect("all is scored").value()).collect())
                    .collect()
            }
            (None, Pay::Adaptive) => unreachable!("it has a controller"),
        };
        let mut push = vec![0.0; outcomes.len()];
        let completions = (scenario.groups * scenario.trainer.group_size) as f64;
        for ((prompt, places), rewards) in drawn.iter().zip(&rewards) {
            let advantages = scenario.trainer.algorithm.advantages(rewards);
            let total: f64 = advantages.iter().sum();
            shifted(&scenario.prompts[*prompt].initial, &shift, &mut probabilities);
            for (&place, advantage) in places.iter().zip(&advantages) {
                push[place] += course.rate * advantage / completions;
            }
            push.iter_mut().zip(&probabilities).for_each(|(push, p)| *push -= course.rate * total * p / completions);
        }
        course.kernel.add_product(&push, &mut shift);
    }
    Run { area, end: full(scenario, &shift) }
}

fn settings(scenario: &Scenario) -> Adaptive {
    Adaptive {
        partial: Partial::default(),
        algorithm: scenario.trainer.algorithm,
        group_size: scenario.trainer.group_size,
        ..Adaptive::default()
    }
}

fn outcome(scenario: &Scenario, scores: &[f64]) -> Outcome {
    let verdict = |score: &f64| if *score == 1.0 { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
    Outcome::new(scenario.constraints.clone(), scores.iter().map(verdict).collect())
}

/// p_full over all prompts.
fn full(scenario: &Scenario, shift: &[f64]) -> f64 {
    let mut probabilities = vec![0.0; shift.len()];
    let of = |prompt: &PromptType| {
        shifted(&prompt.initial, shift, &mut probabilities);
        prompt.weight * probabilities[probabilities.len() - 1]
    };
    scenario.prompts.iter().map(of).sum()
}

fn draw(probabilities: &[f64], at: f64) -> usize {
    let mut left = at;
    let found = probabilities.iter().position(|p| {
        left -= p;
        left < 0.0
    });
    found.unwrap_or(probabilities.len() - 1)
}
