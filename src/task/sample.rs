//! A completion with the prompt it answers.

use crate::{
    completion::Completion,
    verify::{Plan, Row},
};
use std::{collections::HashMap, sync::Arc};

/// A completion with the prompt it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The prompt.
    pub prompt: PromptRef,
    /// The completion.
    pub completion: Completion,
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
}

/// Numbers the samples of each id, from 0, in their order.
#[must_use]
pub fn turns(ids: &[String]) -> Vec<u64> {
    let mut next: HashMap<&str, u64> = HashMap::with_capacity(ids.len());
    let mut turns = Vec::with_capacity(ids.len());
    for id in ids {
        let next = next.entry(id).or_default();
        turns.push(*next);
        *next += 1;
    }
    turns
}
