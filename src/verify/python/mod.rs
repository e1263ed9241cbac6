//! Constraints on Python code, checked by CPython in the sandbox. The code runs in an instance of its own; what it is
//! compared with stays here, or in a judge's instance.

mod calls;
mod case;
mod cases;
mod check;
mod compare;
mod docs;
mod json_text;
mod livecodebench;
mod numbers;
mod output;
mod pairing;
mod params;
mod published;
mod reason;
mod refused;
mod show;
mod shown;
mod stdio;
mod syntax;
mod test_code;
mod tried;
mod values;
mod work;

pub(super) use docs::docs;
pub(super) use refused::Refused;
pub use shown::{Asked, ShownCall, ShownRun};
pub(super) use shown::{asked, function_called, shown_cases};
pub(super) use tried::Tried;

use super::Row;
use crate::verdict::{CauseKind, Verdict};
use fullmarks_sandbox::python::{Caught, Limits, Python, Stop, Watched};
use std::sync::Arc;

/// One constraint on Python code, ready to judge.
pub(super) struct PythonCheck {
    python: Arc<Python>,
    limited: Limited,
    /// Lines of the spec's own before the code.
    prefix_lines: usize,
    kind: Box<dyn Judge>,
}

/// What the kinds of constraint have in common.
trait Judge: Send + Sync {
    /// Judges code that is not empty. An error is how an instance stopped.
    fn judge(&self, with: &Running<'_>, prompt: &str, code: &str) -> Result<Verdict, Stop>;

    /// What is wrong with the parameters that only running them shows; tried when they are all written in the spec.
    fn try_out(&self, _: &Python) -> Result<(), String> {
        Ok(())
    }

    /// Candidates that do nothing of use, each with what it does: whatever accepts one proves nothing.
    fn stubs(&self, _: &Python) -> Result<Vec<(&'static str, String)>, String> {
        Ok(Vec::new())
    }

    /// Whether it runs the code.
    fn runs(&self) -> bool {
        false
    }

    /// Calls and imports that it forbids.
    fn forbidden(&self) -> Option<(&[String], &[String])> {
        None
    }

    /// Names that it calls in the candidate, beyond those its parameters say.
    fn wanted(&self, _: &Python) -> Vec<String> {
        Vec::new()
    }
}

/// What a judge works with.
struct Running<'a> {
    python: &'a Python,
    limits: Limits,
    /// Fuel of one case.
    case: u64,
    seed: u64,
}

/// What code may use, and what seeds its random numbers.
#[derive(Clone, Copy)]
pub(super) struct Limited {
    pub(super) limits: Limits,
    /// Fuel of one case, where it has less than all.
    pub(super) case: Option<u64>,
    pub(super) seed: u64,
}

impl Limited {
    fn running(self, python: &Python) -> Running<'_> {
        Running { python, limits: self.limits, case: self.case.unwrap_or(u64::MAX), seed: self.seed }
    }
}

impl PythonCheck {
    /// Binds parameters that the catalogue has seen.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(super) fn new(
        checker: &str,
        params: &Row,
        python: Arc<Python>,
        tried: &Tried,
        limited: Limited,
    ) -> Result<Self, Refused> {
        let running = limited.running(&python);
        let kind: Box<dyn Judge> = match checker {
            "python.calls" => Box::new(calls::Calls::new(params, &running)?),
            "python.stdio" => stdio::Stdio::judge_for(params, &running)?,
            "python.tests" => Box::new(test_code::ExistingTests::new(params)?),
            "python.forbids" => Box::new(syntax::Rules::new(syntax::Kind::Forbids, params, &python, tried)?),
            "python.requires" => Box::new(syntax::Rules::new(syntax::Kind::Requires, params, &python, tried)?),
            "python.check" => Box::new(check::Checker::new(params, &running, tried)?),
            other => return Err(format!("there is no checker `{other}`").into()),
        };
        let prefix_lines = params::prefix(params).lines().count();
        Ok(Self { python, limited, prefix_lines, kind })
    }

    /// Tries out what can be tried without a completion.
    ///
    /// # Errors
    /// What is wrong.
    pub(super) fn try_out(&self) -> Result<(), String> {
        self.kind.try_out(&self.python)
    }

    /// Names that it calls in the candidate, beyond those its parameters say.
    pub(super) fn wanted(&self) -> Vec<String> {
        self.kind.wanted(&self.python)
    }

    /// What useless candidates it accepts.
    ///
    /// # Errors
    /// Why none can be tried.
    pub(super) fn accepted_stubs(&self) -> Result<Vec<&'static str>, String> {
        let stubs = self.kind.stubs(&self.python)?;
        let accepted = stubs.into_iter().filter(|(_, code)| self.judge("", code) == Verdict::Passed);
        Ok(accepted.map(|(what, _)| what).collect())
    }

    /// Whether it runs the code.
    pub(super) fn runs(&self) -> bool {
        self.kind.runs()
    }

    /// Calls and imports that it forbids.
    pub(super) fn forbidden(&self) -> Option<(&[String], &[String])> {
        self.kind.forbidden()
    }

    /// Judges code that is not empty, and says what it did of what is watched for.
    pub(super) fn judge_watched(&self, prompt: &str, code: &str, watched: &Watched) -> (Verdict, Caught) {
        match self.python.guarded(Watched { prefix_lines: self.prefix_lines, ..watched.clone() }) {
            Ok(python) => (self.judge_with(&python, prompt, code), python.caught()),
            Err(why) => (Verdict::unscored(CauseKind::CheckerRefused, why.to_string()), Caught::new()),
        }
    }

    /// Judges code that is not empty.
    pub(super) fn judge(&self, prompt: &str, code: &str) -> Verdict {
        self.judge_with(&self.python, prompt, code)
    }

    fn judge_with(&self, python: &Python, prompt: &str, code: &str) -> Verdict {
        let running = self.limited.running(python);
        let judged = match self.kind.judge(&running, prompt, code) {
            // Our own trouble, unless it was a passing one.
            Err(Stop::Host(_)) => self.kind.judge(&running, prompt, code),
            judged => judged,
        };
        judged.unwrap_or_else(|stop| match stop {
            Stop::Host(why) => Verdict::unscored(CauseKind::CheckerTrapped, why),
            stop => reason::stopped(&stop),
        })
    }
}
