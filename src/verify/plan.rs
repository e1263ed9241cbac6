//! The constraints of one prompt, ready to judge its completions.

use super::{check::Check, watch::Watch};
use crate::verdict::Constraint;
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
