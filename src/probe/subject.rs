//! What is probed: prompts, or what a spec's own cases say of them.

use crate::{
    data::{BadRow, RawRow, Reading, Rows, listed, row_id},
    spec::{Case, TaskSpec},
    task::Task,
    verify::{Plan, Row, Surface, Verifier},
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::{
    fmt, io,
    path::{Path, PathBuf},
};

/// The prompts that are probed.
pub struct Subjects {
    pub(super) subjects: Vec<Subject>,
    /// How many prompts there are.
    pub(super) of: u64,
    /// Whether they come from a file of prompts; else from the spec's own cases, or there is one for all.
    pub(super) from_file: bool,
    /// Rows that were drawn and cannot be used.
    pub(super) left_out: Vec<BadRow>,
}

/// One prompt.
pub(super) struct Subject {
    /// Its id, where it has one.
    pub(super) id: Option<String>,
    /// Its columns that are used.
    pub(super) row: Row,
    /// Its place in the file of prompts, where it is from one.
    pub(super) line: Option<u64>,
    pub(super) plan: Plan,
    /// Its constraints that are quick to ask.
    pub(super) quick: Plan,
    pub(super) surfaces: Vec<Surface>,
    /// Answers to it that the spec says are right.
    pub(super) accepted: Vec<String>,
}

/// Why there is nothing to probe.
#[derive(Debug)]
#[non_exhaustive]
pub enum SubjectsError {
    /// The spec takes values from prompts, and there are none.
    NoPrompts,
    /// The file cannot be read.
    Io(io::Error),
    /// Too many of its rows cannot be used, of those that were drawn.
    Rows(Vec<BadRow>),
    /// The file has no rows.
    Empty,
    /// What is wrong with a file of prompts.
    InFile(PathBuf, Box<Self>),
    /// The constraints cannot be bound.
    Plan(String),
}

impl fmt::Display for SubjectsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPrompts => f.write_str(
                "this spec takes values from the prompts, and none are given: add `--prompts FILE`, or give an accept case \
                 of the spec its `row`",
            ),
            Self::Io(error) => error.fmt(f),
            Self::Rows(rows) => f.write_str(&listed(rows).join("\n  ")),
            Self::Empty => f.write_str("there are no prompts in it"),
            Self::InFile(path, error) => write!(f, "the prompts {}: {error}", path.display()),
            Self::Plan(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for SubjectsError {}

impl Subjects {
    /// A seeded sample of a task's prompts, all of them when there are no more than `most`; without a file of prompts, the rows of the
    /// spec's own cases.
    ///
    /// # Errors
    /// [`SubjectsError`].
    pub fn of(task: &Task, most: usize, seed: u64) -> Result<Self, SubjectsError> {
        Self::with_references(task, most, seed, None)
    }

    /// The same, with a column of the prompts that holds an answer that is right.
    ///
    /// # Errors
    /// [`SubjectsError`].
    pub fn with_references(task: &Task, most: usize, seed: u64, column: Option<&str>) -> Result<Self, SubjectsError> {
        match task.prompts_path() {
            Some(path) => Self::from_file(task, &path, most, seed, column)
                .map_err(|error| SubjectsError::InFile(path, Box::new(error))),
            None => Self::from_cases(task.verifier(), column),
        }
    }

    /// Rows that were drawn, and cannot be used.
    #[must_use]
    pub fn left_out(&self) -> &[BadRow] {
        &self.left_out
    }

    fn from_file(
        task: &Task,
        path: &Path,
        most: usize,
        seed: u64,
        column: Option<&str>,
    ) -> Result<Self, SubjectsError> {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut kept: Vec<(u64, RawRow)> = Vec::new();
        let mut of = 0;
        let columns = task.spec().columns_used().into_iter().chain(column);
        let reading = Reading::only(columns, task.source().max_row);
        for raw in Rows::open(path, reading).map_err(SubjectsError::Io)? {
            let raw = raw.map_err(SubjectsError::Io)?;
            // Reservoir sampling (Vitter 1985, algorithm R): every prompt is as likely to be kept.
            let place = if kept.len() < most { kept.len() as u64 } else { rng.random_range(0..=of) };
            of += 1;
            if place < most as u64 {
                kept.retain(|(kept, _)| *kept != place);
                kept.push((place, raw));
            }
        }
        if kept.is_empty() {
            return Err(SubjectsError::Empty);
        }
        kept.sort_by_key(|(_, raw)| raw.line);
        let drawn = kept.len() as f64;
        let (mut subjects, mut left_out) = (Vec::new(), Vec::new());
        for (_, raw) in kept {
            let line = raw.line;
            let bound = raw
                .parse()
                .and_then(|row| subject(task.verifier(), row, column).map_err(|message| BadRow { line, message }));
            match bound {
                Ok(subject) => subjects.push(Subject { line: Some(line), ..subject }),
                Err(row) => left_out.push(row),
            }
        }
        if subjects.is_empty() || left_out.len() as f64 > task.source().max_unscored * drawn {
            return Err(SubjectsError::Rows(left_out));
        }
        Ok(Self { subjects, of, from_file: true, left_out })
    }

    /// The rows of the spec's own cases; one without columns where it needs none.
    fn from_cases(verifier: &Verifier, column: Option<&str>) -> Result<Self, SubjectsError> {
        let task = verifier.task();
        let mut rows: Vec<Row> = Vec::new();
        for case in task.accept.iter().chain(&task.reject) {
            if !rows.contains(&case.row) && (!task.needs_prompts() || !case.row.is_empty()) {
                rows.push(case.row.clone());
            }
        }
        if rows.is_empty() && task.needs_prompts() {
            return Err(SubjectsError::NoPrompts);
        }
        if rows.is_empty() {
            rows.push(Row::new());
        }
        let subjects: Vec<Subject> = rows
            .into_iter()
            .map(|row| subject(verifier, row, column).map_err(SubjectsError::Plan))
            .collect::<Result<_, _>>()?;
        Ok(Self { of: subjects.len() as u64, subjects, from_file: false, left_out: Vec::new() })
    }
}

fn subject(verifier: &Verifier, row: Row, column: Option<&str>) -> Result<Subject, String> {
    let task = verifier.task();
    let plan = || verifier.plan(&row).map_err(|error| error.to_string());
    let (plan, quick) = (plan()?, plan()?.quick());
    let surfaces = verifier.surfaces(&row, &plan).map_err(|error| error.to_string())?;
    let text = |case: &Case| case.completion.as_str().map(str::to_owned);
    // A row of a file has other columns too, which nobody reads.
    let used = task.columns_used();
    let same = |case: &&Case| {
        used.iter().all(|column| case.row.get(*column).unwrap_or_default() == row.get(*column).unwrap_or_default())
    };
    let mut accepted: Vec<String> = task.accept.iter().filter(same).filter_map(text).collect();
    let reference = column.and_then(|column| row.get(column)?.as_str());
    let solutions = surfaces.iter().filter_map(|surface| surface.params.get("reference")?.as_str());
    for code in reference.into_iter().chain(solutions) {
        for answer in answers(task, code) {
            if !accepted.contains(&answer) {
                accepted.push(answer);
            }
        }
    }
    Ok(Subject { id: row_id(&row, &task.columns.id).ok(), row, line: None, plan, quick, surfaces, accepted })
}

/// The subject of a row.
///
/// # Errors
/// Why its constraints cannot be bound.
pub(super) fn subject_of(verifier: &Verifier, row: Row) -> Result<Subject, String> {
    subject(verifier, row, None)
}

/// A reference as an answer: as it is, or in the code block that the spec takes code from. What the constraints refuse is not used.
fn answers(task: &TaskSpec, reference: &str) -> Vec<String> {
    let fenced = task.extract.code.as_ref().map(|language| format!("```{language}\n{}\n```\n", reference.trim_end()));
    [Some(reference.to_owned()), fenced].into_iter().flatten().collect()
}
