//! A task and its checkers: judges completions.

use super::{
    Library, Plan, Row,
    blank::is_blank,
    check::{Check, Runner},
    code_blocks::Wanted,
    thinking,
    views::{self, Given, Thought, Views},
    watch::Watch,
};
use crate::{
    completion::{Completion, Ended},
    spec::{Document, Pick, SpecError, TaskConstraint, TaskSpec, View},
    verdict::{CauseKind, FailureKind, Outcome, Verdict},
};

/// Judges completions by a task's constraints. Share it between threads: judging is a pure function of its arguments.
pub struct Verifier {
    task: TaskSpec,
    library: Library,
}

impl Verifier {
    /// Validates `document` against the checkers of `library` and tries out what can be tried without prompts.
    ///
    /// # Errors
    /// [`SpecError`] naming every mistake and its place.
    pub fn new(document: &Document, library: Library) -> Result<Self, SpecError> {
        let task = document.validate(library.catalogue())?;
        let verifier = Self { task, library };
        verifier.try_out(document)?;
        Ok(verifier)
    }

    /// The task.
    #[must_use]
    pub fn task(&self) -> &TaskSpec {
        &self.task
    }

    /// The checkers.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// Judges one completion by its prompt's plan. Where there is no answer, no constraint is met, whatever it looks at:
    /// thinking alone earns nothing.
    #[must_use]
    pub fn judge(&self, plan: &Plan, completion: &Completion) -> Outcome {
        self.judge_ended(plan, completion, Ended::Unknown)
    }

    /// The same where it is known how the completion ended.
    #[must_use]
    pub fn judge_ended(&self, plan: &Plan, completion: &Completion, ended: Ended) -> Outcome {
        if let Some(why) = plan.left_out() {
            let unscored = || Verdict::unscored(CauseKind::BadPrompt, why);
            return Outcome::new(plan.constraints.clone(), plan.constraints.iter().map(|_| unscored()).collect());
        }
        let wanted = match (&self.task.extract.pick, &plan.defines) {
            (_, Some(name)) => Wanted::Defining(name),
            (Pick::First, None) => Wanted::First,
            (Pick::All, None) => Wanted::All,
            (Pick::Called, None) if !plan.calls.is_empty() => Wanted::Calling(&plan.calls),
            (Pick::Last | Pick::Called | Pick::Defining(_), None) => Wanted::Last,
        };
        let given = Given { completion, opened: plan.opened, cut: ended == Ended::Cut };
        let views = Views::new(given, &self.task.extract, wanted);
        let answered = !is_blank(views.text(View::Answer));
        let seen = plan.watch.as_ref().map(Watch::begin);
        let judge = |check: &Check| {
            let view = if answered { check.view } else { View::Answer };
            match views.text(view) {
                text if is_blank(text) => {
                    Verdict::failed(FailureKind::Empty, format!("{} is empty", views::name(view)))
                }
                text => match &seen {
                    Some(seen) => seen.judge(check, &plan.prompt, text),
                    None => check.judge(&plan.prompt, text),
                },
            }
        };
        let mut verdicts: Vec<Verdict> = plan.checks.iter().map(judge).collect();
        if let Some(seen) = &seen {
            verdicts = plan.checks.iter().zip(verdicts).map(|(check, verdict)| seen.judged(check, verdict)).collect();
        }
        Outcome::new(plan.constraints.clone(), verdicts)
    }

    /// Whether a prompt ends with the mark that opens thinking, so that what follows is thinking.
    #[must_use]
    pub fn is_opened_by(&self, prompt: &str) -> bool {
        thinking::is_opened_by(&Completion::Text(prompt.to_owned()), &self.task.extract.thinking)
    }

    /// What marks of thinking a completion has.
    #[must_use]
    pub fn thought(&self, plan: &Plan, completion: &Completion) -> Thought {
        views::thought(Given { completion, opened: plan.opened, cut: false }, &self.task.extract)
    }

    /// Useless candidates that a prompt's test code accepts: the constraint's id, and what the candidate does. Tests that accept
    /// one can hardly fail.
    #[must_use]
    pub fn accepted_stubs(&self, plan: &Plan) -> Vec<(String, String)> {
        let mut accepted = Vec::new();
        for (constraint, check) in plan.constraints.iter().zip(&plan.checks) {
            let Runner::Python(check) = &check.runner else { continue };
            match check.accepted_stubs() {
                Ok(stubs) => {
                    accepted.extend(stubs.into_iter().map(|what| (constraint.id.to_string(), what.to_owned())))
                }
                Err(why) => accepted.push((constraint.id.to_string(), format!("cannot be tried: {why}"))),
            }
        }
        accepted
    }

    /// Inline constraints whose parameters are all written out can be tried before any prompt is seen.
    fn try_out(&self, document: &Document) -> Result<(), SpecError> {
        for constraint in &self.task.constraints {
            let TaskConstraint::Inline(inline) = constraint else { continue };
            let refuse = |message, help| document.error(inline.span.clone(), message, help);
            if constraint.needs_prompts() {
                // A checker's code is there, whatever it will be given.
                if let Some(code) = inline.written_checker() {
                    self.inline(&code, &Row::new()).map_err(|error| refuse(error.message, error.help))?;
                }
                continue;
            }
            let check = self.inline(inline, &Row::new()).map_err(|error| refuse(error.message, error.help))?;
            let tried = match &check.runner {
                Runner::Module(check) => check.try_out(),
                Runner::Python(check) => check.try_out().map_err(|why| format!("`{}`: {why}", inline.checker)),
            };
            tried.map_err(|why| refuse(why, None))?;
        }
        Ok(())
    }
}
