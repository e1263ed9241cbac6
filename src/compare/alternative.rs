//! One of the rewards that are compared.

use crate::{
    data::KnownVerdicts,
    scoring::{RewardColumns, VerdictSource},
    task::Task,
};
use std::{error::Error, fmt};

/// A reward: what a task pays, or what columns hold.
#[derive(Clone)]
pub struct Alternative<'a> {
    /// What it is called.
    pub name: String,
    /// Where its verdicts come from, where it has any.
    pub verdicts: Option<VerdictSource<'a>>,
    /// The columns that it is the sum of; without them the task pays.
    pub columns: Option<RewardColumns>,
}

/// Why rewards cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AlternativeError {
    /// There is no other one.
    Alone,
    /// Two have one name.
    Twice(String),
    /// A column's verdicts are of one spec, and another one judges by something else.
    OtherVerdicts {
        /// The column.
        column: String,
        /// The first spec.
        first: String,
        /// The other one.
        other: String,
        /// What one of them judges by, and the other does not.
        what: String,
    },
}

impl Error for AlternativeError {}

impl fmt::Display for AlternativeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alone => f.write_str("a comparison takes two rewards or more"),
            Self::Twice(name) => write!(f, "`{name}` is given twice: a reward is compared with another one"),
            Self::OtherVerdicts { column, first, other, what } => write!(
                f,
                "the verdicts in `{column}` are of one spec, and {other} judges otherwise than {first} ({what}): leave the verdicts out, so \
                 that each spec judges the completions by itself"
            ),
        }
    }
}

impl<'a> Alternative<'a> {
    /// What a task pays for its own verdicts.
    #[must_use]
    pub fn of_task(name: impl Into<String>, task: &'a Task) -> Self {
        Self { name: name.into(), verdicts: Some(VerdictSource::Judge(task)), columns: None }
    }

    /// What columns hold, called as their sum is written.
    #[must_use]
    pub fn of_columns(columns: RewardColumns) -> Self {
        Self { name: columns.to_string(), verdicts: None, columns: Some(columns) }
    }

    /// The same with verdicts that a column holds: of every task, and of columns where nothing but columns pays.
    #[must_use]
    pub fn known_by(all: Vec<Self>, column: Option<&str>) -> Vec<Self> {
        let Some(column) = column else { return all };
        let of_columns = all.iter().all(|one| one.verdicts.is_none());
        let known = |one: Self| {
            let verdicts = KnownVerdicts { column: column.to_owned() };
            let known = VerdictSource::Known { verdicts, task: one.task() };
            Self { verdicts: (of_columns || one.verdicts.is_some()).then_some(known), ..one }
        };
        all.into_iter().map(known).collect()
    }

    /// The task, where there is one.
    #[must_use]
    pub fn task(&self) -> Option<&'a Task> {
        match &self.verdicts {
            Some(VerdictSource::Judge(task)) => Some(task),
            Some(VerdictSource::Known { task, .. }) => *task,
            None => None,
        }
    }

    /// Whether these can be compared.
    ///
    /// # Errors
    /// [`AlternativeError`].
    pub fn check(all: &[Self]) -> Result<(), AlternativeError> {
        if all.len() < 2 {
            return Err(AlternativeError::Alone);
        }
        for (place, one) in all.iter().enumerate() {
            if all[..place].iter().any(|other| other.name == one.name) {
                return Err(AlternativeError::Twice(one.name.clone()));
            }
        }
        let known = |one: &Self| match &one.verdicts {
            Some(VerdictSource::Known { verdicts, task: Some(task) }) => {
                Some((verdicts.column.clone(), *task, one.name.clone()))
            }
            _ => None,
        };
        let mut known = all.iter().filter_map(known);
        let Some((column, task, first)) = known.next() else { return Ok(()) };
        match known.find_map(|(_, other, name)| Some((task.spec().judges_otherwise(other.spec())?, name))) {
            Some((what, other)) => Err(AlternativeError::OtherVerdicts { column, first, other, what }),
            None => Ok(()),
        }
    }
}
