//! Rows gathered by prompts → an assessment of each reward, and what sets them apart.

use super::{
    Alternative, Choice, ComparedRow, Comparing, Differences, Lead, Shown,
    choice::Paid,
    differences::{Scale, Side},
    gradients::level,
    read::paid_by,
    shown::{Between, Candidate},
};
use crate::{
    advise::{
        Assessment, Attribution, BadRequest, PaidRewards, Request, RewardAssessment, RewardGroup, RewardLog,
        RewardSignal, Settings, Share,
        stats::{GroupShares, PromptLevels},
    },
    data::BadRow,
    task::{Task, ThinkingMarks},
    verdict::{Group, Outcome},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    error::Error,
    fmt,
    sync::Arc,
};

/// Rows gathered by prompts, in the order in which prompts first appear.
pub struct Gathered<'a> {
    alternatives: &'a [Alternative<'a>],
    prompts: Vec<Arc<str>>,
    index: HashMap<(String, Option<String>), usize>,
    held: Vec<Held>,
    candidates: Vec<Candidate>,
    steps: BTreeSet<Option<String>>,
    rows: u64,
    bad: Vec<BadRow>,
    left_out: u64,
    thinking: ThinkingMarks,
}

/// What one reward makes of all completions, by prompts.
#[derive(Default)]
struct Held {
    groups: Vec<Group>,
    lengths: Vec<Vec<Option<f64>>>,
    log: Vec<RewardGroup>,
}

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

impl<'a> Gathered<'a> {
    /// For what was read so.
    #[must_use]
    pub fn new(comparing: &Comparing<'a>) -> Self {
        let alternatives = comparing.alternatives();
        Self {
            alternatives,
            prompts: Vec::new(),
            index: HashMap::new(),
            held: alternatives.iter().map(|_| Held::default()).collect(),
            candidates: Vec::new(),
            steps: BTreeSet::new(),
            rows: 0,
            bad: Vec::new(),
            left_out: 0,
            thinking: ThinkingMarks::default(),
        }
    }

    /// Adds a row; one that cannot be used is kept as such.
    pub fn add(&mut self, row: Result<ComparedRow, BadRow>) {
        self.rows += 1;
        match row {
            Err(bad) => self.bad.push(bad),
            Ok(row) => self.gather(row),
        }
    }

    fn gather(&mut self, row: ComparedRow) {
        self.thinking += row.thinking;
        let left_out = |outcomes: &[Outcome]| outcomes.iter().all(Outcome::is_left_out);
        if row.parts.iter().filter_map(|part| part.judged.as_ref()).any(|judged| left_out(&judged.outcomes)) {
            self.left_out += row.count as u64;
            return;
        }
        let key = (row.id.clone(), row.step.clone());
        let known = self.index.get(&key).copied();
        let other = |(held, part): (&Held, &super::read::Part)| match (&part.judged, known) {
            (Some(judged), Some(at)) => held.groups[at].constraints() != &**judged.outcomes[0].constraints(),
            _ => false,
        };
        if self.held.iter().zip(&row.parts).any(other) {
            let message = format!("`{}` has verdicts of other constraints here than in an earlier row", row.id);
            self.bad.push(BadRow { line: row.line, message });
            return;
        }
        self.steps.insert(row.step.clone());
        let prompt: Arc<str> = row.id.as_str().into();
        let at = known.unwrap_or(self.prompts.len());
        if known.is_none() {
            self.prompts.push(prompt.clone());
            self.index.insert(key, at);
        }
        let before = self.held.first().map_or(0, |held| held.count(at));
        for (held, part) in self.held.iter_mut().zip(row.parts) {
            if let Some(judged) = part.judged {
                if known.is_none() {
                    held.groups.push(Group { prompt: prompt.clone(), outcomes: Vec::new() });
                    held.lengths.push(Vec::new());
                }
                held.groups[at].outcomes.extend(judged.outcomes.iter().map(Outcome::without_reasons));
                held.lengths[at].extend(judged.lengths.iter().map(|length| Some(length.count as f64)));
            }
            if let Some(logged) = part.logged {
                if known.is_none() {
                    let (rewards, lengths) = (Vec::new(), Vec::new());
                    held.log.push(RewardGroup { prompt: prompt.clone(), rewards, lengths });
                }
                held.log[at].rewards.extend_from_slice(logged.rewards());
                held.log[at].lengths.extend_from_slice(logged.lengths());
            }
        }
        let candidate = |kept: super::read::Kept| Candidate {
            prompt: at,
            completion: before + kept.at,
            excerpt: kept.excerpt,
            said: kept.said,
        };
        self.candidates.extend(row.kept.into_iter().map(candidate));
    }

    /// Whether no row could be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.prompts.is_empty()
    }

    /// How many rows were added.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// How many steps of training they are of; 1 where steps are not told apart.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// The rows that could not be used.
    #[must_use]
    pub fn bad_rows(&self) -> &[BadRow] {
        &self.bad
    }

    /// How many completions answer prompts that one of the rewards cannot use.
    #[must_use]
    pub fn left_out(&self) -> u64 {
        self.left_out
    }

    /// What marks of thinking the completions have, as the first spec sees them.
    #[must_use]
    pub fn thinking(&self) -> ThinkingMarks {
        self.thinking
    }

    /// How many completions most prompts have, where all rewards are columns: a log holds the trainer's groups.
    #[must_use]
    pub fn usual_size(&self) -> Option<usize> {
        let logged = self.alternatives.iter().all(|one| one.verdicts.is_none());
        let groups = self.held.first().filter(|_| logged)?.log.clone();
        RewardLog { columns: Vec::new(), groups }.usual_size()
    }

    /// The comparison.
    ///
    /// # Errors
    /// [`CompareError`].
    pub fn compare(self, settings: &Settings) -> Result<Compared, CompareError> {
        let Self { alternatives, prompts, held, candidates, left_out, .. } = self;
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
        let choice = Choice::of(
            &answers,
            paid,
            &leads,
            &rewards.iter().map(|weighed| weighed.signal.is_none()).collect::<Vec<_>>(),
        );
        Ok(Compared { rewards, choice, differences, left_out })
    }
}

impl Held {
    fn count(&self, at: usize) -> usize {
        let judged = self.groups.get(at).map(|group| group.outcomes.len());
        judged.or_else(|| self.log.get(at).map(|group| group.rewards.len())).unwrap_or_default()
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
        let as_logged = one.columns.as_ref().map(|_| self.paid(one, true));
        let log = one.columns.as_ref().map(|columns| RewardLog {
            columns: columns.columns.iter().map(|(name, weight)| (name.as_str().into(), *weight)).collect(),
            groups: self.log.clone(),
        });
        if let (None, Some(log)) = (&one.verdicts, &log) {
            let found = log.assess(settings).map_err(CompareError::Request)?;
            let RewardAssessment { assessment, signal, attribution } = found;
            return Ok(Weighed { name, assessment, signal, attribution, gradient });
        }
        let by_length = one.task().filter(|task| task.pays_by_length() && one.columns.is_none());
        let rewards = as_logged.or_else(|| by_length.map(|_| self.paid(one, true)));
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
