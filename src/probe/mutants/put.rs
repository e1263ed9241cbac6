//! Putting other code into an accepted answer, in the place of its own.

use super::target::Target;
use crate::{probe::subject::Subject, verify::Verifier};

/// What stands around the code of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::probe) struct Form<'a> {
    before: &'a str,
    after: &'a str,
    /// What goes first, so that a program can follow what the spec puts before it.
    first: &'static str,
}

impl<'a> Form<'a> {
    /// The form of an answer; a code block of its own where the code does not stand in it as it is.
    pub(in crate::probe) fn of(text: &'a str, code: &str) -> Self {
        let code = code.trim_end();
        match text.split_once(code).filter(|_| !code.is_empty()) {
            Some((before, after)) => Self { before, after, first: "" },
            None => Self { before: "```python\n", after: "\n```\n", first: "" },
        }
    }

    /// The answer with other code.
    pub(in crate::probe) fn with(&self, code: &str) -> String {
        format!("{}{}{}{}", self.before, self.first, code.trim_end(), self.after)
    }

    /// A form in which a whole program earns what it should, where there is one: as the answer has it, after a body for the function
    /// that the prompt leaves open, or in a block of its own.
    pub(in crate::probe) fn for_whole(
        &self,
        verifier: &Verifier,
        subject: &Subject,
        target: &Target<'_>,
        right: &str,
        earns: impl Fn(&str) -> bool,
    ) -> Option<Form<'a>> {
        let fenced = Form { before: "```python\n", after: "\n```\n", first: "" };
        let body = Form { first: "    pass\n\n", ..self.clone() };
        let forms = [self.clone(), body, fenced];
        forms.into_iter().find(|form| {
            let text = form.with(right);
            let seen = verifier.seen(&subject.plan, &text, target.view);
            seen.trim_end().ends_with(right.trim_end()) && earns(&text)
        })
    }
}
