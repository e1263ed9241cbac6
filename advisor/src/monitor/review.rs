//! A run that is over, watched from its log: when it stalled, on what, which prompts, and what would have told before.

use super::{
    Beside, LoggedGroup, LoggedRun, Monitor, STEPS, Step, Trend, history::History, onset::onset, trend::ENOUGH,
};
use crate::{
    advise::{Assessment, BadSettings, Settings, Severity, rules::PartialCreditStalls},
    reward::Scheme,
    verdict::Outcome,
};
use std::collections::BTreeMap;

/// What a run's log shows.
#[derive(Clone, Debug)]
pub struct Review {
    /// The scheme it ran under.
    pub scheme: Scheme,
    /// Its steps, oldest first.
    pub steps: Vec<Step>,
    /// Steps that trends looked back on.
    pub back: usize,
    /// The stall; `None` where there was none.
    pub stall: Option<Stall>,
    /// Why no stall could have been seen, whatever the run did; `None` where one could.
    pub too_short: Option<TooShort>,
    /// What a monitor would have said on the way, in the order of its first steps.
    pub signs: Vec<Sign>,
    /// How the last steps compare with those before.
    pub trend: Option<Trend>,
    /// What is to be said of the groups at the end.
    pub assessment: Assessment,
}

/// Why a log is too short to tell whether its run stalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooShort {
    /// It has too few steps.
    Steps {
        /// Steps that it takes.
        least: usize,
        /// Whether trends that look back on fewer steps would do as well.
        smaller_back: bool,
    },
    /// Trends look back on too few groups.
    Back {
        /// Steps that they have to look back on.
        least: usize,
    },
    /// Nothing is known of what its completions earned.
    Unknown,
}

/// A stall.
#[derive(Clone, Debug, PartialEq)]
pub struct Stall {
    /// The step since when full answers have not grown: the first one where they never grew.
    pub since: u64,
    /// Whether they grew before.
    pub grew: bool,
    /// The step at which a monitor would have raised it.
    pub raised: u64,
    /// The last step at which it held; `None` where it held to the end.
    pub until: Option<u64>,
    /// What was seen when it was raised.
    pub finding: PartialCreditStalls,
    /// Share of the stuck groups' answers that meet a constraint, by its family.
    pub met: Vec<(String, f64)>,
    /// Prompts whose answers all earned the same credit when it ended.
    pub stuck: Vec<StuckPrompt>,
    /// Prompts that were seen.
    pub prompts: u64,
}

/// A prompt whose answers all earn the same credit, none of them full.
#[derive(Clone, Debug, PartialEq)]
pub struct StuckPrompt {
    /// Its id.
    pub prompt: String,
    /// The step since when.
    pub since: u64,
    /// Whether it had a full answer before.
    pub lost: bool,
}

/// Something that a monitor would have said, over some steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// The first step.
    pub first: u64,
    /// The last one.
    pub last: u64,
    /// What it was at the first.
    pub finding: PartialCreditStalls,
}

impl Review {
    /// The first step at which a monitor would have warned of the stall; `None` where nothing told before it was raised.
    #[must_use]
    pub fn warned(&self) -> Option<u64> {
        self.first_sign().map(|sign| sign.first)
    }

    /// The first sign of the stall: one that began before it was raised, and lasted until then.
    #[must_use]
    pub fn first_sign(&self) -> Option<&Sign> {
        let raised = self.stall.as_ref()?.raised;
        let place = |step: u64| self.steps.partition_point(|of| of.step < step);
        let lasts = |sign: &&Sign| place(raised).saturating_sub(place(sign.last)) <= self.back / 2;
        self.signs.iter().filter(|sign| sign.first < raised).find(lasts)
    }

    /// Watches a log, by step. Trends look back on `back` steps, or on a third of the log, at most as many as a monitor does.
    ///
    /// # Errors
    /// [`BadSettings`].
    pub fn of(
        LoggedRun(log): &LoggedRun,
        scheme: Scheme,
        settings: Settings,
        back: Option<usize>,
    ) -> Result<Self, BadSettings> {
        let back = back.unwrap_or_else(|| (log.len() / 3).clamp(20, STEPS));
        let mut monitor = Monitor::new(scheme, settings)?.looking_back(super::GROUPS, back);
        let mut signs: Vec<Sign> = Vec::new();
        // Of each name: its latest sign, and the place in the log at which that was seen last.
        let mut latest: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let mut raised: Vec<Raised> = Vec::new();
        let mut could_tell = false;
        for (place, (step, groups)) in log.iter().enumerate() {
            for LoggedGroup { group, paid, distinct } in groups {
                monitor.observe_group(*step, group, Beside { paid: paid.as_deref(), distinct: *distinct });
            }
            could_tell = could_tell || (monitor.history.settled() && monitor.trend().is_some());
            let Some(finding) = monitor.stall() else { continue };
            if finding.severity() == Severity::Error {
                match raised.last_mut().filter(|raised| place - raised.place <= back / 2) {
                    Some(raised) => raised.seen(place, *step, &monitor, met(groups, scheme)),
                    None => raised.push(Raised::new(place, *step, finding.clone(), &monitor, met(groups, scheme))),
                }
            }
            let name = finding.stalling.name();
            let at = match latest.get(name).filter(|(_, seen)| place - seen <= back / 2) {
                Some((at, _)) => *at,
                None => {
                    signs.push(Sign { first: *step, last: *step, finding });
                    signs.len() - 1
                }
            };
            signs[at].last = *step;
            latest.insert(name, (at, place));
        }
        let too_short = (!could_tell).then(|| TooShort::of(&monitor.history));
        let (trend, assessment) = (monitor.trend(), monitor.assess());
        let steps = monitor.steps().to_vec();
        let longest = raised.into_iter().max_by_key(|raised| raised.place - raised.began);
        let stall = longest.map(|raised| raised.stall(&steps, monitor.prompts.count() as u64));
        Ok(Self { scheme, back, stall, too_short, signs, trend, assessment, steps })
    }
}

impl TooShort {
    /// Of a log in which no trend was found.
    fn of(history: &History) -> Self {
        let steps = history.steps();
        let known = |step: &Step| step.full.groups().min(step.fraction.groups()).min(step.reward.groups());
        let groups: f64 = steps.iter().map(known).sum();
        if groups == 0.0 {
            return Self::Unknown;
        }
        // Both halves of a trend need enough groups.
        let half = (ENOUGH * steps.len() as f64 / groups).ceil() as usize;
        let least = (2 * half).max(2);
        if steps.len() >= least && history.back < least {
            return Self::Back { least };
        }
        let least = least.max(history.settles());
        Self::Steps { least: least.max(steps.len() + 1), smaller_back: !history.settled() && 2 * half <= steps.len() }
    }
}

/// A stall as it was seen until now: it is one as long as it is seen again within half of the steps that a trend looks back on.
struct Raised {
    /// Places in the log at which it was seen first and last.
    began: usize,
    place: usize,
    step: u64,
    last: u64,
    finding: PartialCreditStalls,
    met: BTreeMap<String, (f64, u64)>,
    stuck: Vec<StuckPrompt>,
}

impl Raised {
    fn new(
        place: usize,
        step: u64,
        finding: PartialCreditStalls,
        monitor: &Monitor,
        met: BTreeMap<String, (f64, u64)>,
    ) -> Self {
        Self { began: place, place, step, last: step, finding, met, stuck: stuck(monitor) }
    }

    fn seen(&mut self, place: usize, step: u64, monitor: &Monitor, met: BTreeMap<String, (f64, u64)>) {
        (self.place, self.last) = (place, step);
        self.stuck = stuck(monitor);
        for (family, (sum, count)) in met {
            let of = self.met.entry(family).or_default();
            *of = (of.0 + sum, of.1 + count);
        }
    }

    fn stall(self, steps: &[Step], prompts: u64) -> Stall {
        // It was not seen lately, and full answers rose from where they were: a sign that is gone is no run that goes on.
        let rest: Vec<f64> = steps.iter().skip(self.began).filter_map(|step| step.full.value()).collect();
        let ended = steps.len() - self.place > steps.len() / 10 && onset(&rest).is_some();
        let until = ended.then_some(self.last);
        let seen = steps.iter().filter(|step| step.step <= self.last);
        let (of, rates): (Vec<u64>, Vec<f64>) = seen.filter_map(|step| Some((step.step, step.full.value()?))).unzip();
        // What rose before it was seen may have fallen since.
        let until_seen = of.iter().filter(|step| **step <= self.step).count();
        let bend = onset(&rates[..until_seen]).or_else(|| onset(&rates));
        let first = steps.first().map_or(self.step, |step| step.step);
        Stall {
            since: bend.map_or(first, |bend| of[bend]).min(self.step),
            grew: bend.is_some(),
            raised: self.step,
            until,
            finding: self.finding,
            met: self.met.into_iter().map(|(family, (sum, count))| (family, sum / count as f64)).collect(),
            stuck: self.stuck,
            prompts,
        }
    }
}

/// Prompts that are stuck: those that were lost first, then those that have been so for longest.
fn stuck(monitor: &Monitor) -> Vec<StuckPrompt> {
    let of = |(prompt, lost, since): (&str, bool, u64)| StuckPrompt { prompt: prompt.to_owned(), since, lost };
    let mut prompts: Vec<StuckPrompt> = monitor.prompts.stuck().map(of).collect();
    prompts.sort_by_key(|prompt| (!prompt.lost, prompt.since));
    prompts
}

/// How much of each family's constraints the answers of tied groups meet, in sum, and of how many.
fn met(groups: &[LoggedGroup], scheme: Scheme) -> BTreeMap<String, (f64, u64)> {
    let mut met: BTreeMap<String, (f64, u64)> = BTreeMap::new();
    for LoggedGroup { group, .. } in groups.iter().filter(|of| super::step::Stuck::is_tied(&of.group, scheme)) {
        for (constraint, verdict) in group.outcomes.iter().flat_map(Outcome::iter) {
            if let Some(score) = verdict.score() {
                let of = met.entry(constraint.family().to_owned()).or_default();
                *of = (of.0 + score, of.1 + 1);
            }
        }
    }
    met
}
