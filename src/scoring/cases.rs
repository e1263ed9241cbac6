//! A spec's own accept and reject cases, run.

use crate::{
    completion::Completion,
    reward::{Binary, Partial, Reward, Scheme},
    spec::{Case, ThinkingMode},
    task::Task,
    verdict::{Cause, Constraint, Outcome, Verdict},
    verify::Verifier,
};

/// A case that did not go as the spec says.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseFailure {
    /// The case, shortened.
    pub case: String,
    /// Byte range of the case in the spec.
    pub span: std::ops::Range<usize>,
    /// What happened.
    pub message: String,
}

/// How the cases of a spec went.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseReport {
    /// How many were run.
    pub run: usize,
    /// Those that did not go as the spec says.
    pub failures: Vec<CaseFailure>,
}

/// Runs every case: `accept` must earn full marks, `reject` at most `max_reward`, under the spec's scheme and under every
/// other. Besides the written cases, an empty answer and a thinking section that never closes must earn nothing, and test
/// code must fail functions that do nothing of use.
#[must_use]
pub fn run_cases(task: &Task) -> CaseReport {
    let (verifier, task) = (task.verifier(), task.spec());
    let mut report = CaseReport::default();
    for case in &task.accept {
        report.run(case, verifier, |outcome| match outcome.full() {
            Some(true) => None,
            _ => Some(format!("must earn full marks, but {}", first_problem(outcome))),
        });
        // What must be accepted is also the row to try the worthless answers with.
        // Where there is no thinking, a mark of it is a part of the answer.
        let thinks = task.extract.thinking.mode != ThinkingMode::None;
        let unclosed = thinks.then(|| ("thinking that never ends", unclosed(verifier)));
        for (what, text) in [("an empty answer", String::new())].into_iter().chain(unclosed) {
            let worthless = Case { completion: text.into(), ..case.clone() };
            report.run(&worthless, verifier, |outcome| {
                earned(outcome, task.scheme, 0.0).map(|earned| format!("{what} {earned}"))
            });
        }
        report.try_tests(case, verifier);
    }
    for case in &task.reject {
        report.run(case, verifier, |outcome| earned(outcome, task.scheme, task.max_reward));
    }
    report
}

impl CaseReport {
    /// Throws useless functions at the test code that the case is judged by.
    fn try_tests(&mut self, case: &Case, verifier: &Verifier) {
        let Ok(plan) = verifier.plan(&case.row) else { return };
        let accepted = verifier.accepted_stubs(&plan);
        self.run += usize::from(!accepted.is_empty());
        if let Some((constraint, what)) = accepted.into_iter().next() {
            let message = format!("the tests of `{constraint}` can hardly fail: they accept a function that {what}");
            self.failures.push(CaseFailure { case: shorten(&case.completion), span: case.span.clone(), message });
        }
    }

    fn run(&mut self, case: &Case, verifier: &Verifier, judge: impl Fn(&Outcome) -> Option<String>) {
        self.run += 1;
        let outcome = verifier
            .plan(&case.row)
            .map_err(|error| format!("cannot be judged: {error}"))
            .and_then(|plan| Ok(verifier.judge(&plan, &Completion::from_json(case.completion.clone())?)));
        let message = match outcome {
            // Also where the reward is known without it: a checker that fails on a case fails in training.
            Ok(outcome) => judge(&outcome).or_else(|| unscored(&outcome)),
            Err(why) => Some(why),
        };
        if let Some(message) = message {
            self.failures.push(CaseFailure { case: shorten(&case.completion), span: case.span.clone(), message });
        }
    }
}

fn shorten(completion: &serde_json::Value) -> String {
    let shown = completion.to_string();
    if shown.chars().count() > 60 { shown.chars().take(59).collect::<String>() + "…" } else { shown }
}

fn unclosed(verifier: &Verifier) -> String {
    format!("{} the answer is", verifier.task().extract.thinking.open)
}

/// Says what a completion earned when that is more than `most` under some scheme.
fn earned(outcome: &Outcome, own: Scheme, most: f64) -> Option<String> {
    let schemes = [Scheme::Binary(Binary), Scheme::Partial(Partial::default()), own];
    schemes.into_iter().find_map(|scheme| match scheme.reward(outcome).map(Reward::value) {
        Some(reward) if reward <= most => None,
        Some(reward) => {
            let reward = (1e3 * reward).round() / 1e3;
            let why = if scheme == own {
                ""
            } else {
                "; cases hold under every scheme, for schemes are changed: mark what it fails `required: true`, or allow it by `max_reward`"
            };
            Some(format!("must earn at most {most}, but earns {reward} under `{scheme}`{why}"))
        }
        None => Some(format!(
            "must earn at most {most}, but {}",
            unscored(outcome).unwrap_or_else(|| first_problem(outcome))
        )),
    })
}

/// Says which constraint could not judge.
fn unscored(outcome: &Outcome) -> Option<String> {
    outcome.iter().find_map(|(constraint, verdict)| match verdict {
        Verdict::Unscored(cause) => Some(cannot_judge(constraint, cause)),
        _ => None,
    })
}

fn cannot_judge(constraint: &Constraint, cause: &Cause) -> String {
    format!("`{}` cannot judge it: {}", constraint.id, cause.detail)
}

fn first_problem(outcome: &Outcome) -> String {
    let problem = outcome.iter().find_map(|(constraint, verdict)| match verdict {
        Verdict::Passed => None,
        Verdict::Failed(failure) => {
            let private = Some(&failure.private).filter(|private| !private.is_empty());
            let private = private.map_or_else(String::new, |private| format!(" ({private})"));
            Some(format!("`{}` fails it: {}{private}", constraint.id, failure.public))
        }
        Verdict::Unscored(cause) => Some(cannot_judge(constraint, cause)),
    });
    problem.unwrap_or_else(|| "every constraint passes".into())
}
