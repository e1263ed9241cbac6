//! The controller's state, and how it moves on.

use super::{
    belief::learn,
    changes::changes,
    evidence::{Evidence, WINDOW},
    forecast::{Outlook, outlook},
    grid::GRID,
    reason::Reason,
    record::Record,
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

/// The place in the grid of the credit that a controller begins with: full marks alone, until it has looked. Partial credit can take a
/// policy where it does not come back from.
const FIRST: usize = 0;

/// How much better, in ln(area), another credit must look before it is taken, once one was decided on.
const MARGIN: f64 = 0.05;

/// Share of completions that are full above which credit is over: most groups hold some then.
const COMMON: f64 = 0.2;

/// Share below which a credit that was over comes back.
const RARE_AGAIN: f64 = 0.1;

/// Where no full answer is remembered, the difference in ln(area) below which the forecast cannot tell credits apart.
const UNTOLD: f64 = 0.35;

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
        if self.evidence.new_completions() >= WINDOW {
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
        let changes = changes(&kernels, &spaces, &places, trainer);
        let records: Vec<Record> = self.records.iter().zip(changes).map(|(record, new)| record.and(&new)).collect();
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
        let Some(outlook) = outlook(&spaces, &learn(&kernels, &records), trainer) else { return };
        self.choose(&outlook, share);
    }

    fn choose(&mut self, outlook: &Outlook, full: f64) {
        let value = |place: usize| outlook.value[place];
        let best = (0..GRID.len()).max_by(|&a, &b| value(a).total_cmp(&value(b))).unwrap_or(self.place);
        let worst = outlook.value.iter().copied().fold(f64::INFINITY, f64::min);
        // Nothing is learnt where nothing is paid: without a full answer to go by, what moves the policy most shows most.
        if self.evidence.never_full() && value(best) - worst < UNTOLD {
            self.place = GRID.len() - 1;
            self.reason = Reason::Unseen;
            return;
        }
        let (before, gain) = (self.place, value(best) - value(self.place));
        if self.reason == Reason::Beginning || gain >= MARGIN {
            self.place = best;
        }
        let (gain, changed) = (value(self.place) - value(before), self.place != before);
        self.reason = Reason::Forecast { full, gain, changed, stalls: outlook.stalls[self.place] };
    }
}
