//! Rules that hold while code runs: what `python.forbids` forbids is watched where other constraints run the code.

use super::check::{Check, Runner};
use crate::{
    spec::View,
    verdict::{FailureKind, Verdict},
};
use fullmarks_sandbox::python::{Caught, Watched};
use std::cell::RefCell;

/// What is watched for in the completions of one prompt.
pub(super) struct Watch {
    /// The text that the rules are about.
    view: View,
    watched: Watched,
}

/// What was seen while one completion was judged.
pub(super) struct Seen<'a> {
    watch: &'a Watch,
    caught: RefCell<Caught>,
}

impl Watch {
    /// What the constraints forbid, where there is a constraint that runs what they are about.
    pub(super) fn of(checks: &[Check]) -> Option<Self> {
        let mut watched = Watched::default();
        let mut view = None;
        for (check, calls, imports) in checks.iter().filter_map(forbidding) {
            // Of several texts the first: hardly any spec has rules about two.
            if *view.get_or_insert(check.view) == check.view {
                watched.calls.extend(calls.iter().cloned());
                watched.imports.extend(imports.iter().cloned());
            }
        }
        let view = view?;
        for names in [&mut watched.calls, &mut watched.imports] {
            names.sort();
            names.dedup();
        }
        let runs = checks.iter().any(|check| check.view == view && check.runs());
        (runs && !(watched.calls.is_empty() && watched.imports.is_empty())).then_some(Self { view, watched })
    }

    pub(super) fn begin(&self) -> Seen<'_> {
        Seen { watch: self, caught: RefCell::default() }
    }
}

/// A constraint that forbids calls or imports, and which.
fn forbidding(check: &Check) -> Option<(&Check, &[String], &[String])> {
    match &check.runner {
        Runner::Python(python) => python.forbidden().map(|(calls, imports)| (check, calls, imports)),
        Runner::Module(_) => None,
    }
}

impl Seen<'_> {
    /// Judges a text that is not empty, and watches where it runs what the rules are about.
    pub(super) fn judge(&self, check: &Check, prompt: &str, text: &str) -> Verdict {
        match &check.runner {
            Runner::Python(python) if python.runs() && check.view == self.watch.view => {
                let (verdict, caught) = python.judge_watched(prompt, text, &self.watch.watched);
                self.caught.borrow_mut().extend(caught);
                verdict
            }
            _ => check.judge(prompt, text),
        }
    }

    /// What a check comes to with what was seen: a rule that the text keeps is broken all the same by what it does.
    pub(super) fn judged(&self, check: &Check, verdict: Verdict) -> Verdict {
        let caught = self.caught.borrow();
        match (forbidding(check), &verdict) {
            (Some((_, calls, imports)), Verdict::Passed) if check.view == self.watch.view => {
                let own =
                    |(rule, entry): &&(String, String)| (if rule == "calls" { calls } else { imports }).contains(entry);
                let did = |(rule, entry): &(String, String)| match rule.as_str() {
                    "calls" => format!("it calls `{entry}` when it runs"),
                    _ => format!("it imports `{entry}` when it runs"),
                };
                let did = caught.iter().find(own).map(did);
                did.map_or(verdict, |did| {
                    Verdict::failed(FailureKind::Unmet, format!("it uses what is forbidden: {did}"))
                })
            }
            _ => verdict,
        }
    }
}
