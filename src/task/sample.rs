//! A completion with the prompt it answers.

use super::Circumstances;
use crate::{
    completion::{Completion, Ended},
    verify::{Plan, Row},
};
use std::sync::Arc;

/// A completion with the prompt it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The prompt.
    pub prompt: PromptRef,
    /// The completion.
    pub completion: Completion,
    /// How it ended.
    pub ended: Ended,
}

/// Which prompt a completion answers.
#[derive(Clone, Debug, PartialEq)]
pub enum PromptRef {
    /// The only one there is: the spec takes nothing from prompts.
    Only,
    /// The one of this id among the task's prompts.
    Id(String),
    /// The one with this row, which has the columns that the spec takes values from.
    Row(Row),
}

/// Samples, each with how to judge it.
pub struct Bound {
    pub(super) samples: Vec<Sample>,
    pub(super) plans: Vec<Arc<Plan>>,
    pub(super) given: Circumstances,
}
