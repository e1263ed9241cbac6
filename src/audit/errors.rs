//! The errors of a proxy, each with what it does.

use super::{
    attraction::Attraction,
    category::Category,
    counterfactual::{Course, category, slowdown},
    outputs::{Output, outputs},
    samples::Known,
    scale::Scale,
};
use crate::advise::dynamics::Trainer;
use std::sync::Arc;

/// The errors of a proxy.
#[derive(Clone, Debug, PartialEq)]
pub struct Errors {
    /// How the proxy was compared with the truth.
    pub scale: Scale,
    /// All errors.
    pub all: Count,
    /// Those that pay more than is due.
    pub over: Count,
    /// Those that pay less.
    pub under: Count,
    /// On prompts with a single completion, where nothing is known of what the policy earns on average.
    pub undecided: Count,
    /// By category of the dynamics, then by that of the rule of attraction, both in the order of [`Category::ALL`].
    pub table: [[Count; 3]; 3],
    /// Prompts on which no sampled completion is worth more than the policy: true reward cannot grow there, so that every
    /// error is benign.
    pub prompts_without_growth: u64,
    /// The errors there.
    pub without_growth: Count,
    /// Errors to look at, of every category those that touch most: sorted by category.
    pub examples: Vec<ErrorExample>,
}

/// How much of a kind there is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Count {
    /// Completions.
    pub completions: u64,
    /// Share of the policy's mass, mean over prompts, in [0, 1].
    pub mass: f64,
}

/// Completions of a prompt that a proxy pays wrongly.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorExample {
    /// The prompt's id.
    pub prompt: Arc<str>,
    /// Place of the first of them among the prompt's completions, from 0.
    pub completion: usize,
    /// How many there are of that worth and reward.
    pub completions: u64,
    /// Their share of the policy on that prompt.
    pub mass: f64,
    /// What they are worth.
    pub truth: f64,
    /// What they are paid.
    pub proxy: f64,
    /// What they would be paid without the error.
    pub corrected: f64,
    /// The policy's mean proxy reward on the prompt.
    pub expected: f64,
    /// Which outputs attract, with the error and without it.
    pub attraction: Attraction,
    /// Time lost with the error over time lost without it; may be infinite.
    pub slowdown: f64,
    /// What it does by the dynamics.
    pub by_dynamics: Category,
    /// What it does by the rule of attraction.
    pub by_attraction: Category,
    /// How the first of them begins.
    pub excerpt: Arc<str>,
    /// What it is best held beside; `None` where all others are worth the same.
    pub beside: Option<Beside>,
}

/// A completion of the same prompt that is worth something else: a best one, or the best paid of the others beside a best one.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// Its place among the prompt's completions, from 0.
    pub completion: usize,
    /// What it is worth.
    pub truth: f64,
    /// What it is paid.
    pub proxy: f64,
    /// How it begins.
    pub excerpt: Arc<str>,
}

/// An error with its completions.
pub(super) struct Found {
    pub(super) error: ErrorExample,
    /// Which samples of the prompt, among those that are known.
    pub(super) members: Vec<usize>,
    /// Whether they are paid too much.
    pub(super) over: bool,
}

/// What one prompt adds.
pub(super) struct OfPrompt {
    pub(super) found: Vec<Found>,
    undecided: Count,
    no_growth: bool,
}

impl Errors {
    /// Sums up what prompts add, keeping so many examples of each category.
    pub(super) fn sum(prompts: Vec<OfPrompt>, scale: Scale, examples: usize) -> Self {
        let mut errors = Self {
            scale,
            all: Count::default(),
            over: Count::default(),
            under: Count::default(),
            undecided: Count::default(),
            table: Default::default(),
            prompts_without_growth: prompts.iter().filter(|prompt| prompt.no_growth).count() as u64,
            without_growth: Count::default(),
            examples: Vec::new(),
        };
        let share = 1.0 / prompts.len() as f64;
        for prompt in &prompts {
            errors.undecided.add(prompt.undecided.completions, prompt.undecided.mass * share);
            errors.all.add(prompt.undecided.completions, prompt.undecided.mass * share);
            for found in &prompt.found {
                let (count, mass) = (found.error.completions, found.error.mass * share);
                errors.all.add(count, mass);
                if prompt.no_growth {
                    errors.without_growth.add(count, mass);
                }
                if found.over {
                    errors.over.add(count, mass)
                } else {
                    errors.under.add(count, mass)
                }
                errors.table[found.error.by_dynamics as usize][found.error.by_attraction as usize].add(count, mass);
            }
        }
        // Where nothing can grow there is nothing to see.
        let seen = prompts.into_iter().filter(|prompt| !prompt.no_growth);
        let mut found: Vec<ErrorExample> = seen.flat_map(|prompt| prompt.found).map(|found| found.error).collect();
        for category in Category::ALL {
            let mut of: Vec<_> = found.extract_if(.., |error| error.by_dynamics == category).collect();
            of.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
            errors.examples.extend(of.into_iter().take(examples));
        }
        errors
    }

    /// Errors of a category by the dynamics.
    #[must_use]
    pub fn by_dynamics(&self, category: Category) -> Count {
        self.table[category as usize].into_iter().fold(Count::default(), Count::plus)
    }

    /// Errors of a category by the rule of attraction.
    #[must_use]
    pub fn by_attraction(&self, category: Category) -> Count {
        self.table.iter().map(|row| row[category as usize]).fold(Count::default(), Count::plus)
    }
}

impl Count {
    fn add(&mut self, completions: u64, mass: f64) {
        self.completions += completions;
        self.mass += mass;
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { completions: self.completions + other.completions, mass: self.mass + other.mass }
    }
}

impl ErrorExample {
    /// How much there is to see: mass, and how far it moves the time lost.
    fn weight(&self) -> f64 {
        self.mass * (1.0 + self.slowdown.ln().abs().min(10.0))
    }

    /// How much it harms: mass, and how far it moves the time lost.
    pub(super) fn harm(&self) -> f64 {
        if self.by_dynamics == Category::Harmful { self.mass * self.slowdown.ln().min(10.0) } else { 0.0 }
    }
}

/// The errors of a prompt, each classified.
pub(super) fn of_prompt(known: &Known, proxy: usize, scale: &Scale, trainer: &Trainer) -> OfPrompt {
    let outputs = outputs(known, proxy, scale);
    let wrong: Vec<usize> = (0..outputs.len()).filter(|&output| outputs[output].error != 0.0).collect();
    let mut of = OfPrompt { found: Vec::new(), undecided: Count::default(), no_growth: false };
    if known.from_policy {
        // These completions are no draws: how often the policy writes them is not known.
        wrong.iter().for_each(|&wrong| of.undecided.add(outputs[wrong].members.len() as u64, outputs[wrong].mass));
        return of;
    }
    if known.truth.len() == 1 {
        // What it is paid beside what the policy earns is not known, so it is neither right nor wrong.
        of.undecided.add(1, 1.0);
        return of;
    }
    let course = Course::new(&outputs, trainer);
    of.no_growth = !course.can_grow();
    if wrong.is_empty() {
        return of;
    }
    let with = (!of.no_growth).then(|| course.with_errors());
    let range = range(&outputs);
    for &index in &wrong {
        let output = &outputs[index];
        let slowdown = match &with {
            Some(with) => slowdown(with, &course.without(index, output.corrected)),
            None => 1.0,
        };
        let attraction = Attraction::of(&outputs, index);
        let error = ErrorExample {
            prompt: known.prompt.clone(),
            completion: known.places[output.members[0]],
            completions: output.members.len() as u64,
            mass: output.mass,
            truth: output.truth,
            proxy: output.proxy,
            corrected: output.corrected,
            expected: known.expected[proxy],
            by_dynamics: category(slowdown),
            by_attraction: attraction.category(range),
            attraction,
            slowdown,
            excerpt: known.excerpts[output.members[0]].clone(),
            beside: beside(known, proxy, output.members[0]),
        };
        of.found.push(Found { error, members: output.members.clone(), over: output.error > 0.0 });
    }
    of
}

fn beside(known: &Known, proxy: usize, wrong: usize) -> Option<Beside> {
    let paid = &known.proxies[proxy];
    let others = || (0..paid.len()).filter(|&other| known.truth[other] != known.truth[wrong]);
    let best = others().max_by(|&a, &b| known.truth[a].total_cmp(&known.truth[b]).then(paid[a].total_cmp(&paid[b])))?;
    let other = if known.truth[best] > known.truth[wrong] {
        best
    } else {
        others().max_by(|&a, &b| paid[a].total_cmp(&paid[b]))?
    };
    Some(Beside {
        completion: known.places[other],
        truth: known.truth[other],
        proxy: paid[other],
        excerpt: known.excerpts[other].clone(),
    })
}

/// The distance between the most and the least that an output is worth.
fn range(outputs: &[Output]) -> f64 {
    let truths = || outputs.iter().map(|output| output.truth);
    truths().fold(f64::NEG_INFINITY, f64::max) - truths().fold(f64::INFINITY, f64::min)
}
