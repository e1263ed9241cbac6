//! Programs of our own in the sandbox, for work on Python that needs Python's own parser. What they read is untrusted text.

use super::{
    Plan, Verifier,
    views::{Given, Views},
};
use crate::{completion::Completion, spec::View};
use fullmarks_sandbox::python::{Limits, Program};
use std::{fmt, time::Duration};

/// What such a program may use.
const TIME: Duration = Duration::from_secs(20);
const MEMORY: usize = 512 << 20;
const OUTPUT: usize = 32 << 20;

/// Why a program of ours gave no answer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ToolError {
    /// There is no Python.
    Missing(String),
    /// It was ended: by what it worked on, which took too much.
    Stopped(String),
    /// It failed: what it worked on is not what it takes.
    Failed(String),
}

impl fmt::Display for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(why) | Self::Stopped(why) | Self::Failed(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for ToolError {}

impl Verifier {
    /// Runs a program of ours in an instance of its own, and returns what it printed.
    ///
    /// # Errors
    /// [`ToolError`].
    pub fn tool(&self, source: &str, stdin: &str) -> Result<Vec<u8>, ToolError> {
        let python = self.library().python().map_err(ToolError::Missing)?;
        let limits = Limits { output: OUTPUT, ..Limits::new(TIME, MEMORY) };
        let program = Program { source, stdin: stdin.as_bytes(), seed: 0 };
        let ended = python.run(&program, &limits).map_err(|stop| ToolError::Stopped(stop.to_string()))?;
        match ended.exception {
            Some(error) => Err(ToolError::Failed(error.private())),
            None => Ok(ended.stdout),
        }
    }

    /// What a constraint that looks at `view` sees of a completion.
    #[must_use]
    pub fn seen(&self, plan: &Plan, completion: &str, view: View) -> String {
        let completion = Completion::Text(completion.to_owned());
        let given = Given { completion: &completion, opened: plan.opened, cut: false };
        Views::new(given, &self.task().extract, self.wanted(plan)).text(view).to_owned()
    }
}
