//! One row of rollouts → outcomes and rewards.

use super::{RewardColumns, RewardRow};
use crate::{
    completion::Completion,
    data::{BadRow, Keys, KnownVerdicts, LogProbs, RawRow, Reading, RolloutRow, TOKENS, unknown_prompt},
    reward::Length,
    source::{Unfit, closest},
    task::{Circumstances, Example, Judged, Prompts, Task, ThinkingMarks, lengths_of_row},
    verdict::Outcome,
    verify::Plan,
};
use rayon::prelude::*;
use std::ops::Range;

/// Scores rows of rollouts.
pub struct Scorer<'a> {
    /// Columns that say of which group a row is.
    pub keys: Keys<'a>,
    /// Where verdicts come from.
    pub verdicts: VerdictSource<'a>,
    /// Where log-probabilities come from, where they are wanted.
    pub logprobs: Option<LogProbs>,
    /// How many characters of a completion are kept as an example for each row; 0 for none.
    pub excerpt: usize,
}

/// Where verdicts come from.
#[derive(Clone)]
pub enum VerdictSource<'a> {
    /// Runs the constraints of a task, whose prompts are known.
    Judge(&'a Task),
    /// Takes the verdicts from a column.
    Known {
        /// Which column.
        verdicts: KnownVerdicts,
        /// The task that says what the verdicts are of, when there is one.
        task: Option<&'a Task>,
    },
}

/// Completions of a row, judged: some that follow each other, or all where they are paid by each other.
pub struct Part {
    /// The row's line in the file.
    pub line: u64,
    /// The prompt's id.
    pub id: String,
    /// Whether the row holds all completions of a list, numbered from 0, or one, numbered by its turn.
    pub plural: bool,
    /// The number of the first of these completions in the row.
    pub from: usize,
    /// One outcome per completion.
    pub outcomes: Vec<Outcome>,
    /// How long each completion is, where length costs; else empty.
    pub lengths: Vec<Length>,
    /// What marks of thinking the row's completions have, with its first part.
    pub thinking: Option<ThinkingMarks>,
}

/// A row that was read, and is to be judged.
pub(super) struct ReadRow<'a> {
    line: u64,
    pub(super) row: RolloutRow,
    plan: Option<&'a Plan>,
    lengths: Vec<Length>,
    pub(super) thinking: ThinkingMarks,
    /// Whether its completions show that the template opens thinking.
    opened: bool,
}

impl ReadRow<'_> {
    /// Those of its completions that begin with the one at `from`.
    pub(super) fn part(&self, from: usize, outcomes: Vec<Outcome>, thinking: Option<ThinkingMarks>) -> Part {
        let lengths = self.lengths.get(from..from + outcomes.len()).unwrap_or_default().to_vec();
        let Self { line, row, .. } = self;
        Part { line: *line, id: row.id.clone(), plural: row.plural, from, outcomes, lengths, thinking }
    }
}

/// The outcomes of a row.
#[derive(Debug)]
pub struct ScoredRow {
    /// Its line in the file.
    pub line: u64,
    /// The prompt's id.
    pub id: String,
    /// The step of training that it is of, where steps are told apart.
    pub step: Option<String>,
    /// Whether the row holds all completions of a list, numbered from 0, or one, numbered by its turn.
    pub plural: bool,
    /// One outcome per completion.
    pub outcomes: Vec<Outcome>,
    /// Mean log-probability of a token of each completion; empty where they are not wanted.
    pub logprobs: Vec<Option<f64>>,
    /// What each completion is paid, where that is asked for and more than a scheme makes of its verdicts.
    pub paid: Vec<Option<f64>>,
    /// How long each completion is, where length costs; else empty.
    pub lengths: Vec<Length>,
    /// One of the completions with its reasons, where it is wanted: one that is not full, if there is one.
    pub example: Option<Example>,
    /// What marks of thinking the completions have.
    pub thinking: ThinkingMarks,
}

impl ScoredRow {
    /// What a task pays each completion, where its reward takes more than verdicts: length. Nothing where it does not, and where the completions of
    /// a group are paid by each other, as the file may hold a group in several rows.
    #[must_use]
    pub fn paid(&self, task: &Task) -> Vec<Option<f64>> {
        // Rows with known verdicts may not say how long their completions are.
        if !task.pays_by_length() || self.lengths.len() != self.outcomes.len() {
            return Vec::new();
        }
        let given = Circumstances {
            ids: vec![self.id.clone(); self.outcomes.len()],
            lengths: self.lengths.clone(),
            progress: None,
        };
        let judged = Judged { outcomes: self.outcomes.clone(), given };
        task.pay(judged).into_iter().map(|scored| scored.pay.reward()).collect()
    }

    /// The same paid by given rewards, which have to be of as many completions.
    ///
    /// # Errors
    /// When they are not.
    pub fn with_rewards(self, rewards: &RewardRow, columns: &RewardColumns) -> Result<Self, BadRow> {
        let paid = rewards.paid(columns);
        if paid.len() != self.outcomes.len() {
            let message = format!("it has {} verdicts and {} rewards", self.outcomes.len(), paid.len());
            return Err(bad(self.line, message));
        }
        Ok(Self { paid, ..self })
    }

    /// What a task pays by.
    #[must_use]
    pub fn judged(self, progress: Option<f64>) -> Judged {
        let ids = vec![self.id; self.outcomes.len()];
        Judged { outcomes: self.outcomes, given: Circumstances { ids, lengths: self.lengths, progress } }
    }
}

impl Scorer<'_> {
    /// What of a row matters to it.
    #[must_use]
    pub fn reading(&self, max_row: usize) -> Reading {
        let own = match &self.verdicts {
            VerdictSource::Judge(_) => None,
            VerdictSource::Known { verdicts, .. } => Some(verdicts.column.as_str()),
        };
        let logprobs = self.logprobs.as_ref().map(|logprobs| logprobs.column.as_str());
        let columns = RolloutRow::COLUMNS.into_iter().chain([TOKENS]);
        Reading::only(
            columns.chain([self.keys.id]).chain(self.keys.steps.iter().copied()).chain(own).chain(logprobs),
            max_row,
        )
    }

    /// Judges a row.
    ///
    /// # Errors
    /// What is wrong with the row, and where.
    pub fn score(&self, row: RawRow) -> Result<ScoredRow, BadRow> {
        let line = row.line;
        let (row, plan) = self.read(row)?;
        self.judged(line, row, plan)
    }

    /// Judges a row that holds rewards too, which are then what its completions are paid.
    ///
    /// # Errors
    /// What is wrong with the row, and where.
    pub fn score_paid(&self, row: RawRow, columns: &RewardColumns) -> Result<(ScoredRow, RewardRow), BadRow> {
        let line = row.line;
        let (row, plan) = self.read(row)?;
        let rewards = columns.of_row(&row).map_err(|why| bad(line, why))?;
        Ok((self.judged(line, row, plan)?.with_rewards(&rewards, columns)?, rewards))
    }

    fn judged(&self, line: u64, row: RolloutRow, plan: Option<&Plan>) -> Result<ScoredRow, BadRow> {
        let lengths = self.lengths(&row).map_err(|why| bad(line, why))?;
        let opened = self.shows_opened(&row, plan);
        let outcomes = match (&self.verdicts, plan) {
            (VerdictSource::Known { task: Some(task), .. }, Some(plan)) if plan.left_out().is_some() => {
                let nothing = Completion::Text(String::new());
                vec![task.verifier().judge(plan, &nothing); row.completions.len().max(1)]
            }
            (VerdictSource::Known { verdicts, .. }, plan) => {
                let constraints = plan.map(|plan| plan.constraints());
                verdicts.outcomes(&row, constraints).map_err(|message| BadRow { line, message })?
            }
            (VerdictSource::Judge(task), Some(plan)) => {
                let pairs = row.completions.par_iter().zip(&row.ended);
                pairs.map(|(completion, ended)| task.verifier().judge_ended(plan, completion, *ended, opened)).collect()
            }
            (VerdictSource::Judge(_), None) => unreachable!("a row to be judged was read with its plan"),
        };
        let logprobs = match &self.logprobs {
            Some(logprobs) => logprobs.means(&row, outcomes.len()).map_err(|why| bad(line, why))?,
            None => Vec::new(),
        };
        let thinking = self.marks(&row, plan, opened);
        let paid = Vec::new();
        let example = self.example(&row, &outcomes);
        let (id, step, plural) = (row.id, row.step, row.plural);
        Ok(ScoredRow { line, id, step, plural, outcomes, logprobs, paid, lengths, example, thinking })
    }

    /// Reads a row that is to be judged.
    pub(super) fn read_row(&self, row: RawRow) -> Result<ReadRow<'_>, BadRow> {
        let line = row.line;
        let (row, plan) = self.read(row)?;
        let lengths = self.lengths(&row).map_err(|why| bad(line, why))?;
        let opened = self.shows_opened(&row, plan);
        let thinking = self.marks(&row, plan, opened);
        Ok(ReadRow { line, row, plan, lengths, thinking, opened })
    }

    /// Judges some of its completions, one after the other.
    pub(super) fn judge(&self, read: &ReadRow<'_>, which: Range<usize>) -> Vec<Outcome> {
        let (VerdictSource::Judge(task), Some(plan)) = (&self.verdicts, read.plan) else {
            unreachable!("a row to be judged was read with its plan")
        };
        let ReadRow { row, opened, .. } = read;
        let judge =
            |place: usize| task.verifier().judge_ended(plan, &row.completions[place], row.ended[place], *opened);
        which.map(judge).collect()
    }

    /// Reads a row without judging it.
    ///
    /// # Errors
    /// What is wrong with the row, and where: the same rows are refused here and by [`Scorer::score`].
    pub fn read(&self, row: RawRow) -> Result<(RolloutRow, Option<&Plan>), BadRow> {
        let line = row.line;
        let (only, task) = match &self.verdicts {
            VerdictSource::Judge(task) => (None, Some(*task)),
            VerdictSource::Known { verdicts, task } => (Some([verdicts.column.as_str()]), *task),
        };
        let row = RolloutRow::from_row(row.parse()?, self.keys, only.as_ref().map(<[_; 1]>::as_slice))
            .map_err(|why| bad(line, why))?;
        let plan = match task {
            Some(task) => {
                let prompts = task.prompts().map_err(|error| bad(line, error.to_string()))?;
                Some(&**prompts.plan(&row.id).ok_or_else(|| bad(line, unknown(prompts, &row.id)))?)
            }
            None => None,
        };
        self.lengths(&row).map_err(|why| bad(line, why))?;
        Ok((row, plan))
    }

    /// What marks of thinking the completions of a row have, where they are judged.
    #[must_use]
    pub fn thinking(&self, row: &RolloutRow, plan: Option<&Plan>) -> ThinkingMarks {
        self.marks(row, plan, self.shows_opened(row, plan))
    }

    fn marks(&self, row: &RolloutRow, plan: Option<&Plan>, opened: bool) -> ThinkingMarks {
        match (&self.verdicts, plan) {
            (VerdictSource::Judge(task), Some(plan)) => ThinkingMarks::of(task.verifier(), plan, row, opened),
            _ => ThinkingMarks::default(),
        }
    }

    /// Whether the completions of a row show that the chat template opens thinking.
    fn shows_opened(&self, row: &RolloutRow, plan: Option<&Plan>) -> bool {
        match (&self.verdicts, plan) {
            (VerdictSource::Judge(task), Some(plan)) => {
                task.verifier().shows_opened(plan, row.completions.iter().zip(row.ended.iter().copied()))
            }
            _ => false,
        }
    }

    fn example(&self, row: &RolloutRow, outcomes: &[Outcome]) -> Option<Example> {
        let not_full = outcomes.iter().position(|outcome| outcome.full() != Some(true)).unwrap_or(0);
        let completion = row.completions.get(not_full).filter(|_| self.excerpt > 0)?;
        Some(Example::of(&row.id, completion, outcomes.get(not_full)?, self.excerpt))
    }

    /// The lengths of a row's completions, where the task's reward asks for them.
    fn lengths(&self, row: &RolloutRow) -> Result<Vec<Length>, Unfit> {
        match &self.verdicts {
            VerdictSource::Judge(task) => match task.spec().penalty {
                Some(overlong) => lengths_of_row(row, overlong.unit),
                None => Ok(Vec::new()),
            },
            VerdictSource::Known { task, .. } => {
                let overlong = task.and_then(|task| task.spec().penalty);
                let known = overlong.and_then(|overlong| lengths_of_row(row, overlong.unit).ok());
                Ok(known.unwrap_or_default())
            }
        }
    }
}

fn bad(line: u64, why: impl Into<String>) -> BadRow {
    BadRow { line, message: why.into() }
}

fn unknown(prompts: &Prompts, id: &str) -> String {
    let hint = match prompts {
        // Comparing with every prompt takes a while, and a wrong prompts file makes every row ask for it.
        Prompts::ById(plans) if plans.len() <= 1000 => closest(id, plans.keys().map(String::as_str)),
        _ => None,
    };
    match hint {
        Some(hint) => format!("{}; the closest is `{hint}`", unknown_prompt(id)),
        None => unknown_prompt(id),
    }
}
