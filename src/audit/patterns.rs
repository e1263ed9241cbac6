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
    /// This text.
    Is(Arc<str>),
}

/// Patterns told at most.
const MOST: usize = 3;

/// The least share of the harm that is a pattern.
const LEAST: f64 = 0.15;

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
            _ => false,
        }
    }
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
    let names = settings.features.iter().cloned().chain(["reward".into(), "prompt".into()]);
    let columns: Vec<Column> =
        names.enumerate().map(|(place, name)| column(known, proxy, place, name, settings)).collect();
    while patterns.len() < MOST {
        let tried = columns.iter().flat_map(|column| tests(column).into_iter().map(move |test| (column, test)));
        let tried: Vec<(&Column, Test)> = tried.collect();
        let judged = tried.into_par_iter().filter_map(|(column, test)| {
            let pattern = judge(known, &left, column, test, all)?;
            Some((pattern, column))
        });
        let judged: Vec<(Pattern, &Column)> = judged.collect();
        let lift = |pattern: &Pattern| pattern.harm - pattern.mass;
        // The first of equals, so that the answer is the same on any number of threads.
        let best = judged.into_iter().reduce(|a, b| if lift(&b.0) > lift(&a.0) { b } else { a });
        let Some((pattern, column)) = best else { break };
        for (harms, values) in left.iter_mut().zip(&column.values) {
            harms
                .iter_mut()
                .zip(values)
                .filter(|(_, value)| pattern.test.holds(value))
                .for_each(|(harm, _)| harm.0 = 0.0);
        }
        let column = Column { name: column.name.clone(), values: column.values.clone() };
        patterns.push((pattern, column));
    }
    patterns
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
    let mut texts: BTreeMap<&Arc<str>, u64> = BTreeMap::new();
    for value in column.values.iter().flatten() {
        match value {
            Feature::Number(value) => numbers.push(*value),
            Feature::Text(text) if texts.len() <= TEXTS || texts.contains_key(text) => {
                *texts.entry(text).or_default() += 1;
            }
            Feature::Text(_) | Feature::Unknown => {}
        }
    }
    numbers.sort_by(f64::total_cmp);
    let at = |quarter: usize| numbers.get(numbers.len() * quarter / 4).copied();
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
    if prompts < PROMPTS || inside / all < LEAST || mass >= 1.0 - 1e-9 {
        return None;
    }
    lifts.extend(parts.iter().map(|(harm, whole, _)| harm - mass * whole));
    let average = lifts.iter().sum::<f64>() * share;
    let variance = lifts.iter().map(|lift| (lift - average).powi(2)).sum::<f64>() * share * share;
    (average > 0.0 && average >= SURE * variance.sqrt()).then(|| Pattern {
        feature: column.name.clone(),
        test,
        harm: inside / all,
        mass,
        prompts,
        harmful_left: 0.0,
        over: over / inside,
    })
}
