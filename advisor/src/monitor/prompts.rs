//! What is remembered of each prompt: whether it had a full answer, and since when its answers all earn the same credit without one.

use super::step::Stuck;
use crate::{reward::Scheme, verdict::Group};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Prompts that are remembered: the first ones. A run that sees each prompt once has nothing to remember.
const MOST: usize = 10_000;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Prompts {
    prompts: BTreeMap<String, Remembered>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remembered {
    /// It had a full answer.
    full: bool,
    /// The first of its latest steps in all of which its answers earn the same credit without a full one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stuck: Option<u64>,
}

impl Prompts {
    pub(super) fn add(&mut self, step: u64, group: &Group, scheme: Scheme) {
        let Some(stuck) = Stuck::under(group, scheme) else { return };
        if self.prompts.len() >= MOST && !self.prompts.contains_key(&*group.prompt) {
            return;
        }
        let prompt = self.prompts.entry(group.prompt.to_string()).or_default();
        prompt.full |= stuck == Stuck::Full;
        prompt.stuck = (stuck == Stuck::Tied).then(|| prompt.stuck.unwrap_or(step));
    }

    /// How many are remembered.
    pub(super) fn count(&self) -> usize {
        self.prompts.len()
    }

    /// Prompts that are stuck: whether they had a full answer before, and since when.
    pub(super) fn stuck(&self) -> impl Iterator<Item = (&str, bool, u64)> {
        self.prompts.iter().filter_map(|(prompt, of)| Some((prompt.as_str(), of.full, of.stuck?)))
    }
}
