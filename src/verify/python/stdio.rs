//! `python.stdio`: a whole program, fed standard input; its whole standard output is compared here. A fresh instance a case.

use super::{
    Judge, Running,
    calls::Calls,
    case::{Case, Run},
    cases,
    output::{Compare, trimmed},
    params::{prefix, text},
    reason::{self, failed},
    refused::Refused,
    show::shorten,
};
use crate::{
    verdict::{FailureKind, Verdict},
    verify::Row,
};
use fullmarks_sandbox::python::{Program, Stop};

/// Longest piece of a text in a reason, in characters.
const SHOWN: usize = 120;

/// What is kept of standard error in a reason: its end, in bytes.
const LAST_WORDS: usize = 2000;

/// Fuel for comparing a byte of output.
const COMPARED: u64 = 20;

pub(super) struct Stdio {
    prefix: String,
    runs: Vec<Run>,
    compare: Compare,
    /// Whether a program may end with any status.
    any_status: bool,
}

impl Stdio {
    /// For cases about standard input and output; calls of a function when that is what all cases are about.
    pub(super) fn judge_for(params: &Row, running: &Running<'_>) -> Result<Box<dyn Judge>, Refused> {
        let (mut runs, mut calls) = (Vec::new(), Vec::new());
        for case in cases::cases(params)? {
            match case {
                Case::Run(run) => runs.push(run),
                Case::Call(call) => calls.push(call),
            }
        }
        if !runs.is_empty() && !calls.is_empty() {
            return Err("some cases are about standard input and output and some about calls".into());
        }
        if runs.is_empty() {
            let function = cases::function_name(params)?;
            if function.is_empty() {
                return Err("its cases call a function: name it with `function`, or use `python.calls`".into());
            }
            return Ok(Box::new(Calls::of(function, calls, params, running)?));
        }
        let compare = Compare::of(params)?;
        let any_status = text(params, "exit_status") == Some("any");
        Ok(Box::new(Self { prefix: prefix(params), runs, compare, any_status }))
    }
}

impl Judge for Stdio {
    fn runs(&self) -> bool {
        true
    }

    fn judge(&self, with: &Running<'_>, _: &str, code: &str) -> Result<Verdict, Stop> {
        let source = format!("{}{code}", self.prefix);
        // All the runs live on one budget.
        let mut limits = with.limits;
        let (mut passed, mut first) = (0, None);
        let count = self.runs.len();
        // Hidden ones after all others: what they take is then nothing that the others show.
        let order = [false, true].map(|hidden| (0..count).filter(move |at| self.runs[*at].hidden == hidden));
        for index in order.into_iter().flatten() {
            let run = &self.runs[index];
            let program = Program { source: &source, stdin: run.stdin.as_bytes(), seed: with.seed };
            // What is kept back is not this case's to use.
            let kept = limits.fuel.saturating_sub(with.case);
            limits.fuel -= kept;
            let result = with.python.run_on(&program, &mut limits);
            limits.fuel += kept;
            if let Ok(ended) = &result {
                limits.fuel = limits.fuel.saturating_sub(COMPARED * ended.stdout.len() as u64);
            }
            let wrong = match result {
                Ok(ended) => self.wrong(run, &ended),
                Err(stop @ Stop::Host(_)) => return Err(stop),
                Err(stop) => {
                    let (kind, public) = reason::kind(&stop);
                    Some((kind, public.to_owned(), stop.to_string()))
                }
            };
            match wrong {
                None => passed += 1,
                Some(wrong) => {
                    let late = wrong.0 == FailureKind::Timeout;
                    first.get_or_insert((index, wrong));
                    if late {
                        break;
                    }
                }
            }
        }
        let score = passed as f64 / count as f64;
        Ok(match first {
            None => Verdict::Passed,
            Some((index, (kind, _, private))) if self.runs[index].hidden => {
                reason::hidden(score, kind, &format!("case {} of {count}: {private}", index + 1))
            }
            Some((index, (kind, public, private))) => {
                let public = format!("case {} of {count}: {public}; {passed} of {count} cases pass", index + 1);
                failed(kind, score, public, private)
            }
        })
    }
}

impl Stdio {
    fn wrong(&self, run: &Run, ended: &fullmarks_sandbox::python::Ended) -> Option<(FailureKind, String, String)> {
        if let Some(error) = &ended.exception {
            let (kind, public) = reason::uncaught(error);
            return Some((kind, public, error.private()));
        }
        if ended.status != 0 && !self.any_status {
            let public = format!("it ended with status {}", ended.status);
            // What it said last is most often why.
            let end = &ended.stderr[ended.stderr.len().saturating_sub(LAST_WORDS)..];
            return Some((FailureKind::Exited, public, String::from_utf8_lossy(end).into_owned()));
        }
        let Ok(got) = std::str::from_utf8(&ended.stdout) else {
            return Some((FailureKind::WrongAnswer, "its output is not UTF-8".into(), String::new()));
        };
        if self.compare.equal(&run.stdout, got) {
            return None;
        }
        let details = difference(&run.stdout, got);
        Some((FailureKind::WrongAnswer, details.clone(), details))
    }
}

/// The first line that differs.
fn difference(expected: &str, got: &str) -> String {
    let (mut a, mut b) = (trimmed(expected), trimmed(got));
    for line in 1.. {
        match (a.next(), b.next()) {
            (None, None) => break,
            (a, b) if a == b => {}
            (a, b) => {
                let show =
                    |line: Option<&str>| line.map_or("its end".into(), |line| format!("`{}`", shorten(line, SHOWN)));
                return format!("line {line} of its output is {}, not {}", show(b), show(a));
            }
        }
    }
    "its output differs in white space".into()
}
