//! The prompts of a task, each with its plan.

use crate::{
    data::{BadRow, Rows, missing_column, row_id},
    verify::{Plan, Row, Verifier},
};
use std::{
    collections::HashMap,
    fmt, io,
    path::{Path, PathBuf},
    sync::Arc,
};

/// How to judge the completions of every prompt.
pub enum Prompts {
    /// Each prompt has its own plan.
    ById(HashMap<String, Arc<Plan>>),
    /// No prompts were given and none are needed: one plan for all.
    Shared(Arc<Plan>),
}

/// Why the prompts cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum PromptsError {
    /// The spec needs a prompts file and there is none.
    Needed,
    /// The file cannot be read.
    Io(PathBuf, io::Error),
    /// Rows are wrong; all of them are listed.
    Rows(PathBuf, Vec<BadRow>),
    /// The file has no rows.
    Empty(PathBuf),
    /// The constraints cannot be bound without prompts.
    Plan(String),
}

impl fmt::Display for PromptsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Needed => f.write_str(
                "this spec takes values from the prompts, and none are given: add `--prompts FILE`, or \
                 `prompts: {file: …}` to the spec",
            ),
            Self::Io(path, error) => write!(f, "the prompts {} cannot be read: {error}", path.display()),
            Self::Empty(path) => write!(f, "the prompts {} are empty", path.display()),
            Self::Plan(why) => f.write_str(why),
            Self::Rows(path, bad) => {
                write!(f, "{} of the prompts in {} cannot be used:", bad.len(), path.display())?;
                bad.iter().take(10).try_for_each(|row| write!(f, "\n  {row}"))?;
                if bad.len() > 10 { write!(f, "\n  … and {} more", bad.len() - 10) } else { Ok(()) }
            }
        }
    }
}

impl std::error::Error for PromptsError {}

impl Prompts {
    /// Reads the prompts file and binds the constraints of every prompt, so that whatever is wrong with them is known
    /// before any completion is judged. Without a file, a spec that needs none gets one plan for all.
    ///
    /// # Errors
    /// [`PromptsError`] listing every row that cannot be used.
    pub fn load(verifier: &Verifier, path: Option<&Path>) -> Result<Self, PromptsError> {
        let Some(path) = path else {
            if verifier.task().needs_prompts() {
                return Err(PromptsError::Needed);
            }
            let plan = verifier.plan(&Row::new()).map_err(|error| PromptsError::Plan(error.to_string()))?;
            return Ok(Self::Shared(Arc::new(plan)));
        };
        let io = |error| PromptsError::Io(path.to_owned(), error);
        let mut plans = HashMap::new();
        let mut bad = Vec::new();
        for row in Rows::open(path).map_err(io)? {
            let row = row.map_err(io)?;
            let line = row.line;
            let bound = row.parse().and_then(|row| bind(verifier, &row).map_err(|message| BadRow { line, message }));
            match bound {
                Ok((id, plan)) => {
                    if plans.insert(id.clone(), Arc::new(plan)).is_some() {
                        bad.push(BadRow { line, message: format!("the id `{id}` was there before") });
                    }
                }
                Err(row) => bad.push(row),
            }
        }
        if !bad.is_empty() {
            return Err(PromptsError::Rows(path.to_owned(), bad));
        }
        if plans.is_empty() {
            return Err(PromptsError::Empty(path.to_owned()));
        }
        Ok(Self::ById(plans))
    }

    /// The plan of a prompt.
    #[must_use]
    pub fn plan(&self, id: &str) -> Option<&Arc<Plan>> {
        match self {
            Self::ById(plans) => plans.get(id),
            Self::Shared(plan) => Some(plan),
        }
    }
}

fn bind(verifier: &Verifier, row: &Row) -> Result<(String, Plan), String> {
    let columns = &verifier.task().columns;
    let id = row_id(row, &columns.id)?;
    if !row.contains_key(&columns.prompt) {
        return Err(missing_column(row, &columns.prompt));
    }
    let plan = verifier.plan(row).map_err(|error| error.to_string())?;
    Ok((id, plan))
}
