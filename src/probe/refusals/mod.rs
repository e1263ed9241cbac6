//! Right answers in other clothes: which of them are refused, by which constraint, and why.

mod code;
mod dressed;
mod words;

use super::{earns::earns, subject::Subject};
use crate::{
    reward::Scheme,
    verdict::{Outcome, Verdict},
    verify::Verifier,
};
use dressed::Dressed;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What a constraint refuses although it is right.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The constraint.
    pub constraint: String,
    /// How the answer is written, as an id.
    pub form: String,
    /// The prompt's id, where it has one.
    pub prompt: Option<String>,
    /// The answer.
    pub completion: String,
    /// Why the constraint fails it.
    pub reason: String,
    /// Prompts on which it is refused.
    pub prompts: u64,
}

/// What is refused of all prompts' accepted answers, and how many were tried.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Refused {
    pub(super) tried: u64,
    pub(super) refusals: Vec<Refusal>,
}

/// Accepted answers of one prompt that are dressed.
const ANSWERS: usize = 3;

/// Dresses the accepted answers of all prompts, and lists by constraint and form what is refused.
pub(super) fn refusals(verifier: &Verifier, schemes: &[Scheme], subjects: &[Subject]) -> Refused {
    let of = |subject: &Subject| of_subject(verifier, schemes, subject);
    let all: Vec<Refused> = subjects.par_iter().map(of).collect();
    let mut refused = Refused::default();
    for one in all {
        refused.tried += one.tried;
        for refusal in one.refusals {
            let same = |other: &&mut Refusal| other.constraint == refusal.constraint && other.form == refusal.form;
            match refused.refusals.iter_mut().find(same) {
                Some(other) => other.prompts += 1,
                None => refused.refusals.push(refusal),
            }
        }
    }
    refused
}

fn of_subject(verifier: &Verifier, schemes: &[Scheme], subject: &Subject) -> Refused {
    let mut refused = Refused::default();
    let mut known = BTreeSet::new();
    for accepted in subject.accepted.iter().take(ANSWERS) {
        if earns(verifier, schemes, subject, accepted).1.full() != Some(true) {
            continue;
        }
        let dressed = match subject.surfaces.iter().any(|surface| surface.python) {
            true => code::dressed(verifier, subject, accepted),
            false => words::dressed(accepted),
        };
        for Dressed { form, text } in dressed {
            if text == *accepted || subject.accepted.contains(&text) {
                continue;
            }
            refused.tried += 1;
            let (_, outcome) = earns(verifier, schemes, subject, &text);
            for (constraint, reason) in failed(&outcome) {
                if known.insert((constraint.clone(), form.clone())) {
                    refused.refusals.push(Refusal {
                        constraint,
                        form: form.clone(),
                        prompt: subject.id.clone(),
                        completion: text.clone(),
                        reason,
                        prompts: 1,
                    });
                }
            }
        }
    }
    refused
}

/// The constraints that an answer fails, and why.
fn failed(outcome: &Outcome) -> Vec<(String, String)> {
    let reason = |verdict: &Verdict| match verdict {
        Verdict::Failed(failure) if failure.public.is_empty() => Some(failure.kind.to_string()),
        Verdict::Failed(failure) => Some(failure.public.clone()),
        _ => None,
    };
    outcome.iter().filter_map(|(constraint, verdict)| Some((constraint.id.to_string(), reason(verdict)?))).collect()
}
