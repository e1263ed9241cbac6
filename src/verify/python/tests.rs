//! `python.tests`: existing test code, run unchanged in a judge's instance.

use super::{
    Judge, Running,
    params::{flag, lines, prefix, text},
    reason::{failed, on_load},
};
use crate::{
    verdict::{CauseKind, FailureKind, Verdict},
    verify::Row,
};
use fullmarks_sandbox::python::{Answer, Stop, Tested, Tests};

pub(super) struct ExistingTests {
    tests: Tests,
    prefix: String,
}

impl ExistingTests {
    pub(super) fn new(params: &Row) -> Result<Self, String> {
        let (setup, tests) = (lines(params, "setup")?, lines(params, "tests")?);
        if tests.trim().is_empty() {
            return Err("`tests` are empty: with none, everything would pass".into());
        }
        let prefix = prefix(params);
        let tests = Tests {
            source: if setup.is_empty() { tests } else { format!("{setup}\n{tests}") },
            function: text(params, "function").map(str::to_owned),
            layout: text(params, "layout").map(str::to_owned),
            prefix: prefix.clone(),
            mutates: flag(params, "mutates"),
        };
        Ok(Self { tests, prefix })
    }
}

impl Judge for ExistingTests {
    fn judge(&self, with: &Running<'_>, _: &str, code: &str) -> Result<Verdict, Stop> {
        let source = format!("{}{code}", self.prefix);
        Ok(match with.python.tests(&source, &self.tests, with.seed, &with.limits)? {
            Tested::Broken(why) => Verdict::unscored(CauseKind::CheckerRefused, why),
            Tested::Load(Answer::Raised(error)) => on_load(&error),
            Tested::Load(_) => return Err(Stop::Host("loading a source gave no answer".into())),
            Tested::Ran { failure: None, run, passed } if run == passed && run > 0 => Verdict::Passed,
            Tested::Ran { failure, run, passed } => {
                let score = if run == 0 { 0.0 } else { (passed as f64 / run as f64).min(1.0 - 1.0 / (run + 1) as f64) };
                let (kind, public, private) = match failure {
                    Some(failure) => (kind(&failure.kind), failure.public, failure.private),
                    None => (FailureKind::Unmet, "not every test passed".into(), String::new()),
                };
                let public = if run > 1 { format!("{public}; {passed} of {run} tests pass") } else { public };
                failed(kind, score, public, private)
            }
        })
    }
}

fn kind(name: &str) -> FailureKind {
    match name {
        "wrong_answer" => FailureKind::WrongAnswer,
        "raised" => FailureKind::Raised,
        "missing" => FailureKind::Missing,
        _ => FailureKind::Unmet,
    }
}
