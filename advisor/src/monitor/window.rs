//! The latest groups.

use crate::verdict::{Group, Outcome};
use std::collections::{HashMap, VecDeque};

/// So many groups, the latest ones.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) size: usize,
    pub(super) groups: VecDeque<Group>,
}

impl Window {
    pub(super) fn new(size: usize) -> Self {
        Self { size, groups: VecDeque::new() }
    }

    /// Takes a group in, without the texts of its reasons.
    pub(super) fn push(&mut self, group: &Group) {
        let outcomes = group.outcomes.iter().map(Outcome::without_reasons).collect();
        self.groups.push_back(Group { prompt: group.prompt.clone(), outcomes });
        while self.groups.len() > self.size {
            self.groups.pop_front();
        }
    }

    /// One group per prompt: a prompt that came several times is one sampling unit all the same. Where its constraints changed, the
    /// latest count.
    pub(super) fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for group in &self.groups {
            match places.get(&*group.prompt) {
                None => {
                    places.insert(&group.prompt, groups.len());
                    groups.push(group.clone());
                }
                Some(&place) if groups[place].constraints() == group.constraints() => {
                    groups[place].outcomes.extend(group.outcomes.iter().cloned());
                }
                Some(&place) => groups[place] = group.clone(),
            }
        }
        groups
    }
}
