//! What probing found.

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
    /// Answers whose reward is not known, since a constraint could not judge them.
    pub unjudged: Vec<Unjudged>,
    /// How many of the spec's own cases were run.
    pub cases: u64,
    /// Those that did not go as the spec says.
    pub failures: Vec<CaseFailure>,
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
    /// Whether it earned more than it may.
    #[must_use]
    pub fn is_hole(&self) -> bool {
        self.most > self.allowed
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
