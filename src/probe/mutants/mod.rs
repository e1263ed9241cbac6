//! Mutants of accepted answers in code: right programs with one mistake put in. One that earns what a right answer earns, and gives
//! something else on an input that the task admits, shows a case that is missing.

pub(super) mod ask;
mod cover;
mod put;
pub(super) mod target;
mod told;

pub(super) use told::{Survivor, Told};

use super::{earns::earns, subject::Subject};
use crate::{reward::Scheme, verify::Verifier};
use ask::{Kind, Mutant, Mutate, Observe, Observed, mutate, observe};
use cover::cover;
use put::Form;
use rayon::prelude::*;
use target::{Target, targets};
use told::{NewCase, RunBy};

/// Mutants of the accepted answers to one prompt, at most.
const MUTANTS: usize = 140;

/// Accepted answers that are mutated.
const ANSWERS: usize = 2;

/// Inputs to tell a mutant from a right answer by.
pub(super) const INPUTS: usize = 220;

/// Inputs of the cases that mutants are first tried on: to leave out those that never end, which would cost all of their limit.
const TRIED: usize = 12;

/// Mutants of all accepted answers to a prompt, and which of them earn what those earn.
pub(super) fn mutants(verifier: &Verifier, schemes: &[Scheme], subject: &Subject) -> Told {
    let mut told = Told::default();
    for target in targets(subject) {
        told.add(of_target(verifier, schemes, subject, &target));
    }
    told
}

/// An accepted answer that earns what it should.
struct Right<'a> {
    text: &'a str,
    form: Form<'a>,
    code: String,
    /// With what stands before it.
    whole: String,
    rewards: Vec<Option<f64>>,
}

fn of_target(verifier: &Verifier, schemes: &[Scheme], subject: &Subject, target: &Target<'_>) -> Told {
    let mut told = Told::default();
    let rights: Vec<Right<'_>> =
        subject.accepted.iter().filter_map(|text| right(verifier, schemes, subject, target, text)).collect();
    let Some(first) = rights.first() else { return told };
    let seen = target.seen(verifier, &first.whole);
    let known = Known { verifier, target, rights: &rights };
    let tried = known.observe(&[], &seen[..seen.len().min(TRIED)]);
    let mut results: Vec<String> = tried.right.iter().flatten().map(|(_, gave)| gave.of.clone()).collect();
    results.sort();
    results.dedup();
    let mut earning = Vec::new();
    let several = rights.len().min(ANSWERS);
    for right in rights.iter().take(several) {
        let asked = Mutate {
            prefix: &target.prefix,
            code: &right.code,
            names: vec![&target.name],
            results: results.clone(),
            seen: &seen,
            most: MUTANTS / several,
        };
        // What our parser does not take is no Python that we can change.
        let Ok(mutated) = mutate(verifier, &asked) else { continue };
        let Some(form) = right.form.for_whole(verifier, subject, target, &mutated.right, |text| {
            earns(verifier, schemes, subject, text).0 == right.rewards
        }) else {
            continue;
        };
        let ends = |mutant: &Mutant| known.ends(mutant, &seen);
        let mutants: Vec<Mutant> = mutated.mutants.into_par_iter().filter(|mutant| ends(mutant)).collect();
        told.thrown += mutants.len() as u64;
        let survivors = mutants.into_par_iter().filter_map(|mutant| {
            let completion = form.with(&mutant.code);
            let (rewards, outcome) = earns(verifier, schemes, subject, &completion);
            let as_much = rewards.iter().zip(&right.rewards).all(|(got, right)| match (got, right) {
                (Some(got), Some(right)) => *got >= right - 1e-9,
                _ => false,
            });
            as_much.then_some((mutant, completion, rewards, outcome))
        });
        earning.extend(survivors.collect::<Vec<_>>());
    }
    if earning.is_empty() {
        return told;
    }
    let inputs = known.inputs(&seen, subject.plan.prompt());
    let codes: Vec<&str> = earning.iter().map(|(mutant, ..)| mutant.code.as_str()).collect();
    let observed = known.observe(&codes, &inputs);
    let mut apart = Vec::new();
    let tolerant = target.takes_rounded();
    let writable = |at: &usize| {
        observed.right[*at].as_ref().is_some_and(|(_, gave)| gave.writable && (tolerant || gave.of != "float"))
    };
    for (place, (mutant, completion, rewards, outcome)) in earning.into_iter().enumerate() {
        let differs: Vec<usize> = observed.differing(place);
        match differs.first() {
            None => told.alike += 1,
            Some(&at) => {
                apart.push(differs.iter().copied().filter(writable).collect::<Vec<_>>());
                let got = observed.of(place, at);
                let right = observed.right[at].as_ref().map(|(_, gave)| gave.shown.clone()).unwrap_or_default();
                let on = target.shown(&inputs[at]);
                let difference = told::difference(&on, &right, got);
                told.survivors.push(Survivor { mutant, completion, rewards, outcome, difference });
            }
        }
    }
    if !told.survivors.is_empty() {
        let new = |at: usize| {
            let gives = observed.right[at].as_ref().map(|(_, gave)| gave.shown.clone())?;
            Some(NewCase { input: inputs[at].clone(), gives })
        };
        told.cases = cover(&apart).into_iter().filter_map(new).collect();
        let ids = target.surfaces.iter().map(|surface| surface.id.clone()).collect();
        told.target = Some(RunBy { kind: target.kind, name: target.name.clone(), ids });
        told.rights = rights.iter().map(|right| right.text.to_owned()).collect();
    }
    told
}

fn right<'a>(
    verifier: &Verifier,
    schemes: &[Scheme],
    subject: &Subject,
    target: &Target<'_>,
    text: &'a str,
) -> Option<Right<'a>> {
    let (rewards, outcome) = earns(verifier, schemes, subject, text);
    if outcome.full() != Some(true) || !rewards.iter().flatten().any(|reward| *reward > 0.0) {
        return None;
    }
    let code = verifier.seen(&subject.plan, text, target.view);
    let whole = format!("{}{code}", target.prefix);
    Some(Right { text, form: Form::of(text, &code), code, whole, rewards })
}

/// What accepted answers make of inputs, to compare others with.
pub(super) struct Known<'a> {
    verifier: &'a Verifier,
    target: &'a Target<'a>,
    rights: &'a [Right<'a>],
}

/// What was observed.
pub(super) struct Comparison {
    /// Of each input what the accepted answers give, where they all give the same: its place, and what it is.
    pub(super) right: Vec<Option<(usize, Observed)>>,
    /// Of each mutant.
    others: Vec<Option<Vec<Observed>>>,
}

impl Known<'_> {
    fn observe(&self, codes: &[&str], inputs: &[String]) -> Comparison {
        let of = |codes: Vec<&str>| {
            let Target { kind, name, unordered, .. } = self.target;
            let asked = Observe { kind: *kind, codes, name, inputs, unordered: *unordered };
            observe(self.verifier, &asked)
        };
        let rights = of(self.rights.iter().map(|right| right.whole.as_str()).collect());
        let agreed = |at: usize| {
            let gave = rights.iter().flatten().map(|observed| &observed[at]).collect::<Vec<_>>();
            let first = *gave.first()?;
            (gave.iter().all(|other| other.gave() && other.alike == first.alike)).then(|| (at, first.clone()))
        };
        let right = (0..inputs.len()).map(agreed).collect();
        Comparison { right, others: if codes.is_empty() { Vec::new() } else { of(codes.to_vec()) } }
    }

    /// Whether a mutant ends on the inputs of the cases.
    fn ends(&self, mutant: &Mutant, seen: &[String]) -> bool {
        if self.target.kind == Kind::Call && self.target.name.is_empty() || seen.is_empty() {
            return true;
        }
        let inputs = &seen[..seen.len().min(TRIED)];
        let Target { kind, name, unordered, .. } = self.target;
        let asked = Observe { kind: *kind, codes: vec![&mutant.code], name, inputs, unordered: *unordered };
        match observe(self.verifier, &asked).pop().flatten() {
            Some(observed) => !observed.iter().any(Observed::is_endless),
            None => false,
        }
    }

    /// Inputs like those seen, and those.
    fn inputs(&self, seen: &[String], prompt: &str) -> Vec<String> {
        let code = self.rights.first().map_or("", |right| right.whole.as_str());
        let words = format!("{prompt}\n{code}");
        let asked = ask::Inputs { kind: self.target.kind, seen, words: &words, most: INPUTS, seed: 0 };
        ask::inputs(self.verifier, &asked).unwrap_or_default()
    }
}

impl Comparison {
    /// The inputs on which a mutant gives something else than every accepted answer.
    pub(super) fn differing(&self, mutant: usize) -> Vec<usize> {
        let Some(observed) = &self.others[mutant] else { return Vec::new() };
        let differs = |right: &Option<(usize, Observed)>| {
            let (at, right) = right.as_ref()?;
            let got = &observed[*at];
            (!got.gave() || got.alike != right.alike).then_some(*at)
        };
        self.right.iter().filter_map(differs).collect()
    }

    /// What a mutant makes of an input.
    fn of(&self, mutant: usize, at: usize) -> Option<&Observed> {
        self.others[mutant].as_ref()?.get(at)
    }
}
