//! One constraint of a prompt, ready to judge.

use super::{judge::ModuleCheck, python::PythonCheck};
use crate::{spec::View, verdict::Verdict};

/// One constraint, ready to run.
pub(super) struct Check {
    pub(super) view: View,
    /// The function that it calls in the completion's code, where its parameters name one.
    pub(super) calls: Option<String>,
    pub(super) runner: Runner,
}

impl Check {
    /// Judges a text that is not empty.
    pub(super) fn judge(&self, prompt: &str, text: &str) -> Verdict {
        match &self.runner {
            Runner::Module(check) => check.judge(prompt, text),
            Runner::Python(check) => check.judge(prompt, text),
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
