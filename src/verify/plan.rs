//! The constraints of one prompt, ready to judge its completions.

use super::{
    judge::ModuleCheck,
    python::PythonCheck,
    watch::{Seen, Watch},
};
use crate::{
    spec::View,
    verdict::{Constraint, Verdict},
};
use std::sync::Arc;

/// How to judge the completions of one prompt.
pub struct Plan {
    pub(super) prompt: String,
    /// Whether the prompt ends within a section of thinking.
    pub(super) opened: bool,
    /// Why the prompt cannot be used, when it cannot.
    pub(super) left_out: Option<String>,
    /// What the code block to pick must define.
    pub(super) defines: Option<String>,
    /// Functions that its constraints call in the code.
    pub(super) calls: Vec<String>,
    pub(super) constraints: Arc<[Constraint]>,
    pub(super) checks: Vec<Check>,
    /// What is watched for while code runs.
    pub(super) watch: Option<Watch>,
}

impl Plan {
    /// The prompt's constraints, in the order of the verdicts.
    #[must_use]
    pub fn constraints(&self) -> &Arc<[Constraint]> {
        &self.constraints
    }

    /// Why the prompt cannot be used, when it cannot: every verdict is unscored then.
    #[must_use]
    pub fn left_out(&self) -> Option<&str> {
        self.left_out.as_deref()
    }
}

/// One constraint, ready to run.
pub(super) struct Check {
    pub(super) view: View,
    /// The function that it calls in the completion's code, where its parameters name one.
    pub(super) calls: Option<String>,
    pub(super) runner: Runner,
}

impl Check {
    /// Judges a text that is not empty.
    pub(super) fn judge(&self, prompt: &str, text: &str, seen: Option<&Seen<'_>>) -> Verdict {
        match &self.runner {
            Runner::Module(check) => check.judge(prompt, text),
            Runner::Python(check) => match seen.and_then(|seen| Some((seen, seen.watched(self.view)?))) {
                Some((seen, watched)) if check.runs() => {
                    let (verdict, caught) = check.judge_watched(prompt, text, watched);
                    seen.add(caught);
                    verdict
                }
                _ => check.judge(prompt, text),
            },
        }
    }

    /// Whether it runs the text.
    pub(super) fn runs(&self) -> bool {
        matches!(&self.runner, Runner::Python(check) if check.runs())
    }
}

/// What judges.
pub(super) enum Runner {
    Module(ModuleCheck),
    Python(PythonCheck),
}
