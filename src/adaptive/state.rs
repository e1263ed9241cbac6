//! The controller's state, and how it moves on.

use super::{
    belief::{self, Record},
    evidence::Evidence,
    forecast::{GRID, Outlook, outlook},
    reason::Reason,
};
use crate::{
    advise::{
        dynamics::{Kernel, Trainer},
        forecast::hypotheses,
    },
    reward::{Adaptive, Per},
    verdict::Group,
};
use std::{collections::BTreeMap, sync::Arc};

/// Completions between two decisions.
pub(super) const WINDOW: usize = 256;

/// Completions before the first decision: where steps are large, little time is to be lost.
pub(super) const FIRST_WINDOW: usize = 128;

/// The place in the grid of the credit that a controller begins with.
const FIRST: usize = 3;

/// How much better, in ln(area), another credit must look before it is taken.
const MARGIN: f64 = 0.15;

/// Share of completions that are full above which credit is over.
const COMMON: f64 = 0.5;

/// Share below which a credit that was over comes back.
const RARE_AGAIN: f64 = 0.35;

/// Everything that decides the next credit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    /// Place of the credit in the grid.
    pub(super) place: usize,
    /// Why.
    pub(super) reason: Reason,
    /// Groups seen.
    pub(super) groups: u64,
    pub(super) evidence: Evidence,
    /// By kernel.
    pub(super) records: Vec<Record>,
    /// Prompts whose last group held a full answer, where prompts have credits of their own.
    pub(super) solved: BTreeMap<Arc<str>, bool>,
}

impl State {
    pub(super) fn new() -> Self {
        Self {
            place: FIRST,
            reason: Reason::Beginning,
            groups: 0,
            evidence: Evidence::new(FIRST),
            records: vec![Record::default(); hypotheses().len()],
            solved: BTreeMap::new(),
        }
    }

    /// The credit for a prompt's next group, as a share of the most there is.
    pub(super) fn share(&self, prompt: &str, settings: &Adaptive) -> f64 {
        let solved = settings.per == Per::Prompt && self.solved.get(prompt).copied().unwrap_or(false);
        if solved { 0.0 } else { GRID[self.place] }
    }

    /// Takes in the groups of a step, and decides when enough is new.
    pub(super) fn take(&mut self, groups: &[Group], settings: &Adaptive, trainer: &Trainer) {
        for group in groups {
            self.groups += 1;
            self.evidence.add(group);
            if settings.per == Per::Prompt {
                let full = group.outcomes.iter().any(|outcome| outcome.full() == Some(true));
                self.solved.insert(group.prompt.clone(), full);
            }
        }
        let enough = if self.reason == Reason::Beginning { FIRST_WINDOW } else { WINDOW };
        if self.evidence.new_completions() >= enough {
            self.decide(settings, trainer);
            self.evidence.turn(self.place);
        }
    }

    fn decide(&mut self, settings: &Adaptive, trainer: &Trainer) {
        let (full, known) = self.evidence.full();
        if known == 0.0 {
            return;
        }
        let kernels: Vec<Kernel> = hypotheses();
        let spaces = self.evidence.counted(&settings.partial);
        let places: Vec<usize> = self.evidence.windows.iter().map(|window| window.place).collect();
        let changes = belief::changes(&kernels, &spaces, &places, trainer);
        let records: Vec<Record> = self.records.iter().zip(changes).map(|(record, new)| record.and(new)).collect();
        if self.evidence.spanned() {
            self.records.clone_from(&records);
        }
        let share = full / known;
        let over = matches!(self.reason, Reason::Common { .. });
        if share >= COMMON || (over && share >= RARE_AGAIN) {
            self.place = 0;
            self.reason = Reason::Common { full: share };
            return;
        }
        let Some(outlook) = outlook(&spaces, &kernels, &belief::weights(&records), trainer) else { return };
        self.choose(&outlook, share);
    }

    fn choose(&mut self, outlook: &Outlook, full: f64) {
        let best = (0..GRID.len()).max_by(|&a, &b| outlook.value[a].total_cmp(&outlook.value[b])).unwrap_or(self.place);
        let gain = outlook.value[best] - outlook.value[self.place];
        let stays = best == self.place || gain < MARGIN;
        if !stays {
            self.place = best;
        }
        self.reason = Reason::Forecast { full, gain, changed: !stays, stalls: outlook.stalls[self.place] };
    }
}
