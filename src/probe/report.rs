//! What probing found.

use super::refusals::Refusal;
use crate::{scoring::CaseFailure, spec::ProbeFamily};

/// What probing a spec found.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbeReport {
    /// Name of the task.
    pub task: String,
    /// Prompts probed.
    pub probed: u64,
    /// Prompts there are.
    pub prompts: u64,
    /// Prompts that were drawn, cannot be used and are left out.
    pub left_out: u64,
    /// Whether the prompts come from a file; else from the spec's own cases.
    pub from_file: bool,
    /// Answers thrown.
    pub thrown: u64,
    /// Of each family, how many.
    pub by_family: Vec<(ProbeFamily, u64)>,
    /// The schemes that were asked.
    pub schemes: Vec<String>,
    /// Answers that earned something, the worst first.
    pub findings: Vec<Finding>,
    /// What came of the mutants of accepted answers in code.
    pub mutants: Mutants,
    /// Accepted answers that were written in other ways.
    pub dressed: u64,
    /// Those that a constraint refuses: whether it may, the spec's author knows.
    pub refusals: Vec<Refusal>,
    /// Answers whose reward is not known, since a constraint could not judge them.
    pub unjudged: Vec<Unjudged>,
    /// How many of the spec's own cases were run.
    pub cases: u64,
    /// Those that did not go as the spec says.
    pub failures: Vec<CaseFailure>,
}

/// What came of the mutants of accepted answers in code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mutants {
    /// Those that were judged.
    pub thrown: u64,
    /// Those that earn what a right answer earns, and gave the same as one wherever they were tried.
    pub alike: u64,
    /// Those that earn it and gave something else.
    pub survived: u64,
    /// Prompts that have such ones.
    pub weak: u64,
    /// Prompts whose constraints run code, without an accepted answer that could be mutated.
    pub without_answer: u64,
}

/// A probe that earned something.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its kind.
    pub family: ProbeFamily,
    /// What it does, an id within the family.
    pub name: String,
    /// The most it earned, on any prompt and under any scheme.
    pub most: f64,
    /// The most it may earn.
    pub allowed: f64,
    /// Why it may earn that, where the spec declares it for the family.
    pub why: Option<String>,
    /// Prompts on which it earned more than it may; on which it earned anything, when that is allowed.
    pub prompts: u64,
    /// Where it earned most.
    pub example: Earned,
    /// Whether it earns no more than the scheme promises for the constraints that it meets.
    pub promised: bool,
    /// Of a mutant: an input, and what it makes of it in place of what is right.
    pub difference: Option<String>,
    /// How to close it.
    pub remedy: String,
}

/// An answer and what it earned.
#[derive(Clone, Debug, PartialEq)]
pub struct Earned {
    /// The prompt's id, where it has one.
    pub prompt: Option<String>,
    /// The answer.
    pub completion: String,
    /// Its reward under each scheme; `None` where that is not known.
    pub rewards: Vec<(String, Option<f64>)>,
    /// Constraints that it meets.
    pub passed: Vec<String>,
    /// Constraints that it does not meet.
    pub failed: Vec<String>,
}

/// An answer that could not be judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Unjudged {
    /// Its kind.
    pub family: ProbeFamily,
    /// What it does.
    pub name: String,
    /// The prompt's id, where it has one.
    pub prompt: Option<String>,
    /// The constraint.
    pub constraint: String,
    /// Why not.
    pub cause: String,
}

impl Finding {
    /// Whether it earned a part that the scheme promises, where no more is allowed.
    #[must_use]
    pub fn is_promised(&self) -> bool {
        self.promised && self.most > self.allowed
    }

    /// Whether it earned more than it may.
    #[must_use]
    pub fn is_hole(&self) -> bool {
        self.most > self.allowed && !self.promised
    }
}

impl ProbeReport {
    /// What earned more than it may.
    pub fn holes(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_hole())
    }

    /// Whether there is nothing to mend: no hole, no answer that could not be judged, and every case as the spec says.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.holes().next().is_none() && self.unjudged.is_empty() && self.failures.is_empty()
    }
}
