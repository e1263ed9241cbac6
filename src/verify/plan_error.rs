//! Why a prompt cannot be judged by.

use std::fmt;

/// Why a prompt's row gives no constraints to judge by.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanError {
    /// What is wrong with the row.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What else is wrong with the same constraint.
    pub also: Vec<String>,
    /// The id of the inline constraint it is about; `None` when it is about what the prompt brings.
    pub constraint: Option<String>,
}

impl PlanError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, also: Vec::new(), constraint: None }
    }
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.also.iter().try_for_each(|more| write!(f, "; {more}"))?;
        self.help.iter().try_for_each(|help| write!(f, " ({help})"))
    }
}

impl std::error::Error for PlanError {}
