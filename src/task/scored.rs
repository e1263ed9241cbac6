//! A completion, judged and paid: what every surface gives out, each in its own form.

use crate::{reward::Pay, verdict::Outcome};
use std::collections::HashMap;

/// A completion, judged and paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The id of its prompt.
    pub id: String,
    /// Its number among the completions of that id, from 0.
    pub index: u64,
    /// One verdict per constraint.
    pub outcome: Outcome,
    /// The reward and its parts.
    pub pay: Pay,
}

/// Numbers the completions of each id, from 0, in their order.
pub(super) fn turns(ids: &[String]) -> Vec<u64> {
    let mut next: HashMap<&str, u64> = HashMap::with_capacity(ids.len());
    let mut turns = Vec::with_capacity(ids.len());
    for id in ids {
        let next = next.entry(id).or_default();
        turns.push(*next);
        *next += 1;
    }
    turns
}
