//! The controller of `adaptive` against both fixed schemes, `binary` and `partial` with credit 1, on the scenarios of the lab: training
//! on drawn groups by the project's own dynamics, 300 steps, the same seeds and learning rate for all three.
//!
//! The controller's constants were chosen on the scenarios at even places of the file, under the networks' own kernels. Those at odd
//! places, and the hypotheses as the truth, had no say.

mod scenario;
mod training;

use crate::data;
use fullmarks::{
    adaptive::Controller,
    advise::{dynamics::Kernel, forecast::hypotheses},
    reward::Adaptive,
    verdict::{Constraint, FailureKind, Group, Outcome, Verdict},
};
use rayon::prelude::*;
use scenario::{Scenario, scenarios};
use serde_json::Value;
use std::sync::Arc;
use training::{Course, Pay, train};

/// Steps of a run: as many as the lab's networks were trained.
const STEPS: u64 = 300;

/// An area under p_full below which neither fixed scheme has learnt anything: chance decides, and there is nothing to compare.
const NOTHING: f64 = 0.02;

/// What became of a scenario: means over the runs.
struct Result {
    id: String,
    odd: bool,
    /// Under `binary`, `partial` and `adaptive`.
    areas: [f64; 3],
    ends: [f64; 3],
}

impl Result {
    /// The controller's area, as a share of that of the better fixed scheme.
    fn ratio(&self) -> f64 {
        self.areas[2] / self.areas[0].max(self.areas[1])
    }

    /// Whether a fixed scheme learns, and the controller ends with less than half of what that one does.
    fn stalls(&self) -> bool {
        let best = self.ends[0].max(self.ends[1]);
        best >= 0.5 && self.ends[2] < best / 2.0
    }

    fn learnt(&self) -> bool {
        self.areas[0].max(self.areas[1]) >= NOTHING
    }
}

/// How many of some scenarios were within 5 % of the better scheme, of how many; and how many stalled.
#[derive(Debug)]
struct Tally {
    within: usize,
    all: usize,
    stalls: usize,
}

impl Tally {
    fn of<'a>(results: impl Iterator<Item = &'a Result>) -> Self {
        let learnt: Vec<&Result> = results.filter(|result| result.learnt()).collect();
        Self {
            within: learnt.iter().filter(|result| result.ratio() >= 0.95).count(),
            all: learnt.len(),
            stalls: learnt.iter().filter(|result| result.stalls()).count(),
        }
    }

    fn share(&self) -> f64 {
        self.within as f64 / self.all as f64
    }
}

/// Trains under each scheme, with so many seeds.
fn result(scenario: &Scenario, place: usize, kernel: &Kernel, seeds: u64) -> Result {
    let kernel = kernel.matrix(&scenario.points);
    let course = Course { kernel: &kernel, steps: STEPS, rate: scenario.rate(&kernel, STEPS) };
    let (mut areas, mut ends) = ([0.0; 3], [0.0; 3]);
    for (scheme, pay) in [Pay::Fixed(0.0), Pay::Fixed(1.0), Pay::Adaptive].into_iter().enumerate() {
        for seed in 0..seeds {
            let run = train(scenario, &course, pay, seed);
            areas[scheme] += run.area / seeds as f64;
            ends[scheme] += run.end / seeds as f64;
        }
    }
    Result { id: scenario.id.clone(), odd: place % 2 == 1, areas, ends }
}

fn report(name: &str, results: &[Result]) {
    for result in results.iter().filter(|result| result.learnt() && (result.ratio() < 0.95 || result.stalls())) {
        let show = |values: &[f64; 3]| values.map(|value| format!("{value:.3}")).join(" ");
        let stalls = if result.stalls() { ", stalls" } else { "" };
        println!(
            "  {} {:.2} areas {} ends {}{stalls}",
            result.id,
            result.ratio(),
            show(&result.areas),
            show(&result.ends)
        );
    }
    let half = |odd: bool| Tally::of(results.iter().filter(|result| result.odd == odd));
    println!("{name}: even {:?}, odd {:?}", half(false), half(true));
    let learnt: Vec<&Result> = results.iter().filter(|result| result.learnt()).collect();
    let ln = |result: &&Result| result.areas.map(|area| (area + 0.005).ln());
    let given_up: f64 = learnt.iter().map(ln).map(|[b, p, a]| b.max(p) - a).sum();
    let at_stake: f64 = learnt.iter().map(ln).map(|[b, p, _]| (b - p).abs()).sum();
    println!("  given up {given_up:.3} of {at_stake:.3} in ln area: {:.3}", given_up / at_stake);
}

/// Scenarios of every generator, and of both winners: what the whole evaluation says of them.
#[test]
fn adaptive_keeps_up_with_the_better_scheme_on_a_few_scenarios() {
    let scenarios = scenarios();
    let few = ["s5005", "s6014", "s6034", "s6080", "s7031", "s8022"];
    let chosen = scenarios.iter().enumerate().filter(|(_, scenario)| few.contains(&scenario.id.as_str()));
    let results: Vec<Result> = chosen.map(|(place, scenario)| result(scenario, place, &scenario.exact, 1)).collect();
    report("a few", &results);
    assert_eq!(results.len(), few.len());
    for result in &results {
        assert!(result.ratio() >= 0.9 && !result.stalls(), "{}: {:?}", result.id, result.areas);
    }
}

/// A run that collapsed in all three seeds: one full answer in 370, and most others short of it by one constraint. `advise` named `binary`, and the
/// controller paid the largest credit because its first steps had shown no full answer.
#[test]
fn a_controller_that_knows_the_samples_waits_for_full_answers() {
    let text = data::text("rl_lab/cases/adaptive_stall_initial.jsonl.gz");
    let constraints: Arc<[Constraint]> = ["a", "b"].map(Constraint::plain).into();
    let outcome = |bits: &str| {
        let verdict = |bit| if bit == '1' { Verdict::Passed } else { Verdict::failed(FailureKind::Unmet, "") };
        Outcome::new(constraints.clone(), bits.chars().map(verdict).collect())
    };
    let group = |line: &str| {
        let row: Value = serde_json::from_str(line).expect("JSON");
        let outcomes = row["v"].as_array().expect("a list").iter().map(|bits| outcome(bits.as_str().expect("text")));
        Group { prompt: row["id"].as_str().expect("text").into(), outcomes: outcomes.collect() }
    };
    let samples: Vec<Group> = text.lines().map(group).collect();
    let settings = Adaptive::default();
    let (knows, does_not) = (Controller::from_samples(settings, &samples), Controller::new(settings));
    let paid = |controller: &Controller| {
        let mut paid = 0;
        for step in 0..64 {
            // Each step has eight completions of 16 prompts, as they were drawn.
            let of = |n: usize| {
                let (prompt, from) = ((16 * step + n) % 64, step / 4 * 8 % 64);
                let Group { prompt, outcomes } = &samples[prompt];
                Group { prompt: prompt.clone(), outcomes: outcomes[from..(from + 8).min(outcomes.len())].to_vec() }
            };
            paid += usize::from(controller.credit("") > 0.0);
            controller.observe(&(0..16).map(of).collect::<Vec<_>>());
        }
        paid
    };
    let (knowing, not) = (paid(&knows), paid(&does_not));
    println!("credit was paid in {knowing} of 64 steps with samples, and in {not} without");
    assert!(knowing <= 6, "{knowing} of 64: {:?}", knows.reason());
}

#[test]
#[ignore = "heavy: 918 runs of training; `cargo xtask test` runs it"]
fn adaptive_keeps_up_with_the_better_scheme() {
    let scenarios = scenarios();
    let train = |kernel: &(dyn Fn(usize, &Scenario) -> Kernel + Sync), seeds| -> Vec<Result> {
        let of = |(place, scenario): (usize, &Scenario)| result(scenario, place, &kernel(place, scenario), seeds);
        scenarios.par_iter().enumerate().map(of).collect()
    };
    let exact = train(&|_, scenario| scenario.exact.clone(), 2);
    report("the networks' own kernels", &exact);
    // A hypothesis for each scenario, all of them in turn.
    let all = hypotheses();
    let supposed = train(&|place, _| all[place * 7 % all.len()].clone(), 1);
    report("hypotheses", &supposed);

    let both = Tally::of(exact.iter().chain(&supposed));
    let (exact, supposed) = (Tally::of(exact.iter()), Tally::of(supposed.iter()));
    // Reached: 89 of 98 and 93 of 101. A library of other rounding may move a scenario or two across the line.
    assert!(both.share() >= 0.9, "{exact:?} {supposed:?}");
    assert!(exact.share() >= 0.88 && supposed.share() >= 0.88, "{exact:?} {supposed:?}");
    // One and two are left: docs/schemes/adaptive.md says where, and why.
    assert!(exact.stalls <= 1 && supposed.stalls <= 2, "{exact:?} {supposed:?}");
}
