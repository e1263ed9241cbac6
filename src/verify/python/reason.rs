//! Why code failed, when its instance stopped or raised.

use crate::verdict::{Failure, FailureKind, Verdict};
use fullmarks_sandbox::python::{Exception, Stop};

/// How an instance stopped, as the completion's failure.
pub(super) fn stopped(stop: &Stop) -> Verdict {
    let (kind, public) = kind(stop);
    failed(kind, 0.0, public, stop.to_string())
}

/// The class and the public text of a stop.
pub(super) fn kind(stop: &Stop) -> (FailureKind, &'static str) {
    match stop {
        Stop::Fuel => (FailureKind::Timeout, "it takes longer than the limit"),
        Stop::Deadline => (FailureKind::Timeout, "it takes longer than the limit, by the clock"),
        Stop::Memory => (FailureKind::Memory, "it takes more memory than the limit"),
        Stop::Stack => (FailureKind::Recursion, "it recurses deeper than the limit"),
        Stop::Output => (FailureKind::Output, "it writes more than the limit"),
        Stop::Exited => (FailureKind::Exited, "it exited early"),
        Stop::Trap(_) | Stop::Protocol(_) | Stop::Host(_) => (FailureKind::Crashed, "it broke its interpreter"),
    }
}

/// What its source raised when it was loaded.
pub(super) fn on_load(error: &Exception) -> Verdict {
    let (kind, public) = uncaught(error);
    failed(kind, 0.0, public, error.private())
}

/// The class and the public text of an exception that ended a source.
pub(super) fn uncaught(error: &Exception) -> (FailureKind, String) {
    match error.kind.as_str() {
        "SyntaxError" | "IndentationError" | "TabError" => (FailureKind::Syntax, "it is not valid Python".into()),
        _ => (FailureKind::Raised, error.public()),
    }
}

/// That a hidden case fails: one class and one text, whatever a completion does, since it chooses both and may know the arguments. What
/// it did is for the author.
pub(super) fn hidden(score: f64, kind: FailureKind, private: &str) -> Verdict {
    failed(FailureKind::Unmet, score, "a hidden case fails", format!("{kind}: {private}"))
}

/// A failure with both reasons.
pub(super) fn failed(kind: FailureKind, score: f64, public: impl Into<String>, private: impl Into<String>) -> Verdict {
    Verdict::Failed(Box::new(Failure::new(kind, score, &public.into(), &private.into())))
}
