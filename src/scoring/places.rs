//! Where each prompt stands among those that were read, in the order in which they first appear.

use std::collections::{BTreeSet, HashMap};

/// Places of prompts. A prompt of several steps of training has one for each step.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    index: HashMap<(String, Option<String>), usize>,
    steps: BTreeSet<Option<String>>,
}

impl Places {
    /// The place of a prompt, where it has one.
    pub(super) fn known(&self, id: &str, step: Option<&str>) -> Option<usize> {
        self.index.get(&(id.to_owned(), step.map(str::to_owned))).copied()
    }

    /// The place of a prompt, the next one where it is new.
    pub(super) fn of(&mut self, id: String, step: Option<String>) -> usize {
        let next = self.index.len();
        if !self.steps.contains(&step) {
            self.steps.insert(step.clone());
        }
        *self.index.entry((id, step)).or_insert(next)
    }

    /// How many steps of training there are; 1 where steps are not told apart.
    pub(super) fn steps(&self) -> usize {
        self.steps.len()
    }
}
