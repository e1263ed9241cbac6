//! Junk that meets constraints: text made of nothing but the constraints' own parameters, searched for step by step.
//!
//! From a few fillers, each step changes the text towards a constraint that it does not meet yet, and is kept when more
//! of the reward's weight is met. What is found says nothing: any reward that it earns is for form alone.

mod edits;
mod filler;
mod pattern;
mod schema;

use super::{Probe, subject::Subject};
use crate::{completion::Completion, spec::ProbeFamily, verdict::Outcome, verify::Verifier};
use edits::{Edit, edits};

/// Steps from one filler at most.
const STEPS: usize = 14;

/// The best junk found for a prompt: from each filler one text, the best of them only.
pub(super) fn junk(verifier: &Verifier, subject: &Subject) -> Vec<Probe> {
    // Code that only looks like code is thrown by name; to search for it would cost a run a step.
    if subject.surfaces.iter().any(|surface| surface.python) {
        return Vec::new();
    }
    let catalogue = verifier.library().catalogue();
    // A checker written in Python is asked about what is found, and not at every step.
    let edits: Vec<Vec<Edit>> = subject
        .surfaces
        .iter()
        .filter(|surface| surface.quick)
        .map(|surface| edits(&surface.checker, &surface.params, catalogue.get(&surface.checker), subject.plan.prompt()))
        .collect();
    if edits.is_empty() {
        return Vec::new();
    }
    let mut best: Option<Found> = None;
    for (_, start) in filler::starts() {
        let found = climb(verifier, subject, &edits, start.to_owned());
        let better = best.as_ref().is_none_or(|best| found.worth > best.worth);
        if better {
            best = Some(found);
        }
        if best.as_ref().is_some_and(|best| best.full) {
            break;
        }
    }
    let probe = |found: Found| Probe::new(ProbeFamily::Junk, "made-of-the-parameters", found.text);
    best.map(probe).into_iter().collect()
}

/// A text and what it meets.
struct Found {
    text: String,
    /// Required constraints met, then weight met, then partial scores.
    worth: (f64, f64, f64),
    full: bool,
    failed: Vec<usize>,
}

fn climb(verifier: &Verifier, subject: &Subject, edits: &[Vec<Edit>], start: String) -> Found {
    let judge = |text: String| {
        let outcome = verifier.judge(&subject.quick, &Completion::Text(text.clone()));
        measure(text, &outcome)
    };
    let mut found = judge(start);
    for _ in 0..STEPS {
        let mut next: Option<Found> = None;
        for edit in found.failed.iter().flat_map(|&failed| &edits[failed]) {
            let text = edit(&found.text);
            if text == found.text {
                continue;
            }
            let tried = judge(text);
            if tried.worth > next.as_ref().map_or(found.worth, |next| next.worth) {
                next = Some(tried);
            }
        }
        match next {
            Some(next) => found = next,
            None => break,
        }
        if found.full {
            break;
        }
    }
    found
}

fn measure(text: String, outcome: &Outcome) -> Found {
    let mut worth = (0.0, 0.0, 0.0);
    let mut failed = Vec::new();
    for (place, (constraint, verdict)) in outcome.iter().enumerate() {
        let passed = verdict.passed() == Some(true);
        worth.0 += f64::from(u8::from(passed && constraint.required));
        worth.1 += if passed { constraint.weight } else { 0.0 };
        worth.2 += verdict.score().unwrap_or(0.0);
        if !passed {
            failed.push(place);
        }
    }
    Found { text, worth, full: failed.is_empty(), failed }
}
