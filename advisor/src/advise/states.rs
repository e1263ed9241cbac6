//! Prompts by what their groups would teach.

use super::{
    stats::{PromptLevels, Staying, Tally},
    summary::Summary,
};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// Rewards between 0 and 1 at which prompts may be tied by more than chance: the most frequent ones.
const TIED: usize = 3;

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
    /// Where all of its completions are alike, the probability that it stays so: that 32 more are the same. `None` where they differ.
    pub stays: Option<f64>,
}

/// Prompts whose completions are all alike, and how many of them are expected to stay so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Alike {
    /// The prompts.
    pub prompts: u64,
    /// How many of them are expected to be the same in 32 more completions; few completions are alike by chance.
    pub stay: f64,
}

impl Alike {
    /// Those among the prompts that are in one of these states.
    pub fn among<'a>(prompts: impl IntoIterator<Item = &'a PromptState>, states: &[State]) -> Self {
        let mut alike = Self::default();
        for prompt in prompts.into_iter().filter(|prompt| states.contains(&prompt.state)) {
            alike.prompts += 1;
            alike.stay += prompt.stays.unwrap_or(0.0);
        }
        alike
    }

    /// Whether most of them stay so, so that they can be set aside.
    #[must_use]
    pub fn is_real(&self) -> bool {
        Staying::is_real(self.stay, self.prompts)
    }

    /// Whether nearly all of them do, so that nothing has to be said of chance.
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.stay >= SURE * self.prompts as f64
    }

    /// How many stay so, in brackets; nothing where nearly all do.
    #[must_use]
    pub fn aside(&self) -> String {
        if self.is_sure() {
            String::new()
        } else {
            format!(" (about {} of them would stay so with more completions)", self.about())
        }
    }

    /// How many stay so, as it is said.
    #[must_use]
    pub fn about(&self) -> u64 {
        self.stay.round() as u64
    }
}

/// Share that stays from which the rest is not worth a word.
const SURE: f64 = 0.95;

/// How likely prompts whose rewards are all equal stay so.
pub(super) struct Stays {
    /// By reward, as far as prompts are tied at it.
    at: BTreeMap<u64, Staying>,
}

impl Stays {
    /// From the rewards of all prompts.
    pub(super) fn of<'a>(prompts: impl Iterator<Item = &'a PromptLevels> + Clone) -> Self {
        let mut tied: BTreeMap<u64, usize> = BTreeMap::new();
        for levels in prompts.clone() {
            if let [(level, _)] = levels.counts[..] {
                *tied.entry(level).or_default() += 1;
            }
        }
        let ends = [0, PromptLevels::ONE].into_iter().filter(|level| tied.contains_key(level));
        let mut between: Vec<(u64, usize)> = tied
            .iter()
            .map(|(&level, &n)| (level, n))
            .filter(|&(level, _)| level != 0 && level != PromptLevels::ONE)
            .collect();
        between.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let levels: Vec<u64> = ends.chain(between.into_iter().take(TIED).map(|(level, _)| level)).collect();
        let at = |level: u64| {
            let hits = |levels: &PromptLevels| {
                levels.counts.iter().find(|(other, _)| *other == level).map_or(0, |(_, count)| *count)
            };
            (level, Staying::of(prompts.clone().map(|levels| (hits(levels), levels.seen(), 1))))
        };
        Self { at: levels.into_iter().map(at).collect() }
    }

    /// Of a prompt; `None` where its rewards differ or nothing is known.
    pub(super) fn prompt(&self, levels: &PromptLevels) -> Option<f64> {
        match levels.counts[..] {
            // A reward at which hardly another prompt is tied may well be chance.
            [(level, seen)] => Some(self.at.get(&level).map_or(0.0, |staying| staying.always(seen))),
            _ => None,
        }
    }
}

/// The prompts that are always full, and those that never are.
pub(super) fn alike(summaries: &[Summary<'_>]) -> [Alike; 2] {
    let full = |summary: &Summary<'_>| summary.classes[super::summary::Class::Full as usize];
    let staying = Staying::of(summaries.iter().map(|summary| (full(summary), summary.known(), 1)));
    // By completions, so that the sum does not depend on the order of prompts.
    let tally: Tally = summaries.iter().map(|summary| (full(summary), summary.known())).collect();
    let mut alike = [Alike::default(); 2];
    for (full, seen, prompts) in tally.iter() {
        let (end, stay) = match full {
            0 => (1, staying.never(seen)),
            full if full == seen => (0, staying.always(seen)),
            _ => continue,
        };
        alike[end].prompts += prompts;
        alike[end].stay += stay * prompts as f64;
    }
    alike
}

/// The prompts under the n-th scheme, by id.
pub(super) fn states(summaries: &[Summary<'_>], n: usize) -> Vec<PromptState> {
    let stays = Stays::of(summaries.iter().map(|summary| &summary.rewards[n]));
    let of = summaries.iter().map(|summary| PromptState {
        prompt: summary.group.prompt.clone(),
        state: State::of(&summary.rewards[n]),
        completions: summary.known(),
        full: summary.classes[super::summary::Class::Full as usize],
        stays: stays.prompt(&summary.rewards[n]),
    });
    let mut states: Vec<PromptState> = of.collect();
    states.sort_by(|a, b| a.prompt.cmp(&b.prompt));
    states
}
