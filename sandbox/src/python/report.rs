//! What the guest says about a run or a call: a tuple of plain data, whose first item names its kind.

use super::{Int, Stop, Value, decode::decode, exceptions::known};

/// What a completion's code raised. Never the object: the name of a builtin exception, and a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The builtin exception it is or extends; `CandidateError` for one that does not extend `Exception`.
    pub kind: String,
    /// Its message, at most 2,000 characters. The completion chooses it.
    pub message: String,
}

impl Exception {
    /// What anybody may see: the kind without the message, which may quote the arguments of a hidden case.
    #[must_use]
    pub fn public(&self) -> String {
        format!("it raised {}", self.kind)
    }

    /// What the author may see.
    #[must_use]
    pub fn private(&self) -> String {
        format!("it raised {}: {}", self.kind, self.message)
    }
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It returned plain data.
    Returned {
        /// What it returned.
        value: Value,
        /// The arguments as it left them, if asked for.
        arguments: Option<Vec<Value>>,
    },
    /// It raised an exception.
    Raised(Exception),
    /// It returned something that does not cross; the text says what.
    Refused(String),
    /// The source defines no such name.
    Missing,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Its exit status; of `os._exit` only whether it is zero.
    pub status: i32,
    /// What it raised and did not catch.
    pub exception: Option<Exception>,
    /// All it wrote to standard output.
    pub stdout: Vec<u8>,
    /// The end of what it wrote to standard error.
    pub stderr: Vec<u8>,
}

/// Reads the report on a call.
pub(super) fn answer(bytes: &[u8]) -> Result<Answer, Stop> {
    let (kind, mut fields) = fields(bytes)?;
    Ok(match (kind.as_str(), &mut fields[..]) {
        ("returned", [value, arguments]) => {
            let arguments = match std::mem::replace(arguments, Value::None) {
                Value::None => None,
                Value::List(arguments) => Some(arguments),
                _ => return Err(broken("its arguments are no list")),
            };
            Answer::Returned { value: std::mem::replace(value, Value::None), arguments }
        }
        ("raised", [kind, message]) => Answer::Raised(exception(kind, message)?),
        ("refused", [Value::Str(why)]) => Answer::Refused(cut(why.to_string(), LONGEST_WHY)),
        ("missing", []) => Answer::Missing,
        ("exited", []) => return Err(Stop::Exited),
        _ => return Err(broken("it is of no known kind")),
    })
}

/// What ends a candidate although its judge might think nothing of it: it exited, or ran out of memory.
pub(super) fn stop_in(report: &[u8]) -> Option<Stop> {
    if report.starts_with(b"t\x01\0\0\0s\x06\0\0\0exited") {
        return Some(Stop::Exited);
    }
    report.starts_with(b"t\x03\0\0\0s\x06\0\0\0raiseds\x0b\0\0\0MemoryError").then_some(Stop::Memory)
}

/// Reads the report on a program: its status and what it raised.
pub(super) fn ended(bytes: &[u8]) -> Result<(i32, Option<Exception>), Stop> {
    let (kind, fields) = fields(bytes)?;
    let ("ended", [status, kind, message]) = (kind.as_str(), &fields[..]) else {
        return Err(broken("it is of no known kind"));
    };
    let status = match status {
        Value::Int(status) => Int::to_i64(status).and_then(|status| i32::try_from(status).ok()),
        _ => None,
    };
    let status = status.ok_or_else(|| broken("its status is no small integer"))?;
    let exception = match kind {
        Value::None => None,
        kind => Some(exception(kind, message)?),
    };
    Ok((status, exception))
}

/// The kind of a report, and what it says.
pub(super) fn fields(bytes: &[u8]) -> Result<(String, Vec<Value>), Stop> {
    let Value::Tuple(mut fields) = decode(bytes).map_err(broken)? else { return Err(broken("it is no tuple")) };
    if fields.is_empty() {
        return Err(broken("it is empty"));
    }
    match fields.remove(0) {
        Value::Str(kind) => Ok((kind.to_string(), fields)),
        _ => Err(broken("it has no kind")),
    }
}

/// Longest message of an exception that is kept, in characters.
const LONGEST_MESSAGE: usize = 2000;

/// Longest reason for which a value does not cross, in characters: it has the name of a type, which the completion chooses.
pub(super) const LONGEST_WHY: usize = 200;

/// At most so many characters of a text.
pub(super) fn cut(mut text: String, longest: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(longest) {
        text.truncate(end);
        text.shrink_to_fit();
        text.push('…');
    }
    text
}

/// Running out of memory is an exhausted limit, not an exception to compare.
fn exception(kind: &Value, message: &Value) -> Result<Exception, Stop> {
    match (kind, message) {
        (Value::Str(kind), Value::Str(message)) => match (kind.to_string(), message.to_string()) {
            (kind, _) if kind == "MemoryError" => Err(Stop::Memory),
            // What comes from the candidate's instance may be forged.
            (kind, message) => Ok(Exception { kind: known(&kind).to_owned(), message: cut(message, LONGEST_MESSAGE) }),
        },
        _ => Err(broken("its exception is no text")),
    }
}

pub(super) fn broken(what: &str) -> Stop {
    Stop::Protocol(format!("a report that is not one: {what}"))
}
