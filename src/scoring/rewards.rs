//! Rows with columns of rewards → what a log paid each prompt's completions.

use super::{intake::Intake, places::Places};
use crate::{
    advise::{RewardGroup, RewardLog},
    data::{BadRow, Keys, RawRow, Reading, RolloutRow, TOKENS},
    task::lengths_of_row,
};
use std::fmt;

/// Which columns hold rewards.
#[derive(Clone, Debug)]
pub struct RewardColumns {
    /// Column with the prompt's id.
    pub id: String,
    /// Columns that tell steps of training apart, as in [`Keys`].
    pub steps: &'static [&'static str],
    /// The columns, each with its weight in the sum.
    pub columns: Vec<(String, f64)>,
}

impl fmt::Display for RewardColumns {
    /// The sum as it is written: `accuracy+format=0.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (name, weight)) in self.columns.iter().enumerate() {
            let plus = if place == 0 { "" } else { "+" };
            match *weight == 1.0 {
                true => write!(f, "{plus}{name}")?,
                false => write!(f, "{plus}{name}={weight}")?,
            }
        }
        Ok(())
    }
}

/// The rewards of a row.
#[derive(Clone, Debug)]
pub struct RewardRow {
    id: String,
    step: Option<String>,
    rewards: Vec<Vec<Option<f64>>>,
    lengths: Vec<Option<f64>>,
}

impl RewardColumns {
    /// What of a row matters, and the most bytes that one may take.
    #[must_use]
    pub fn reading(&self, max_row: usize) -> Reading {
        let known = RolloutRow::COLUMNS.into_iter().chain([TOKENS, self.id.as_str()]).chain(self.steps.iter().copied());
        Reading::only(known, max_row).and(self.names())
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// Reads a row.
    ///
    /// # Errors
    /// What is wrong with the row, and where.
    pub fn read(&self, row: RawRow) -> Result<RewardRow, BadRow> {
        let line = row.line;
        self.of_columns(row.parse()?).map_err(|why| BadRow { line, message: why.into() })
    }

    /// The same of columns that are read already.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn of_columns(
        &self,
        columns: serde_json::Map<String, serde_json::Value>,
    ) -> Result<RewardRow, crate::source::Unfit> {
        let names: Vec<&str> = self.names().collect();
        self.of_row(&RolloutRow::from_row(columns, Keys { id: &self.id, steps: self.steps }, Some(&names))?)
    }

    /// The same of a row that is read already.
    ///
    /// # Errors
    /// What is wrong with its rewards.
    pub fn of_row(&self, row: &RolloutRow) -> Result<RewardRow, crate::source::Unfit> {
        let names: Vec<&str> = self.names().collect();
        let of = names.iter().map(|name| row.logged_rewards(name)).collect::<Result<Vec<_>, _>>()?;
        let count = of.first().map_or(0, Vec::len);
        if let Some(other) = of.iter().position(|values| values.len() != count) {
            let (first, other, entries) = (names[0], names[other], of[other].len());
            return Err(format!("`{first}` has {count} entries and `{other}` has {entries}").into());
        }
        let rewards = (0..count).map(|at| of.iter().map(|values| values[at]).collect()).collect();
        Ok(RewardRow { rewards, lengths: lengths(row, count), id: row.id.clone(), step: row.step.clone() })
    }
}

impl RewardRow {
    /// Of each completion, what each column holds.
    #[must_use]
    pub fn rewards(&self) -> &[Vec<Option<f64>>] {
        &self.rewards
    }

    /// How long each completion is, where the row says it.
    #[must_use]
    pub fn lengths(&self) -> &[Option<f64>] {
        &self.lengths
    }

    /// The prompt's id, and the step of training where steps are told apart.
    #[must_use]
    pub fn group(&self) -> (String, Option<String>) {
        (self.id.clone(), self.step.clone())
    }

    /// What each completion is paid.
    #[must_use]
    pub fn paid(&self, columns: &RewardColumns) -> Vec<Option<f64>> {
        let weights = columns.columns.iter().map(|(_, weight)| *weight).collect::<Vec<_>>();
        self.rewards.iter().map(|values| RewardLog::sum(values, &weights)).collect()
    }
}

/// How long the completions of a row are, where it says so: what is attributed to length, and not paid by it.
fn lengths(row: &RolloutRow, count: usize) -> Vec<Option<f64>> {
    let known = lengths_of_row(row, None).ok().filter(|lengths| lengths.len() == count);
    known.map_or_else(|| vec![None; count], |known| known.iter().map(|length| Some(length.count as f64)).collect())
}

/// Gathers rows into a log, prompts in the order they first appear.
#[derive(Debug, Default)]
pub struct RewardGrouping {
    log: RewardLog,
    places: Places,
    intake: Intake,
}

impl RewardGrouping {
    /// For these columns.
    #[must_use]
    pub fn new(columns: &RewardColumns) -> Self {
        let columns = columns.columns.iter().map(|(name, weight)| (name.as_str().into(), *weight)).collect();
        Self { log: RewardLog { columns, groups: Vec::new() }, ..Self::default() }
    }

    /// Adds a row; one that cannot be used is kept as such.
    pub fn add(&mut self, row: Result<RewardRow, BadRow>) {
        let Some(RewardRow { id, step, rewards, lengths }) = self.intake.count(row) else { return };
        let place = self.places.of(id.clone(), step);
        if place == self.log.groups.len() {
            self.log.groups.push(RewardGroup { prompt: id.into(), rewards: Vec::new(), lengths: Vec::new() });
        }
        self.log.groups[place].rewards.extend(rewards);
        self.log.groups[place].lengths.extend(lengths);
    }

    /// What came of the rows.
    #[must_use]
    pub fn intake(&self) -> &Intake {
        &self.intake
    }

    /// How many steps of training they are of; 1 where nobody says.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.places.steps()
    }

    /// The place of a prompt in the log, where it has one.
    pub(crate) fn place(&self, id: &str, step: Option<&str>) -> Option<usize> {
        self.places.known(id, step)
    }

    /// The log until now.
    pub(crate) fn log(&self) -> &RewardLog {
        &self.log
    }

    /// How many completions have no reward at all, and how many there are.
    #[must_use]
    pub fn unknown(&self) -> (usize, usize) {
        let all = || self.log.groups.iter().flat_map(|group| &group.rewards);
        (all().filter(|rewards| rewards.iter().all(Option::is_none)).count(), all().count())
    }

    /// Whether no row could be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.log.groups.is_empty()
    }

    /// The log.
    #[must_use]
    pub fn into_log(self) -> RewardLog {
        self.log
    }
}
