//! Known ways to get reward without doing the task, thrown at a spec: what earns, how much, and how to close it
//! (docs/probe.md). The answers are made of what a policy can know of a prompt: its text, and what its constraints show.

mod answers;
mod code;
mod earns;
mod finding;
mod fix;
mod junk;
mod mutants;
mod refusals;
mod remedy;
mod report;
mod run;
mod source;
mod subject;

pub use fix::{Fix, fix};
pub use refusals::Refusal;
pub use report::{Earned, Finding, Mutants, ProbeReport, Unjudged};
pub use run::{ProbeSettings, probe};
pub use subject::{Subjects, SubjectsError};

use crate::spec::ProbeFamily;

/// One answer that wants reward without the work.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Probe {
    pub(super) family: ProbeFamily,
    /// What it does, as an id within its family.
    pub(super) name: String,
    pub(super) completion: String,
    /// It is a trick only as far as it earns more than this answer.
    pub(super) beyond: Option<&'static str>,
}

impl Probe {
    fn new(family: ProbeFamily, name: impl Into<String>, completion: impl Into<String>) -> Self {
        Self { family, name: name.into(), completion: completion.into(), beyond: None }
    }
}
