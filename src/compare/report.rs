//! What each reward makes of all completions → an assessment of each, and what sets them apart.

use super::{
    Alternative, Choice, Differences, Gathered, Lead, Shown,
    choice::Paid,
    differences::{Scale, Side},
    gathered::Held,
    gradients::level,
    read::paid_by,
    shown::Between,
};
use crate::{
    advise::{
        Assessment, Attribution, BadRequest, PaidRewards, Request, RewardAssessment, RewardGroup, RewardLog,
        RewardSignal, Settings, Share,
        stats::{GroupShares, PromptLevels},
    },
    task::Task,
    verdict::Group,
};
use std::{collections::BTreeMap, error::Error, fmt, sync::Arc};

/// Rewards compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The rewards, in the order in which they were given.
    pub rewards: Vec<Weighed>,
    /// Which to take.
    pub choice: Choice,
    /// The first against each of the others: who is paid differently, with completions.
    pub differences: Vec<(Differences, Vec<Shown>)>,
    /// Completions of prompts that one of the rewards cannot judge: they are in no figure.
    pub left_out: u64,
}

/// One of the rewards that are compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// What it is called.
    pub name: String,
    /// The assessment that it has by itself, of the same completions.
    pub assessment: Assessment,
    /// Groups by the columns that pay, where there are no verdicts.
    pub signal: Option<RewardSignal>,
    /// What the groups' advantages come from.
    pub attribution: Option<Attribution>,
    /// Share of groups with a gradient under the reward as it is, penalties left out; `None` where no reward is known.
    pub gradient: Option<Share>,
}

/// Why there is no comparison.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CompareError {
    /// A reward cannot be assessed.
    Request(BadRequest),
}

impl Error for CompareError {}

impl fmt::Display for CompareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(why) => why.fmt(f),
        }
    }
}

impl Gathered<'_> {
    /// The comparison.
    ///
    /// # Errors
    /// [`CompareError`].
    pub fn compare(mut self, settings: &Settings) -> Result<Compared, CompareError> {
        let held = self.held();
        let left_out = self.intake().left_out();
        let Self { alternatives, candidates, .. } = self;
        let prompts: Vec<Arc<str>> = held.first().map_or_else(Vec::new, Held::prompts);
        let size = settings.group_size as u64;
        let paid: Vec<Vec<Vec<Option<f64>>>> =
            alternatives.iter().zip(&held).map(|(one, held)| held.paid(one, true)).collect();
        let scales: Vec<Scale> = paid.iter().map(|paid| Scale::of(paid)).collect();
        // What a spec pays has its range by itself.
        let shares = |place: usize| match alternatives[place].columns.is_some() && !scales[place].is_unit() {
            true => scales[place].apply(&paid[place]),
            false => paid[place].clone(),
        };
        let shares: Vec<Vec<Vec<Option<f64>>>> = (0..paid.len()).map(shares).collect();
        // What the task teaches: not what only length moves.
        let taught = |(place, one): (usize, &Alternative<'_>)| match one.task().filter(|_| one.columns.is_none()) {
            Some(task) if task.spec().penalty.is_some() => held[place].paid(one, false),
            _ => shares[place].clone(),
        };
        let taught: Vec<Vec<Vec<Option<f64>>>> = alternatives.iter().enumerate().map(taught).collect();
        let count = alternatives.len();
        let pairs: Vec<(usize, usize)> =
            (0..count).flat_map(|one| (one + 1..count).map(move |two| (one, two))).collect();
        // Each of several leads is held to more, so that all of them hold together.
        let confidence = 1.0 - (1.0 - settings.level) / pairs.len().max(1) as f64;
        let lead =
            |(one, two): &(usize, usize)| Lead::of((*one, &taught[*one]), (*two, &taught[*two]), size, confidence);
        let leads: Vec<Lead> = pairs.iter().filter_map(lead).collect();
        let judged = |place: usize| (!held[place].groups.is_empty()).then_some(held[place].groups.as_slice());
        let differences: Vec<(Differences, Vec<Shown>)> = (1..count)
            .map(|other| {
                // A factor and a shift are no difference, and amounts of different ranges cannot be held against each other.
                let unit = scales[0].is_unit() && scales[other].is_unit();
                let scaled = !unit && (!scales[0].is_like(&scales[other]) || same(&shares[0], &shares[other]));
                let amounts = if scaled { &shares } else { &paid };
                let side = |place: usize| Side { place, paid: &amounts[place], judged: judged(place) };
                let between = Between {
                    places: [0, other],
                    prompts: &prompts,
                    paid: [&paid[0], &paid[other]],
                    scaled: [&amounts[0], &amounts[other]],
                    judged: [judged(0), judged(other)],
                };
                (Differences::of(side(0), side(other), scaled), between.shown(&candidates))
            })
            .collect();
        let gradients: Vec<Option<Share>> =
            taught.iter().map(|rewards| gradient(rewards, size, settings.level)).collect();
        let weigh =
            |((one, held), gradient): ((&Alternative<'_>, Held), Option<Share>)| held.weigh(one, gradient, settings);
        let rewards: Vec<Weighed> =
            alternatives.iter().zip(held).zip(gradients).map(weigh).collect::<Result<_, _>>()?;
        let answers: Vec<_> = rewards.iter().map(|weighed| &weighed.assessment.decision.answer).collect();
        let paid = if differences.iter().any(|(differences, _)| !differences.none()) {
            Paid::Differently
        } else if differences.iter().all(|(differences, _)| differences.all_the_same()) {
            Paid::Same
        } else {
            Paid::Unknown
        };
        let of_spec: Vec<bool> = alternatives.iter().map(|one| one.columns.is_none()).collect();
        let choice = Choice::of(&answers, paid, &leads, &of_spec);
        Ok(Compared { rewards, choice, differences, left_out })
    }
}

impl Held {
    /// The prompts' ids.
    fn prompts(&self) -> Vec<Arc<str>> {
        match self.groups.is_empty() {
            true => self.log.iter().map(|group| group.prompt.clone()).collect(),
            false => self.groups.iter().map(|group| group.prompt.clone()).collect(),
        }
    }

    /// What each completion is paid, with penalties or without.
    fn paid(&self, one: &Alternative<'_>, penalty: bool) -> Vec<Vec<Option<f64>>> {
        if let Some(columns) = &one.columns {
            let weights: Vec<f64> = columns.columns.iter().map(|(_, weight)| *weight).collect();
            let of =
                |group: &RewardGroup| group.rewards.iter().map(|values| RewardLog::sum(values, &weights)).collect();
            return self.log.iter().map(of).collect();
        }
        let pay =
            |(group, lengths): (&Group, &Vec<Option<f64>>)| paid_by(one.task(), &group.outcomes, lengths, penalty);
        self.groups.iter().zip(&self.lengths).map(pay).collect()
    }

    /// The assessment that the reward has by itself.
    fn weigh(
        self,
        one: &Alternative<'_>,
        gradient: Option<Share>,
        settings: &Settings,
    ) -> Result<Weighed, CompareError> {
        let name = one.name.clone();
        let by_length = one.task().filter(|task| task.pays_by_length() && one.columns.is_none());
        let rewards = (one.columns.is_some() || by_length.is_some()).then(|| self.paid(one, true));
        let log = one.columns.as_ref().map(|columns| RewardLog {
            columns: columns.columns.iter().map(|(name, weight)| (name.as_str().into(), *weight)).collect(),
            groups: self.log,
        });
        if let (None, Some(log)) = (&one.verdicts, &log) {
            let found = log.assess(settings).map_err(CompareError::Request)?;
            let RewardAssessment { assessment, signal, attribution } = found;
            return Ok(Weighed { name, assessment, signal, attribution, gradient });
        }
        let paid = rewards.map(|rewards| PaidRewards { rewards, scheme: by_length.map(Task::scheme) });
        let request = Request {
            groups: self.groups,
            paid,
            log,
            by: one.task().filter(|_| one.columns.is_none()).map(Task::pays_by),
            lengths: self.lengths,
            settings: settings.clone().comparing(one.task().map(Task::scheme)),
            ..Request::default()
        };
        let assessment = request.assess().map_err(CompareError::Request)?;
        let attribution = request.attribution();
        Ok(Weighed { name, assessment, signal: None, attribution, gradient })
    }
}

/// Whether all completions are paid the same.
fn same(ours: &[Vec<Option<f64>>], theirs: &[Vec<Option<f64>>]) -> bool {
    let levels = |paid: &[Vec<Option<f64>>]| paid.iter().flatten().map(|reward| reward.map(level)).collect::<Vec<_>>();
    levels(ours) == levels(theirs)
}

/// Share of groups whose rewards differ, of comparable amounts.
fn gradient(paid: &[Vec<Option<f64>>], size: u64, confidence: f64) -> Option<Share> {
    let mut patterns: BTreeMap<PromptLevels, u64> = BTreeMap::new();
    for rewards in paid {
        let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
        let level = |reward: f64| level(reward.clamp(0.0, 1.0)) as u64;
        rewards.iter().flatten().for_each(|reward| *counts.entry(level(*reward)).or_default() += 1);
        let counts = counts.into_iter().collect();
        *patterns.entry(PromptLevels { counts }).or_default() += 1;
    }
    Some(GroupShares::new(&patterns, size, confidence)?.mixed)
}
