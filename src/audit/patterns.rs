//! Where harmful errors gather, and how much harm is left when they are mended there.

use super::{
    AuditSettings, Category, Errors, Feature, Scale,
    errors::{OfPrompt, of_prompt},
    samples::Known,
};
use rayon::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// Completions that share something and hold more of the harm than of the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The feature's name; `reward` is what the proxy itself pays, `prompt` what prompts' ids begin with.
    pub feature: String,
    /// What of it they share.
    pub test: Test,
    /// Their share of the harm: of the policy that harmful errors touch, each weighed by the logarithm of the time it costs.
    pub harm: f64,
    /// Their share of all completions of the policy.
    pub mass: f64,
    /// Prompts that have a harmful error among them.
    pub prompts: u64,
    /// Share of the policy that harmful errors touch once errors among them are mended.
    pub harmful_left: f64,
    /// Of the harm, how much is paid too much; the rest is paid too little.
    pub over: f64,
}

/// What completions of a pattern share.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// A number above this.
    Above(f64),
    /// A number of at most this.
    AtMost(f64),
    /// This text; `yes` or `no` of what holds or does not.
    Is(Arc<str>),
}

/// Patterns told at most.
const MOST: usize = 3;

/// The least share of the harm that is a pattern.
const LEAST: f64 = 0.15;

/// The least that a pattern's share of the harm is of its share of the policy.
const LIFT: f64 = 1.3;

/// Name of what the proxy pays over what the policy earns.
const REWARD: &str = "reward";

/// Standard errors over prompts by which a pattern must hold more of the harm than of the policy: dozens are looked at.
const SURE: f64 = 3.0;

/// Fewer prompts show no pattern.
const PROMPTS: u64 = 5;

/// Different texts of a feature up to which each is a pattern.
const TEXTS: usize = 50;

impl Test {
    fn holds(&self, feature: &Feature) -> bool {
        match (self, feature) {
            (Self::Above(least), Feature::Number(value)) => value > least,
            (Self::AtMost(most), Feature::Number(value)) => value <= most,
            (Self::Is(text), Feature::Text(value)) => text == value,
            (Self::Is(text), Feature::Holds(value)) => **text == *said(*value),
            _ => false,
        }
    }
}

fn said(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

/// One feature of all known completions, by prompt.
struct Column {
    name: String,
    values: Vec<Vec<Feature>>,
}

/// The errors of a proxy, and where the harmful ones gather.
pub(super) fn errors(known: &[Known], proxy: usize, scale: Scale, settings: &AuditSettings) -> (Errors, Vec<Pattern>) {
    let classify = |known: &Known| of_prompt(known, proxy, &scale, &settings.trainer);
    let prompts: Vec<OfPrompt> = known.par_iter().map(classify).collect();
    let mut patterns = found(known, proxy, &prompts, settings);
    for (pattern, column) in &mut patterns {
        let mended: Vec<OfPrompt> = known
            .par_iter()
            .zip(&prompts)
            .zip(&column.values)
            .map(|((known, of), values)| {
                classify(&mended(known, proxy, of, |sample| pattern.test.holds(&values[sample])))
            })
            .collect();
        pattern.harmful_left = Errors::sum(mended, scale, 0).by_dynamics(Category::Harmful).mass;
    }
    (Errors::sum(prompts, scale, settings.examples), patterns.into_iter().map(|(pattern, _)| pattern).collect())
}

/// A prompt whose errors are mended where they are of a pattern.
fn mended(known: &Known, proxy: usize, of: &OfPrompt, is: impl Fn(usize) -> bool) -> Known {
    let mut mended = known.clone();
    for found in &of.found {
        for &member in found.members.iter().filter(|&&member| is(member)) {
            mended.proxies[proxy][member] = found.error.corrected;
        }
    }
    mended.expected[proxy] = super::samples::mean(&mended.mass, &mended.proxies[proxy]);
    mended
}

fn found(known: &[Known], proxy: usize, prompts: &[OfPrompt], settings: &AuditSettings) -> Vec<(Pattern, Column)> {
    let harms: Vec<Vec<(f64, bool)>> = known.iter().zip(prompts).map(|(known, of)| harms(known, of)).collect();
    let mut left = harms.clone();
    let all: f64 = harms.iter().flatten().map(|(harm, _)| harm).sum();
    let mut patterns = Vec::new();
    if all <= 0.0 {
        return patterns;
    }
    let names: Vec<String> = settings.features.iter().cloned().chain([REWARD.into(), "prompt".into()]).collect();
    let mut used: Vec<usize> = Vec::new();
    while patterns.len() < MOST {
        // One column at a time, since there may be a million completions.
        let best_of = |place: usize| {
            let column = column(known, proxy, place, names[place].clone(), settings);
            let judged = tests(&column).into_par_iter().map(|test| judge(known, &left, &column, test, all));
            let judged: Vec<Option<Pattern>> = judged.collect();
            judged.into_iter().flatten().reduce(best)
        };
        let unused = (0..names.len()).filter(|place| !used.contains(place));
        let found = unused.filter_map(|place| Some((best_of(place)?, place)));
        // The first of equals, so that the answer is the same on any number of threads.
        let found = found.reduce(|a, b| if lift(&b.0) > lift(&a.0) { b } else { a });
        let Some((pattern, place)) = found else { break };
        let column = column(known, proxy, place, names[place].clone(), settings);
        for (harms, values) in left.iter_mut().zip(&column.values) {
            let of = harms.iter_mut().zip(values).filter(|(_, value)| pattern.test.holds(value));
            of.for_each(|(harm, _)| harm.0 = 0.0);
        }
        // The other side of a threshold, or what is left beside a text, is no pattern of its own.
        used.push(place);
        patterns.push((pattern, column));
    }
    patterns
}

fn lift(pattern: &Pattern) -> f64 {
    pattern.harm - pattern.mass
}

fn best(a: Pattern, b: Pattern) -> Pattern {
    if lift(&b) > lift(&a) { b } else { a }
}

/// The harm of each sample of a prompt, and whether it is paid too much.
fn harms(known: &Known, of: &OfPrompt) -> Vec<(f64, bool)> {
    let mut harms = vec![(0.0, false); known.truth.len()];
    for found in &of.found {
        let each = found.error.harm() / found.members.len() as f64;
        found.members.iter().for_each(|&member| harms[member] = (each, found.over));
    }
    harms
}

fn column(known: &[Known], proxy: usize, place: usize, name: String, settings: &AuditSettings) -> Column {
    let own = settings.features.len();
    let of = |known: &Known| -> Vec<Feature> {
        let samples = 0..known.truth.len();
        match place {
            place if place < own => {
                samples.map(|sample| known.features[sample].get(place).cloned().unwrap_or(Feature::Unknown)).collect()
            }
            // An offset of the prompt is nothing, so it is left out.
            place if place == own => {
                samples.map(|sample| Feature::Number(known.proxies[proxy][sample] - known.expected[proxy])).collect()
            }
            _ => {
                let group = known.prompt.split_once(['/', ':']).map(|(group, _)| Feature::Text(group.into()));
                vec![group.unwrap_or(Feature::Unknown); known.truth.len()]
            }
        }
    };
    Column { name, values: known.iter().map(of).collect() }
}

/// The tests of a feature: quartiles of numbers, each of a few texts.
fn tests(column: &Column) -> Vec<Test> {
    let mut numbers = Vec::new();
    let mut seen = [false, false];
    let mut texts: BTreeMap<&Arc<str>, u64> = BTreeMap::new();
    for value in column.values.iter().flatten() {
        match value {
            Feature::Number(value) => numbers.push(*value),
            Feature::Text(text) if texts.len() <= TEXTS || texts.contains_key(text) => {
                *texts.entry(text).or_default() += 1;
            }
            Feature::Holds(value) => seen[usize::from(*value)] = true,
            Feature::Text(_) | Feature::Unknown => {}
        }
    }
    if seen == [true, true] {
        return vec![Test::Is(said(false).into()), Test::Is(said(true).into())];
    }
    numbers.sort_by(f64::total_cmp);
    let at = |quarter: usize| numbers.get(numbers.len() * quarter / 4).copied();
    if column.name == REWARD {
        return at(3).filter(|cut| *cut > 0.0).map(Test::Above).into_iter().collect();
    }
    let cuts = (1..4).filter_map(at);
    let mut tests: Vec<Test> = cuts.flat_map(|cut| [Test::Above(cut), Test::AtMost(cut)]).collect();
    if (2..=TEXTS).contains(&texts.len()) {
        tests.extend(texts.into_keys().map(|text| Test::Is(text.clone())));
    }
    tests
}

/// A pattern, where it holds more of what harm is left than of the policy by more than prompts differ.
fn judge(known: &[Known], harms: &[Vec<(f64, bool)>], column: &Column, test: Test, all: f64) -> Option<Pattern> {
    let mut lifts = Vec::with_capacity(known.len());
    let (mut inside, mut over, mut mass, mut prompts) = (0.0, 0.0, 0.0, 0u64);
    let share = 1.0 / known.len() as f64;
    let parts: Vec<(f64, f64, f64)> = known
        .iter()
        .zip(harms)
        .zip(&column.values)
        .map(|((known, harms), values)| {
            let (mut harm, mut whole, mut held) = (0.0, 0.0, 0.0);
            for ((value, (each, too_much)), part) in values.iter().zip(harms).zip(&known.mass) {
                whole += each;
                if test.holds(value) {
                    harm += each;
                    held += part;
                    over += if *too_much { *each } else { 0.0 };
                }
            }
            inside += harm;
            mass += held * share;
            prompts += u64::from(harm > 0.0);
            (harm, whole, held)
        })
        .collect();
    if prompts < PROMPTS || inside / all < LEAST.max(LIFT * mass) {
        return None;
    }
    // What is paid too little is below the average by that alone, so only high rewards are looked at, and only for what they overpay.
    if column.name == REWARD && over < 0.5 * inside {
        return None;
    }
    lifts.extend(parts.iter().map(|(harm, whole, _)| harm - mass * whole));
    let average = lifts.iter().sum::<f64>() * share;
    let variance = lifts.iter().map(|lift| (lift - average).powi(2)).sum::<f64>() * share * share;
    (average > 0.0 && average >= SURE * variance.sqrt()).then(|| Pattern {
        feature: column.name.clone(),
        test,
        harm: (inside / all).min(1.0),
        mass,
        prompts,
        harmful_left: 0.0,
        over: (over / inside).min(1.0),
    })
}
