//! What came of a prompt's mutants.

use super::ask::{Kind, Mutant, Observed};
use crate::verdict::Outcome;

/// What came of the mutants of a prompt's accepted answers.
#[derive(Default)]
pub(in crate::probe) struct Told {
    /// Mutants that were judged.
    pub(in crate::probe) thrown: u64,
    /// Those that earn what a right answer earns, and gave the same wherever they were tried: right in another way, as far as is known.
    pub(in crate::probe) alike: u64,
    /// Those that earn it and gave something else.
    pub(in crate::probe) survivors: Vec<Survivor>,
    /// Inputs that tell all of those apart that can be, as few as were found, and what comes of them.
    pub(in crate::probe) cases: Vec<NewCase>,
    /// What runs them.
    pub(in crate::probe) target: Option<RunBy>,
    /// The accepted answers that were compared with.
    pub(in crate::probe) rights: Vec<String>,
}

/// An input, and what a right answer makes of it, as Python.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::probe) struct NewCase {
    pub(in crate::probe) input: String,
    pub(in crate::probe) gives: String,
}

/// What runs new cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::probe) struct RunBy {
    pub(in crate::probe) kind: Kind,
    pub(in crate::probe) name: String,
    /// The constraints that run it.
    pub(in crate::probe) ids: Vec<String>,
}

/// A mutant that earns what a right answer earns, and is none.
pub(in crate::probe) struct Survivor {
    pub(in crate::probe) mutant: Mutant,
    pub(in crate::probe) completion: String,
    pub(in crate::probe) rewards: Vec<Option<f64>>,
    pub(in crate::probe) outcome: Outcome,
    /// Where it differs, in a sentence.
    pub(in crate::probe) difference: String,
}

impl Told {
    pub(in crate::probe) fn add(&mut self, other: Self) {
        self.thrown += other.thrown;
        self.alike += other.alike;
        self.survivors.extend(other.survivors);
        // Cases of one function at a time are written.
        if self.target.is_none() {
            (self.cases, self.target, self.rights) = (other.cases, other.target, other.rights);
        }
    }
}

/// Longest result that is shown, in characters.
const SHOWN: usize = 80;

/// A sentence on an input and what comes of it.
pub(super) fn difference(on: &str, right: &str, got: Option<&Observed>) -> String {
    let got = match got {
        Some(got) if got.gave() => format!("gives `{}`", short(&got.shown)),
        Some(got) if got.is_endless() => "does not end".into(),
        _ => "raises an exception".into(),
    };
    format!("`{}`: a right answer gives `{}`, and this {got}", short(on), short(right))
}

fn short(text: &str) -> String {
    let text = text.trim_end().replace('\n', "\\n");
    if text.chars().count() <= SHOWN {
        return text;
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}
