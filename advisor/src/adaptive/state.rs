//! The controller's state, and how it moves on.

use super::{
    belief::learn,
    changes::changes,
    evidence::{Evidence, WINDOW, solved},
    forecast::{Outlook, outlook},
    grid::GRID,
    reason::Reason,
    record::Record,
    start::Start,
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
    /// What the advisor's samples said before the run; `None` without samples.
    pub(super) start: Option<Start>,
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
            start: None,
            solved: BTreeMap::new(),
        }
    }

    /// Where a controller begins that knows samples of the initial policy.
    pub(super) fn of_samples(samples: &[Group], settings: &Adaptive) -> Self {
        let start = Start::new(samples, settings);
        let place = start.place;
        let share = |group: &Group| group.outcomes.iter().take(settings.group_size).any(|of| of.full() == Some(true));
        let by_prompt = samples.iter().filter(|_| settings.per == Per::Prompt);
        let solved = by_prompt.map(|group| (group.prompt.clone(), share(group))).collect();
        Self { place, start: Some(start), solved, evidence: Evidence::new(place), ..Self::new() }
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
        let apart = self.evidence.solved_stand_out();
        let left_out = |group: &Group| apart && solved(group);
        let (full, known) = self.evidence.full(left_out);
        if known == 0.0 {
            return;
        }
        let kernels: Vec<Kernel> = hypotheses();
        let places: Vec<usize> = self.evidence.windows.iter().map(|window| window.place).collect();
        let all = self.evidence.counted(&settings.partial, |_| false);
        let changes = changes(&kernels, &all, &places, trainer);
        let records: Vec<Record> = self.records.iter().zip(changes).map(|(record, new)| record.and(&new)).collect();
        if self.evidence.spanned() {
            self.records.clone_from(&records);
        }
        let share = full / known;
        let over = matches!(self.reason, Reason::Common { .. });
        // Where the samples hold a full answer, there is something to wait for.
        let patience = if self.start.is_some_and(|start| start.full_seen) { 3 } else { 1 };
        let starved = self.evidence.starved(&settings.partial, patience);
        if !starved && (share >= COMMON || (over && share >= RARE_AGAIN)) {
            self.place = 0;
            self.reason = Reason::Common { full: share };
            return;
        }
        let spaces = if apart { self.evidence.counted(&settings.partial, left_out) } else { all };
        let Some(outlook) = outlook(&spaces, &learn(&kernels, &records), trainer) else { return };
        self.choose(&outlook, share, starved);
    }

    /// Takes the credit that is forecast to do best, of those that the samples do not rule out. Who knows samples waits
    /// for full answers, but not for ever.
    fn choose(&mut self, outlook: &Outlook, full: f64, starved: bool) {
        let value = |place: usize| outlook.value[place];
        let by_samples = self.start.is_some_and(|start| start.ruled_out);
        let (ruled_out, waited) = (by_samples && !starved, self.start.is_some() && starved);
        let allowed = |place: &usize| if waited { *place > 0 } else { !ruled_out || *place == 0 };
        let best = (0..GRID.len()).filter(allowed).max_by(|&a, &b| value(a).total_cmp(&value(b))).unwrap_or(self.place);
        let worst = outlook.value.iter().copied().fold(f64::INFINITY, f64::min);
        // Nothing is learnt where nothing is paid: without a full answer to go by, what moves the policy most shows most.
        let known = self.start.is_some_and(|start| start.full_seen);
        if self.evidence.never_full() && !known && value(best) - worst < UNTOLD {
            self.place = GRID.len() - 1;
            self.reason = Reason::Unseen;
            return;
        }
        if waited {
            self.place = best;
            self.reason = Reason::Starved;
            return;
        }
        if ruled_out {
            self.place = 0;
            self.reason = Reason::RuledOut;
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
