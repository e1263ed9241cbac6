//! The JSON form of what probing found, version 1: structs of its own, so that what programs read does not move with the
//! library's types.

use crate::probe::{Earned, Finding, Mutants, ProbeReport, Refusal, Unjudged};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// Version of this form. Fields may be added within a version; removing one or changing its meaning makes a new one.
const VERSION: u32 = 1;

/// What `fullmarks probe --json` writes.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ProbeReport")]
pub struct ProbeSpecReport {
    /// The kind of document.
    pub fullmarks: ProbeKind,
    /// Version of the form.
    #[schemars(range(min = 1, max = 1))]
    pub version: u32,
    /// Name of the task.
    pub task: String,
    /// Whether there is nothing to mend.
    pub fine: bool,
    /// Prompts probed.
    pub probed: u64,
    /// Prompts there are.
    pub prompts: u64,
    /// Prompts that were drawn, cannot be used and are left out.
    pub left_out: u64,
    /// Where they come from: `file`, or `cases` for the rows of the spec's own cases.
    pub prompts_from: String,
    /// Answers thrown.
    pub thrown: u64,
    /// Answers thrown, by kind.
    pub by_kind: BTreeMap<String, u64>,
    /// The schemes under which rewards were computed.
    pub schemes: Vec<String>,
    /// What earned more than it may, the worst first.
    pub holes: Vec<FindingReport>,
    /// What earned something that the spec allows.
    pub allowed: Vec<FindingReport>,
    /// What earned a part of the reward: no more than the scheme promises for the constraints that it meets.
    pub promised: Vec<FindingReport>,
    /// What came of right answers in code with one mistake put in.
    pub mutants: MutantsReport,
    /// Right answers that were written in other ways.
    pub dressed: u64,
    /// Those that a constraint refuses.
    pub refused: Vec<RefusalReport>,
    /// What could not be judged, at most twenty of them.
    pub unjudged: Vec<UnjudgedReport>,
    /// The spec's own cases that were run.
    pub cases: u64,
    /// Those that did not go as the spec says.
    pub failures: Vec<CaseFailureReport>,
    /// What changed since an earlier report, where one was given; else it is not there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<super::SinceReport>,
}

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum ProbeKind {
    /// What probing found.
    #[serde(rename = "probe")]
    Probe,
}

/// A probe that earned something.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FindingReport {
    /// `KIND/NAME`.
    pub probe: String,
    /// The most it earned on any prompt and under any scheme.
    pub most: f64,
    /// The most it may earn.
    pub max_reward: f64,
    /// Why it may, where the spec says so.
    pub why: Option<String>,
    /// Prompts on which it earned more than it may, or anything where that is allowed.
    pub prompts: u64,
    /// Id of the prompt on which it earned most.
    pub prompt: Option<String>,
    /// The answer there.
    pub completion: String,
    /// Its reward there under each scheme; `null` where that is not known.
    pub rewards: BTreeMap<String, Option<f64>>,
    /// Constraints that it meets there.
    pub passed: Vec<String>,
    /// Constraints that it does not meet there.
    pub failed: Vec<String>,
    /// Of a mutant: an input there, and what it makes of it in place of what is right.
    pub difference: Option<String>,
    /// How to close it.
    pub remedy: String,
}

/// What came of right answers in code with one mistake put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MutantsReport {
    /// Those that were judged.
    pub thrown: u64,
    /// Those that earn what a right answer earns, and give something else on some input: each is among `holes` or `allowed`.
    pub survived: u64,
    /// Prompts that have such ones: their cases are weak.
    pub weak_prompts: u64,
    /// Those that earn it and gave the same as a right answer on every input that was tried.
    pub not_told_apart: u64,
    /// Prompts whose constraints run code, without an accepted answer to start from.
    pub prompts_without_answer: u64,
}

/// A right answer, written in another way, that a constraint refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RefusalReport {
    /// The constraint.
    pub constraint: String,
    /// How the answer is written.
    pub form: String,
    /// Why the constraint fails it.
    pub reason: String,
    /// Id of a prompt on which it is refused.
    pub prompt: Option<String>,
    /// The answer there.
    pub completion: String,
    /// Prompts on which it is refused.
    pub prompts: u64,
}

/// A probe that could not be judged.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct UnjudgedReport {
    /// `KIND/NAME`.
    pub probe: String,
    /// Id of the prompt.
    pub prompt: Option<String>,
    /// The constraint.
    pub constraint: String,
    /// Why not.
    pub cause: String,
}

/// A case that did not go as the spec says.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct CaseFailureReport {
    /// The case, shortened.
    pub case: String,
    /// What happened.
    pub message: String,
}

impl ProbeSpecReport {
    /// Version of this form.
    pub const VERSION: u32 = VERSION;

    /// The report of what probing found.
    #[must_use]
    pub fn new(found: &ProbeReport) -> Self {
        let (holes, others): (Vec<_>, Vec<_>) = found.findings.iter().partition(|finding| finding.is_hole());
        let (promised, allowed): (Vec<_>, Vec<_>) = others.into_iter().partition(|finding| finding.is_promised());
        let all = |findings: Vec<&Finding>| findings.into_iter().map(finding).collect();
        let failures = found
            .failures
            .iter()
            .map(|failure| CaseFailureReport { case: failure.case.clone(), message: failure.message.clone() });
        Self {
            fullmarks: ProbeKind::Probe,
            version: VERSION,
            task: found.task.clone(),
            fine: found.is_fine(),
            probed: found.probed,
            prompts: found.prompts,
            left_out: found.left_out,
            prompts_from: if found.from_file { "file" } else { "cases" }.into(),
            thrown: found.thrown,
            by_kind: found.by_family.iter().map(|(family, count)| (family.name().to_owned(), *count)).collect(),
            schemes: found.schemes.clone(),
            holes: all(holes),
            allowed: all(allowed),
            promised: all(promised),
            mutants: mutants(found.mutants),
            dressed: found.dressed,
            refused: found.refusals.iter().map(refusal).collect(),
            unjudged: found.unjudged.iter().map(unjudged).collect(),
            cases: found.cases,
            failures: failures.collect(),
            since: None,
        }
    }
}

fn finding(finding: &Finding) -> FindingReport {
    let Earned { prompt, completion, rewards, passed, failed } = finding.example.clone();
    FindingReport {
        probe: format!("{}/{}", finding.family, finding.name),
        most: finding.most,
        max_reward: finding.allowed,
        why: finding.why.clone(),
        prompts: finding.prompts,
        prompt,
        completion,
        rewards: rewards.into_iter().collect(),
        passed,
        failed,
        difference: finding.difference.clone(),
        remedy: finding.remedy.clone(),
    }
}

fn mutants(mutants: Mutants) -> MutantsReport {
    let Mutants { thrown, alike, survived, weak, without_answer } = mutants;
    MutantsReport {
        thrown,
        survived,
        weak_prompts: weak,
        not_told_apart: alike,
        prompts_without_answer: without_answer,
    }
}

fn refusal(refusal: &Refusal) -> RefusalReport {
    let Refusal { constraint, form, prompt, completion, reason, prompts } = refusal.clone();
    RefusalReport { constraint, form, reason, prompt, completion, prompts }
}

fn unjudged(unjudged: &Unjudged) -> UnjudgedReport {
    let Unjudged { family, name, prompt, constraint, cause } = unjudged.clone();
    UnjudgedReport { probe: format!("{family}/{name}"), prompt, constraint, cause }
}
