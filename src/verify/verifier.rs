//! A task and its checkers: judges completions.

use super::{
    Library, Plan, Row,
    blank::is_blank,
    check::{Check, Runner},
    code_blocks::{Wanted, is_python},
    plan_error::PlanError,
    thinking,
    views::{self, Given, Thought, Views},
    watch::Watch,
};
use crate::{
    completion::{Completion, Ended},
    spec::{Diagnostic, Document, Examined, Inline, Pick, Runs, SpecError, TaskConstraint, TaskSpec, View},
    verdict::{CauseKind, FailureKind, Outcome, Verdict},
};
use std::collections::{HashMap, HashSet};

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
        let Examined { task, mut mistakes, sound } = document.examine(library.catalogue(), true);
        let Some(task) = task else { return Err(document.refused(mistakes)) };
        let verifier = Self { task, library };
        mistakes.extend(verifier.try_out(document, &sound));
        if mistakes.is_empty() { Ok(verifier) } else { Err(document.refused(mistakes)) }
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
        self.judge_ended(plan, completion, Ended::Unknown, false)
    }

    /// The same where it is known how the completion ended. One that was cut began within thinking if `opened` says that the others of its
    /// prompt did ([`Verifier::shows_opened`]).
    #[must_use]
    pub fn judge_ended(&self, plan: &Plan, completion: &Completion, ended: Ended, opened: bool) -> Outcome {
        if let Some(why) = plan.left_out() {
            let unscored = || Verdict::unscored(CauseKind::BadPrompt, why);
            return Outcome::new(plan.constraints.clone(), plan.constraints.iter().map(|_| unscored()).collect());
        }
        let wanted = self.wanted(plan);
        let cut = ended == Ended::Cut;
        let given = Given { completion, opened: plan.opened || (cut && opened), cut };
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

    /// Which code block of a completion is wanted.
    pub(super) fn wanted<'a>(&'a self, plan: &'a Plan) -> Wanted<'a> {
        match (&self.task.extract.pick, &plan.defines) {
            (_, Some(name)) => Wanted::Defining(name),
            (Pick::First, None) => Wanted::First,
            (Pick::All, None) => Wanted::All,
            (Pick::Called, None) if !plan.calls.is_empty() => Wanted::Calling(&plan.calls),
            (Pick::Last | Pick::Called | Pick::Defining(_), None) => Wanted::Last,
        }
    }

    /// Whether a prompt ends with the mark that opens thinking, so that what follows is thinking.
    #[must_use]
    pub fn is_opened_by(&self, prompt: &str) -> bool {
        thinking::is_opened_by(&Completion::Text(prompt.to_owned()), &self.task.extract.thinking)
    }

    /// Whether completions of one prompt show that the chat template opens thinking, where that decides how one of them is read: one was
    /// cut, and one closes a section that nothing in it opened.
    #[must_use]
    pub fn shows_opened<'a>(
        &self,
        plan: &Plan,
        completions: impl Iterator<Item = (&'a Completion, Ended)> + Clone,
    ) -> bool {
        completions.clone().any(|(_, ended)| ended == Ended::Cut)
            && completions.into_iter().any(|(completion, _)| self.thought(plan, completion) == Thought::Unopened)
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

    /// What is wrong with constraints that can be tried before any prompt is seen: inline ones whose parameters are all written out.
    /// Parameters that are known to be wrong are left out, and so is what was found to be, to find what else is.
    fn try_out(&self, document: &Document, sound: &HashMap<usize, Vec<String>>) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = self.other_language(document).into_iter().collect();
        for constraint in &self.task.constraints {
            let TaskConstraint::Inline(inline) = constraint else { continue };
            let Some(known) = sound.get(&inline.span.start) else { continue };
            let mut inline = inline.clone();
            inline.params.retain(|(name, _)| !known.contains(name));
            let mut first = known.is_empty();
            while let Err(error) = self.try_what_is_written(&inline, constraint.needs_prompts()) {
                // What is missing now was left out here.
                if !first && error.message.contains(" needs `") {
                    break;
                }
                let PlanError { message, help, also, .. } = error;
                let mut named = HashSet::new();
                for (message, help) in [(message, help)].into_iter().chain(also.into_iter().map(|more| (more, None))) {
                    let (name, place) = document.place_of(&inline.span, &message);
                    if first || name.is_some() {
                        found.push(Diagnostic::new(place, message).maybe_help(help));
                    }
                    named.extend(name);
                }
                first = false;
                let before = inline.params.len();
                inline.params.retain(|(name, _)| !named.contains(name));
                if inline.params.len() == before {
                    break;
                }
            }
        }
        found
    }

    fn try_what_is_written(&self, inline: &Inline, needs_prompts: bool) -> Result<(), PlanError> {
        match (needs_prompts, inline.written_checker()) {
            (false, _) => self.try_one(inline),
            // A checker's code is there, whatever it will be given.
            (true, Some(code)) => self.inline(&code, &Row::new()).map(drop),
            (true, None) => Ok(()),
        }
    }

    /// Constraints that judge Python, where the code that is taken out of completions is in another language.
    fn other_language(&self, document: &Document) -> Option<Diagnostic> {
        let language = document.language().filter(|language| !is_python(&language.value))?;
        let judges = |constraint: &&TaskConstraint| match constraint {
            TaskConstraint::Inline(inline) => {
                let doc = self.library.catalogue().get(&inline.checker);
                inline.view == View::Code && doc.is_some_and(|doc| doc.runs == Runs::Python)
            }
            TaskConstraint::FromPrompt(_) => false,
        };
        let TaskConstraint::Inline(inline) = self.task.constraints.iter().find(judges)? else { return None };
        let message = format!("`{}` judges Python, and no block in `{}` is that", inline.checker, language.value);
        Some(Diagnostic::new(language.span.clone(), message).help("write `code: python`"))
    }

    fn try_one(&self, inline: &Inline) -> Result<(), PlanError> {
        let check = self.inline(inline, &Row::new())?;
        match &check.runner {
            Runner::Module(check) => check.try_out().map_err(PlanError::new),
            Runner::Python(check) => {
                check.try_out().map_err(|why| PlanError::new(format!("`{}`: {why}", inline.checker)))
            }
        }
    }
}
