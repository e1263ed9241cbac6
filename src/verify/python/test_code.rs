//! `python.tests`: existing test code, run unchanged in a judge's instance.

use super::{
    Judge, Running,
    params::{lines, prefix, text},
    reason::{failed, on_load},
    refused::check_function,
};
use crate::{
    verdict::{CauseKind, FailureKind, Verdict},
    verify::Row,
};
use fullmarks_sandbox::python::{Answer, Limits, NEUTRAL, Prepared, Python, Stop, Tested, Tests};
use serde_json::Value as Json;
use std::{collections::BTreeSet, sync::OnceLock};

pub(super) struct ExistingTests {
    tests: Tests,
    /// The tests as they are run, or what is wrong with them: once for all completions.
    prepared: OnceLock<Result<Prepared, String>>,
    /// Whether the tests break whatever they are run against: asked only once they broke.
    broken: OnceLock<bool>,
    /// Errors that the tests meet with every neutral candidate: asked only once they met one.
    own_faults: OnceLock<BTreeSet<String>>,
    /// Whether the tests call nothing, whatever they are run against: asked only once they called nothing.
    call_nothing: OnceLock<bool>,
}

/// The judge's word for tests that passed and called nothing.
const UNCALLED: &str = "uncalled";

impl ExistingTests {
    pub(super) fn new(params: &Row) -> Result<Self, String> {
        let (setup, tests) = (lines(params, "setup")?, lines(params, "tests")?);
        if tests.trim().is_empty() {
            return Err("`tests` are empty: with none, everything would pass".into());
        }
        if let Some(function) = text(params, "function") {
            check_function(function)?;
        }
        let tests = Tests {
            source: if setup.is_empty() { tests } else { format!("{setup}\n{tests}") },
            function: text(params, "function").map(str::to_owned),
            layout: text(params, "layout").map(str::to_owned),
            prefix: prefix(params),
            mutates: params.get("mutates").and_then(Json::as_bool),
        };
        Ok(Self {
            tests,
            prepared: OnceLock::new(),
            broken: OnceLock::new(),
            own_faults: OnceLock::new(),
            call_nothing: OnceLock::new(),
        })
    }
}

impl Judge for ExistingTests {
    fn runs(&self) -> bool {
        true
    }

    fn try_out(&self, python: &Python) -> Result<(), String> {
        let prepared = self.prepared(python).map_err(|stop| stop.to_string())?;
        let names = prepared.map_err(|why| format!("`tests`: {why}"))?.wanted().to_vec();
        if names.is_empty() && self.tests.function.is_none() {
            return Err(
                "`tests`: the tests use nothing that they do not define: name what they test with `function`".into()
            );
        }
        self.imports(python)
    }

    fn wanted(&self, python: &Python) -> Vec<String> {
        match self.prepared(python) {
            Ok(Ok(prepared)) => prepared.wanted().to_vec(),
            // What is wrong with the tests shows when they are run.
            _ => Vec::new(),
        }
    }

    fn stubs(&self, python: &Python) -> Result<Vec<(&'static str, String)>, String> {
        let mut names = self.prepared(python).map_err(|stop| stop.to_string())??.wanted().to_vec();
        names.extend(self.tests.function.clone().filter(|function| !names.contains(function)));
        let define = |body: &str| {
            let define = |name: &String| format!("def {name}(*arguments, **keywords):\n{body}\n");
            names.iter().map(define).collect::<String>()
        };
        Ok(USELESS.iter().map(|(what, body)| (*what, define(body))).collect())
    }

    fn judge(&self, with: &Running<'_>, _: &str, code: &str) -> Result<Verdict, Stop> {
        let source = format!("{}{code}", self.tests.prefix);
        let prepared = match self.prepared(with.python)? {
            Ok(prepared) => prepared,
            Err(why) => return Ok(Verdict::unscored(CauseKind::CheckerRefused, why)),
        };
        Ok(match with.python.tests(&source, prepared, with.seed, &with.limits)? {
            Tested::Broken(why) if self.are_broken(with)? => Verdict::unscored(CauseKind::CheckerRefused, why),
            Tested::Broken(why) => failed(FailureKind::Unmet, 0.0, "the tests cannot be run on it", why),
            Tested::Load(Answer::Raised(error)) => on_load(&error),
            Tested::Load(_) => return Err(Stop::Host("loading a source gave no answer".into())),
            Tested::Ran { failure: None, run, passed, .. } if run == passed && run > 0 => Verdict::Passed,
            Tested::Ran { failure: Some(failure), doubtful, its_own: false, .. }
                if !doubtful.is_empty() && self.are_own(with, &doubtful)? =>
            {
                Verdict::unscored(
                    CauseKind::CheckerRefused,
                    format!("the tests fail by themselves: {}", failure.private),
                )
            }
            Tested::Ran { failure: Some(failure), .. } if failure.kind == UNCALLED && self.call_nothing(with)? => {
                Verdict::unscored(CauseKind::CheckerRefused, "the tests never call what they test")
            }
            Tested::Ran { failure, run, passed, .. } => {
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

impl ExistingTests {
    /// Whether the tests break on a candidate that does nothing as well: then no completion is to blame.
    fn are_broken(&self, with: &Running<'_>) -> Result<bool, Stop> {
        if let Some(known) = self.broken.get() {
            return Ok(*known);
        }
        let broken = match self.stubs(with.python) {
            Ok(stubs) => matches!(self.ran_on(with, &stubs[0].1)?, Some(Tested::Broken(_))),
            Err(_) => true,
        };
        Ok(*self.broken.get_or_init(|| broken))
    }

    /// Whether the tests pass without a call on a candidate that does nothing, or on none: they test something of their own.
    fn call_nothing(&self, with: &Running<'_>) -> Result<bool, Stop> {
        if let Some(known) = self.call_nothing.get() {
            return Ok(*known);
        }
        let stub = self.stubs(with.python).ok().map(|stubs| stubs[0].1.clone());
        let mut nothing = false;
        for source in stub.into_iter().chain([String::from("pass")]) {
            let ran = self.ran_on(with, &source)?;
            nothing |= matches!(ran, Some(Tested::Ran { failure: Some(failure), .. }) if failure.kind == UNCALLED);
        }
        Ok(*self.call_nothing.get_or_init(|| nothing))
    }

    /// How the tests go on a source of our own; nothing where it is stopped.
    fn ran_on(&self, with: &Running<'_>, source: &str) -> Result<Option<Tested>, Stop> {
        let Ok(prepared) = self.prepared(with.python)? else { return Ok(Some(Tested::Broken(String::new()))) };
        match with.python.tests(source, prepared, with.seed, &with.limits) {
            Err(stop @ Stop::Host(_)) => Err(stop),
            tested => Ok(tested.ok()),
        }
    }

    /// Whether errors are the tests' own: they come with every neutral candidate as well.
    fn are_own(&self, with: &Running<'_>, errors: &[String]) -> Result<bool, Stop> {
        let known = match self.own_faults.get() {
            Some(known) => known,
            None => {
                let found = self.own_faults(with)?;
                self.own_faults.get_or_init(|| found)
            }
        };
        Ok(errors.iter().all(|error| known.contains(error)))
    }

    fn own_faults(&self, with: &Running<'_>) -> Result<BTreeSet<String>, Stop> {
        let Ok(prepared) = self.prepared(with.python)? else { return Ok(BTreeSet::new()) };
        let mut common: Option<BTreeSet<String>> = None;
        for which in 0..NEUTRAL {
            let met: BTreeSet<String> = match with.python.neutral(prepared, which, &with.limits) {
                Ok(met) => met.into_iter().collect(),
                Err(stop @ Stop::Host(_)) => return Err(stop),
                // Nothing is known of what it would have met.
                Err(_) => BTreeSet::new(),
            };
            let left: BTreeSet<String> = match common {
                None => met,
                Some(before) => before.into_iter().filter(|error| is_met(error, &met)).collect(),
            };
            if left.is_empty() {
                return Ok(left);
            }
            common = Some(left);
        }
        Ok(common.unwrap_or_default())
    }

    /// Whether what the tests import is there: they are run on a candidate that does nothing.
    fn imports(&self, python: &Python) -> Result<(), String> {
        let (stubs, prepared) = (self.stubs(python)?, self.prepared(python).map_err(|stop| stop.to_string())??);
        let lacks = |why: &String| why.contains("ModuleNotFoundError") || why.contains("ImportError");
        match python.tests(&stubs[0].1, prepared, 0, &Limits::default()) {
            Ok(Tested::Broken(why)) if lacks(&why) => {
                Err(format!("`tests` import what is not there, so that no completion could pass: {why}"))
            }
            // Whatever else goes wrong may be what this candidate does.
            _ => Ok(()),
        }
    }

    /// The tests as they are run.
    fn prepared(&self, python: &Python) -> Result<Result<&Prepared, String>, Stop> {
        let prepared = match self.prepared.get() {
            Some(prepared) => prepared,
            None => {
                let prepared = python.prepare(&self.tests)?.map_err(|why| why.to_string());
                self.prepared.get_or_init(|| prepared)
            }
        };
        Ok(prepared.as_ref().map_err(Clone::clone))
    }
}

/// Whether a neutral candidate meets an error, or ends the same test before it by nothing but the type of its answer, which says nothing.
fn is_met(error: &str, met: &BTreeSet<String>) -> bool {
    let test = error.split_inclusive('|').next().unwrap_or_default();
    let mut of_the_test = met.iter().filter(|one| one.starts_with(test)).peekable();
    met.contains(error)
        || of_the_test.peek().is_some() && of_the_test.all(|one| one.len() == test.len() + 1 && one.ends_with('*'))
}

/// What useless functions do, and how.
const USELESS: [(&str, &str); 4] = [
    ("returns nothing", "    pass"),
    ("always returns 0", "    return 0"),
    ("always returns True", "    return True"),
    (
        "empties its arguments and returns the first",
        "    for argument in arguments:\n        if hasattr(argument, 'clear'):\n            argument.clear()\n    \
         return arguments[0] if arguments else None",
    ),
];

fn kind(name: &str) -> FailureKind {
    match name {
        "wrong_answer" => FailureKind::WrongAnswer,
        "raised" => FailureKind::Raised,
        "missing" => FailureKind::Missing,
        "memory" => FailureKind::Memory,
        _ => FailureKind::Unmet,
    }
}
