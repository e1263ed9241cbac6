//! Rows of rollouts, judged and paid by each of the rewards.

use super::{Alternative, AlternativeError, gradients::level};
use crate::{
    data::{BadRow, Keys, Layout, RawRow, Reading, RolloutRow},
    reward::{Length, Rewarded, Unit},
    scoring::{RewardColumns, RewardRow, ScoredRow, Scorer, VerdictSource},
    task::{Example, Task, ThinkingMarks},
    verdict::Outcome,
};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Characters of a completion that are kept.
const EXCERPT: usize = 600;

/// Completions of a row that are kept, to show them.
const KEPT: usize = 4;

/// Rows of which completions are kept.
const ROWS: usize = 400;

/// Reads rows for a comparison.
pub struct Comparing<'a> {
    alternatives: &'a [Alternative<'a>],
    /// Of each, the columns under which rows of that layout have their ids and steps.
    columns: Vec<Option<RewardColumns>>,
    id: String,
    steps: &'static [&'static str],
    /// Rows of which completions are kept.
    kept: AtomicUsize,
}

/// A row as each of the rewards sees it.
pub struct ComparedRow {
    pub(super) id: String,
    pub(super) step: Option<String>,
    /// Completions.
    pub(super) count: usize,
    pub(super) parts: Vec<Part>,
    pub(super) kept: Vec<Kept>,
    pub(super) thinking: ThinkingMarks,
}

/// A row as one reward sees it.
pub(super) struct Part {
    pub(super) judged: Option<ScoredRow>,
    pub(super) logged: Option<RewardRow>,
}

/// A completion that is kept to show it.
pub(super) struct Kept {
    /// Its place in the row.
    pub(super) at: usize,
    pub(super) excerpt: String,
    /// What each reward says of it.
    pub(super) said: Vec<Option<Example>>,
}

impl<'a> Comparing<'a> {
    /// Of these rewards, for rows of that layout.
    ///
    /// # Errors
    /// [`AlternativeError`] where they cannot be compared.
    pub fn new(alternatives: &'a [Alternative<'a>], layout: &Layout) -> Result<Self, AlternativeError> {
        Alternative::check(alternatives)?;
        let (id, steps) = (layout.id().to_owned(), layout.steps());
        let laid_out =
            |columns: &RewardColumns| RewardColumns { id: id.clone(), steps, columns: columns.columns.clone() };
        let columns = alternatives.iter().map(|one| one.columns.as_ref().map(laid_out)).collect();
        Ok(Self { alternatives, columns, id, steps, kept: AtomicUsize::new(0) })
    }

    /// What of a row matters.
    #[must_use]
    pub fn reading(alternatives: &[Alternative<'_>], max_row: usize) -> Reading {
        let columns = |one: &Alternative<'_>| {
            let logged = one.columns.iter().flat_map(RewardColumns::names).map(str::to_owned);
            let known = match &one.verdicts {
                Some(VerdictSource::Known { verdicts, .. }) => Some(verdicts.column.clone()),
                _ => None,
            };
            logged.chain(known).collect::<Vec<_>>()
        };
        let all: Vec<String> = alternatives.iter().flat_map(columns).collect();
        let own = RewardColumns { id: "id".into(), steps: &[], columns: Vec::new() };
        own.reading(max_row).and(all.iter().map(String::as_str))
    }

    /// The rewards.
    #[must_use]
    pub fn alternatives(&self) -> &'a [Alternative<'a>] {
        self.alternatives
    }

    /// Reads a row, having it judged by each of the rewards.
    ///
    /// # Errors
    /// What is wrong with the row, and where: what one of the rewards cannot use, none does.
    pub fn read(&self, row: RawRow) -> Result<ComparedRow, BadRow> {
        let line = row.line;
        let of = |(one, columns): (&Alternative<'a>, &Option<RewardColumns>)| {
            self.part(one, columns.as_ref(), row.clone()).map_err(|BadRow { line, message }| {
                let of_one = self.alternatives.iter().any(|other| other.verdicts.is_some()) && one.task().is_some();
                let message = if of_one { format!("{}: {message}", one.name) } else { message };
                BadRow { line, message }
            })
        };
        let parts = self.alternatives.iter().zip(&self.columns).map(of).collect::<Result<Vec<Part>, BadRow>>()?;
        let count = parts[0].count();
        if let Some(other) = parts.iter().position(|part| part.count() != count) {
            let message = format!(
                "it has {count} completions by {} and {} by {}",
                self.alternatives[0].name,
                parts[other].count(),
                self.alternatives[other].name
            );
            return Err(BadRow { line, message });
        }
        let (id, step) = parts[0].of();
        let thinking = parts.iter().find_map(|part| part.judged.as_ref()).map(|row| row.thinking).unwrap_or_default();
        let kept = self.keep(row, &parts, count)?;
        Ok(ComparedRow { id, step, count, parts, kept, thinking })
    }

    fn keys(&self) -> Keys<'_> {
        Keys { id: &self.id, steps: self.steps }
    }

    fn part(&self, one: &Alternative<'a>, columns: Option<&RewardColumns>, row: RawRow) -> Result<Part, BadRow> {
        let scorer = |verdicts: &VerdictSource<'a>| Scorer {
            keys: self.keys(),
            verdicts: verdicts.clone(),
            logprobs: None,
            excerpt: 0,
        };
        match (&one.verdicts, columns) {
            (Some(verdicts), None) => Ok(Part { judged: Some(scorer(verdicts).score(row)?), logged: None }),
            (Some(verdicts), Some(columns)) => {
                let (judged, logged) = scorer(verdicts).score_paid(row, columns)?;
                Ok(Part { judged: Some(judged), logged: Some(logged) })
            }
            (None, Some(columns)) => Ok(Part { judged: None, logged: Some(columns.read(row)?) }),
            (None, None) => Ok(Part { judged: None, logged: None }),
        }
    }

    /// Completions of the row that are paid differently, while few are kept.
    fn keep(&self, row: RawRow, parts: &[Part], count: usize) -> Result<Vec<Kept>, BadRow> {
        if self.kept.load(Ordering::Relaxed) >= ROWS {
            return Ok(Vec::new());
        }
        let paid: Vec<Vec<Option<f64>>> =
            self.alternatives.iter().zip(parts).map(|(one, part)| part.paid(one, count)).collect();
        let differs = |at: &usize| {
            let levels = paid.iter().map(|paid| paid[*at].map(level));
            let mut known = levels.flatten();
            known.next().is_some_and(|first| known.any(|other| other != first))
        };
        let places: Vec<usize> = (0..count).filter(differs).take(KEPT).collect();
        if places.is_empty() {
            return Ok(Vec::new());
        }
        // A log of rewards need not have completions.
        let read = RolloutRow::from_row(row.parse()?, self.keys(), Some(&[]));
        let Some(read) = read.ok().filter(|read| read.completions.len() == count) else { return Ok(Vec::new()) };
        self.kept.fetch_add(1, Ordering::Relaxed);
        let said = |at: usize| {
            let of = |part: &Part| {
                let outcome = part.judged.as_ref()?.outcomes.get(at)?;
                Some(Example::of(&read.id, &read.completions[at], outcome, EXCERPT))
            };
            parts.iter().map(of).collect()
        };
        let excerpt = |at: usize| read.completions[at].text().chars().take(EXCERPT).collect();
        Ok(places.into_iter().map(|at| Kept { at, excerpt: excerpt(at), said: said(at) }).collect())
    }
}

impl Part {
    fn count(&self) -> usize {
        match (&self.judged, &self.logged) {
            (Some(judged), _) => judged.outcomes.len(),
            (None, Some(logged)) => logged.rewards().len(),
            (None, None) => 0,
        }
    }

    /// The prompt's id and the step.
    fn of(&self) -> (String, Option<String>) {
        match (&self.judged, &self.logged) {
            (Some(judged), _) => (judged.id.clone(), judged.step.clone()),
            (None, Some(logged)) => logged.group(),
            (None, None) => (String::new(), None),
        }
    }

    /// What each completion is paid, as far as the row says it.
    fn paid(&self, one: &Alternative<'_>, count: usize) -> Vec<Option<f64>> {
        match (&self.judged, &self.logged, &one.columns) {
            (_, Some(logged), Some(columns)) => logged.paid(columns),
            (Some(judged), _, _) => {
                let lengths: Vec<Option<f64>> = judged.lengths.iter().map(|length| Some(length.count as f64)).collect();
                paid_by(one.task(), &judged.outcomes, &lengths, true)
            }
            _ => vec![None; count],
        }
    }
}

/// What a task pays the outcomes of a group, with its penalty or without; where there is no task, nothing is known. A penalty on a length that nobody
/// knows is not known either.
pub(super) fn paid_by(
    task: Option<&Task>,
    outcomes: &[Outcome],
    lengths: &[Option<f64>],
    penalty: bool,
) -> Vec<Option<f64>> {
    let Some(task) = task else { return vec![None; outcomes.len()] };
    let mut function = *task.reward();
    function.scheme = function.scheme.at(0.0);
    function.penalty = function.penalty.filter(|_| penalty);
    let known = |at: usize| lengths.get(at).copied().flatten();
    // The unit is for whoever reads the parts of a reward.
    let length = |at: usize| Length { count: known(at).unwrap_or_default() as u64, unit: Unit::Characters };
    let rewards = function.rewards(outcomes, length);
    let of = |(at, rewarded): (usize, &Rewarded)| {
        rewarded.reward.filter(|_| function.penalty.is_none() || known(at).is_some()).map(|reward| reward.value())
    };
    rewards.iter().enumerate().map(of).collect()
}
