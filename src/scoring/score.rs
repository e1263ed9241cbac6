//! One row of rollouts → outcomes and rewards.

use super::Prompts;
use crate::{
    data::{BadRow, KnownVerdicts, RawRow, RolloutRow},
    spec::closest,
    verdict::Outcome,
    verify::Verifier,
};
use rayon::prelude::*;

/// Judges rows of rollouts, or reads the verdicts that are already in them.
pub enum Scorer<'a> {
    /// Runs the constraints.
    Judge {
        /// The task.
        verifier: &'a Verifier,
        /// Its prompts.
        prompts: &'a Prompts,
    },
    /// Takes the verdicts from a column.
    Known(KnownVerdicts),
}

/// The outcomes of a row.
#[derive(Debug)]
pub struct ScoredRow {
    /// Its line in the file.
    pub line: u64,
    /// The prompt's id.
    pub id: String,
    /// Whether the row holds all completions of a list, numbered from 0, or one, numbered by its turn.
    pub plural: bool,
    /// One outcome per completion.
    pub outcomes: Vec<Outcome>,
}

impl Scorer<'_> {
    /// Judges a row.
    ///
    /// # Errors
    /// What is wrong with the row, and where.
    pub fn score(&self, row: RawRow) -> Result<ScoredRow, BadRow> {
        let line = row.line;
        let known = matches!(self, Self::Known(_));
        let bad = |message| BadRow { line, message };
        let row = RolloutRow::from_row(row.parse()?, known).map_err(bad)?;
        let outcomes = match self {
            Self::Known(known) => known.outcomes(&row).map_err(bad)?,
            Self::Judge { verifier, prompts } => {
                let plan = prompts.plan(&row.id).ok_or_else(|| bad(unknown(prompts, &row.id)))?;
                row.completions.par_iter().map(|completion| verifier.judge(plan, completion)).collect()
            }
        };
        Ok(ScoredRow { line, id: row.id, plural: row.plural, outcomes })
    }
}

fn unknown(prompts: &Prompts, id: &str) -> String {
    let hint = match prompts {
        Prompts::ById(plans) => closest(id, plans.keys().map(String::as_str)),
        Prompts::Shared(_) => None,
    };
    match hint {
        Some(hint) => format!("there is no prompt with the id `{id}`; the closest is `{hint}`"),
        None => format!("there is no prompt with the id `{id}`"),
    }
}
