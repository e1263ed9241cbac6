//! `python.check`: a checker that the spec's author wrote in Python. It sees a completion as text, and runs in an instance of
//! its own.

use super::{Judge, Running, Tried, params::lines, reason::failed, values};
use crate::{
    verdict::{CauseKind, FailureKind, Verdict},
    verify::Row,
};
use fullmarks_sandbox::python::{Checked, Limits, Python, Stop, Value, apart};

/// A text that no checker has a reason to struggle with.
const OK: &str = "ok";

/// Such texts, of the kinds that checkers read: a checker that can judge one of them is not broken, and what it cannot judge is the
/// completion's doing.
const NEUTRAL: [&str; 8] =
    [OK, "1", "{}", "[]", "Answer: 1", "<answer>1</answer>", "\\boxed{1}", "```python\ndef f(x):\n    return x\n```\n"];

pub(super) struct Checker {
    source: String,
    params: Value,
}

impl Checker {
    pub(super) fn new(params: &Row, running: &Running<'_>, tried: &Tried) -> Result<Self, String> {
        let source = lines(params, "code")?;
        let given = params.get("params").map_or(Ok(Value::Dict(Vec::new())), values::value)?;
        tried
            .once("check", params, || match running.python.try_checker(&source, &running.limits) {
                Ok(Checked::Score(..)) => Ok(()),
                Ok(Checked::Broken(why) | Checked::Brought(why) | Checked::Mistaken(why)) => Err(why),
                Err(stop) => Err(format!("its code does not load: {stop}")),
            })
            .map_err(|why| format!("`code`: {why}"))?;
        Ok(Self { source, params: given })
    }
}

impl Checker {
    /// Its random numbers are of this text and this checker, whose code no completion has read: none can foresee them, and
    /// they are the same on every run.
    fn ask(&self, python: &Python, seed: u64, prompt: &str, text: &str, limits: &Limits) -> Result<Checked, Stop> {
        let seed = apart(seed, &[self.source.as_bytes(), text.as_bytes()]);
        python.check(&self.source, text, prompt, &self.params, seed, limits)
    }
}

impl Judge for Checker {
    fn judge(&self, with: &Running<'_>, prompt: &str, text: &str) -> Result<Verdict, Stop> {
        let ask = |text: &str| self.ask(with.python, with.seed, prompt, text, &with.limits);
        match ask(text) {
            Ok(Checked::Score(1.0, _)) => Ok(Verdict::Passed),
            Ok(Checked::Score(score, why)) => Ok(failed(FailureKind::Unmet, score, why, "")),
            Ok(Checked::Brought(why)) => Ok(cannot(why)),
            Ok(Checked::Mistaken(why)) => {
                Ok(Verdict::unscored(CauseKind::CheckerRefused, format!("{why}: a mistake in the checker itself")))
            }
            // The checker fails on it: the completion's doing, unless it fails on anything.
            Ok(Checked::Broken(why)) => match NEUTRAL.iter().any(|text| matches!(ask(text), Ok(Checked::Score(..)))) {
                true => Ok(cannot(why)),
                false => Ok(Verdict::unscored(
                    CauseKind::CheckerRefused,
                    format!(
                        "{why}, and it fails on the text `{OK}` too: where a completion may bring that about, have `check` catch it \
                         and return False"
                    ),
                )),
            },
            Err(Stop::Host(why)) => Err(Stop::Host(why)),
            // A limit. The completion's doing, unless the checker exhausts it on anything.
            Err(stop) => match ask(OK) {
                Ok(_) => Err(stop),
                Err(stop) => Ok(Verdict::unscored(
                    CauseKind::CheckerExhausted,
                    format!("`check` cannot judge even the text `{OK}`: {stop}"),
                )),
            },
        }
    }
}

/// The completion brought it about that the checker fails.
fn cannot(why: String) -> Verdict {
    failed(FailureKind::Unmet, 0.0, "the checker cannot make sense of it", why)
}
