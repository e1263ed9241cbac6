//! One constraint on one text: asking the sandbox, and finding out whose fault a stop was.

use crate::verdict::{CauseKind, Failure, FailureKind, Verdict};
use fullmarks_sandbox::{Answer, Entry, Limits, Module, Request, Stop, Tag};
use std::sync::{Arc, OnceLock};

/// A text no checker has a reason to struggle with.
const NEUTRAL: &str = "ok";

/// A checker of a module, with its parameters.
pub(super) struct ModuleCheck {
    module: Arc<Module>,
    checker: String,
    params: String,
    limits: Limits,
    /// How the checker fares on a neutral text: asked only once a limit was exhausted.
    on_neutral: OnceLock<Option<Stop>>,
}

impl ModuleCheck {
    pub(super) fn new(module: Arc<Module>, checker: &str, params: String, limits: Limits) -> Self {
        Self { module, checker: checker.to_owned(), params, limits, on_neutral: OnceLock::new() }
    }

    /// Judges a text that is not empty.
    pub(super) fn judge(&self, prompt: &str, text: &str) -> Verdict {
        match self.ask(prompt, text) {
            Ok(answer) => verdict(answer),
            Err(stop) if stop.is_exhaustion() => self.blame(prompt, &stop),
            // Our own trouble, unless it was a passing one.
            Err(_) => match self.ask(prompt, text) {
                Ok(answer) => verdict(answer),
                Err(stop @ Stop::Protocol(_)) => Verdict::unscored(CauseKind::CheckerProtocol, stop.to_string()),
                Err(stop) => Verdict::unscored(CauseKind::CheckerTrapped, stop.to_string()),
            },
        }
    }

    /// A limit was exhausted. That is the completion's doing, unless the checker exhausts it on a neutral text too.
    fn blame(&self, prompt: &str, stop: &Stop) -> Verdict {
        let on_neutral = self.on_neutral.get_or_init(|| self.ask(prompt, NEUTRAL).err().filter(Stop::is_exhaustion));
        if let Some(stop) = on_neutral {
            let detail = format!("`{}` cannot judge even the text `{NEUTRAL}`: {stop}", self.checker);
            return Verdict::unscored(CauseKind::CheckerExhausted, detail);
        }
        let (kind, public) = match stop {
            Stop::Memory => (FailureKind::Memory, "judging it takes more memory than the limit"),
            Stop::Stack => (FailureKind::Recursion, "judging it recurses deeper than the limit"),
            Stop::Deadline => (FailureKind::Timeout, "judging it takes longer than the limit, by the clock"),
            _ => (FailureKind::Timeout, "judging it takes longer than the limit"),
        };
        Verdict::failed(kind, public)
    }

    /// Tries the parameters, without any completion.
    pub(super) fn validate(&self) -> Result<(), String> {
        let request = Request { checker: &self.checker, params: &self.params, prompt: "", text: "" };
        let answer = self.module.call(Entry::Validate, &request, &self.limits);
        let why =
            answer.map_err(|stop| format!("`{}` cannot take its parameters: {stop}{}", self.checker, remedy(&stop)))?;
        if why.is_empty() {
            return Ok(());
        }
        Err(format!("`{}` refuses its parameters: {}", self.checker, String::from_utf8_lossy(&why)))
    }

    /// Makes sure that the checker can judge anything at all within its limits.
    pub(super) fn try_out(&self) -> Result<(), String> {
        match self.ask("", NEUTRAL) {
            Ok(_) => Ok(()),
            Err(stop) => {
                Err(format!("`{}` cannot judge even the text `{NEUTRAL}`: {stop}{}", self.checker, remedy(&stop)))
            }
        }
    }

    fn ask(&self, prompt: &str, text: &str) -> Result<Answer, Stop> {
        let request = Request { checker: &self.checker, params: &self.params, prompt, text };
        Answer::decode(&self.module.call(Entry::Check, &request, &self.limits)?)
    }
}

/// What the spec's author can do about a checker that stops.
fn remedy(stop: &Stop) -> &'static str {
    match stop {
        Stop::Fuel | Stop::Deadline => "; if it needs longer, raise `limits: {time: …}`",
        Stop::Memory => "; if it needs more, raise `limits: {memory: …}`",
        Stop::Stack | Stop::Trap(_) | Stop::Protocol(_) => "",
    }
}

fn verdict(answer: Answer) -> Verdict {
    let Answer { tag, score, public, private } = answer;
    match tag {
        Tag::Passed => Verdict::Passed,
        Tag::Failed => Verdict::Failed(Box::new(Failure::new(FailureKind::Unmet, score, &public, &private))),
        Tag::Refused => Verdict::unscored(CauseKind::CheckerRefused, public),
    }
}
