//! The prompts of a task, each with its plan.

use crate::{
    data::{BadRow, Reading, Rows, listed, missing_column, row_id},
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
    /// Too many rows are wrong, or all.
    Rows {
        /// The file.
        path: PathBuf,
        /// The rows that are wrong.
        bad: Vec<BadRow>,
        /// How many rows there are.
        of: u64,
    },
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
            Self::Rows { path, bad, of } => {
                match bad.len() as u64 {
                    all if all == *of => write!(f, "no prompt in {} can be used:", path.display())?,
                    some => write!(f, "{some} of the {of} prompts in {} cannot be used:", path.display())?,
                }
                listed(bad).iter().try_for_each(|row| write!(f, "\n  {row}"))
            }
        }
    }
}

impl std::error::Error for PromptsError {}

/// What was read from a prompts file.
pub struct Loaded {
    /// The prompts.
    pub prompts: Prompts,
    /// Rows that cannot be used. The completions of their prompts are unscored.
    pub left_out: Vec<BadRow>,
    /// How many rows there are.
    pub of: u64,
}

impl Prompts {
    /// Reads the prompts file and binds the constraints of every prompt, so that whatever is wrong with them is known
    /// before any completion is judged. Without a file, a spec that needs none gets one plan for all.
    ///
    /// # Errors
    /// [`PromptsError`], with every row that cannot be used where they are more than the share `most`.
    pub fn load(verifier: &Verifier, path: Option<&Path>, most: f64, max_row: usize) -> Result<Loaded, PromptsError> {
        let Some(path) = path else {
            if verifier.task().needs_prompts() {
                return Err(PromptsError::Needed);
            }
            let plan = verifier.plan(&Row::new()).map_err(|error| PromptsError::Plan(error.to_string()))?;
            return Ok(Loaded { prompts: Self::Shared(Arc::new(plan)), left_out: Vec::new(), of: 0 });
        };
        let io = |error| PromptsError::Io(path.to_owned(), error);
        let mut plans = HashMap::new();
        let (mut bad, mut of) = (Vec::new(), 0);
        let reading = Reading::only(verifier.task().columns_used(), max_row);
        for row in Rows::open(path, reading).map_err(io)? {
            let row = row.map_err(io)?;
            let line = row.line;
            of += 1;
            let bound = row.parse().and_then(|row| bind(verifier, &row).map_err(|message| BadRow { line, message }));
            let (id, mut plan) = match bound {
                Ok(bound) => bound,
                Err(row) => {
                    bad.push(row);
                    continue;
                }
            };
            if plans.contains_key(&id) {
                // Which of them is meant, nobody can tell.
                plan = Err(format!("the id `{id}` was there before"));
            }
            let plan = plan.unwrap_or_else(|message| {
                let plan = verifier.left_out(format!("line {line} of the prompts: {message}"));
                bad.push(BadRow { line, message });
                plan
            });
            plans.insert(id, Arc::new(plan));
        }
        if of == 0 {
            return Err(PromptsError::Empty(path.to_owned()));
        }
        if bad.len() as f64 > most * of as f64 || plans.is_empty() {
            return Err(PromptsError::Rows { path: path.to_owned(), bad, of });
        }
        Ok(Loaded { prompts: Self::ById(plans), left_out: bad, of })
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

/// The id of a row, and its plan or why there is none.
type Named = (String, Result<Plan, String>);

fn bind(verifier: &Verifier, row: &Row) -> Result<Named, String> {
    let columns = &verifier.task().columns;
    let id = row_id(row, &columns.id)?;
    let plan = match row.contains_key(&columns.prompt) {
        true => verifier.plan(row).map_err(|error| error.to_string()),
        false => Err(missing_column(row, &columns.prompt)),
    };
    Ok((id, plan))
}
