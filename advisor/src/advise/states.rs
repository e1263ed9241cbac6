//! Prompts by what their groups would teach.

use super::{stats::PromptLevels, summary::Summary};
use std::{fmt, sync::Arc};

/// What the completions of a prompt say of groups of them, under the scheme that is named or pays most groups differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum State {
    /// Rewards differ: there is something to learn.
    Mixed,
    /// Every answer is full.
    Saturated,
    /// Every answer earns nothing.
    Starved,
    /// Every answer earns the same, in between.
    Tied,
    /// No reward is known.
    Unknown,
}

impl State {
    /// Its name in kebab case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mixed => "mixed",
            Self::Saturated => "saturated",
            Self::Starved => "starved",
            Self::Tied => "tied",
            Self::Unknown => "unknown",
        }
    }

    pub(super) fn of(levels: &PromptLevels) -> Self {
        match &levels.counts[..] {
            [] => Self::Unknown,
            [(0, _)] => Self::Starved,
            [(PromptLevels::ONE, _)] => Self::Saturated,
            [_] => Self::Tied,
            _ => Self::Mixed,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A prompt and its state.
#[derive(Clone, Debug, PartialEq)]
pub struct PromptState {
    /// Its id.
    pub prompt: Arc<str>,
    /// Its state, as far as its completions show it.
    pub state: State,
    /// Completions with every verdict known.
    pub completions: u64,
    /// How many of them are full, or earn the most there is where only rewards are known.
    pub full: u64,
}

/// The prompts under the n-th scheme, by id.
pub(super) fn states(summaries: &[Summary<'_>], n: usize) -> Vec<PromptState> {
    let of = summaries.iter().map(|summary| PromptState {
        prompt: summary.group.prompt.clone(),
        state: State::of(&summary.rewards[n]),
        completions: summary.known(),
        full: summary.classes[super::summary::Class::Full as usize],
    });
    let mut states: Vec<PromptState> = of.collect();
    states.sort_by(|a, b| a.prompt.cmp(&b.prompt));
    states
}
