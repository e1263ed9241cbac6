//! Loading what commands are given.

use super::{exit::Exit, terminal};
use crate::{
    data::{BadRow, Files, listed},
    report::{LeftOut, left_out_text, set_aside_text, thinking_text},
    scoring::Intake,
    task::{PromptsError, Source, Task, TaskError},
};
use bytesize::ByteSize;
use std::path::Path;

/// How much may be missing, and how large a row may be.
#[derive(clap::Args, Clone, Copy)]
pub(super) struct Unscored {
    /// Stop when more than this share of the verdicts is unscored, or of the rows or prompts cannot be used
    #[arg(long, value_name = "SHARE", default_value_t = Source::MAX_UNSCORED, value_parser = share, allow_negative_numbers = true)]
    pub(super) max_unscored: f64,
    /// Most memory that a row of rollouts or prompts may take, as text and again as values
    #[arg(long, value_name = "SIZE", default_value = "128MiB", value_parser = size)]
    pub(super) max_row: usize,
}

impl Unscored {
    /// A source within these limits.
    pub(super) fn apply(self, source: Source) -> Source {
        source.with_max_unscored(self.max_unscored).with_max_row(self.max_row)
    }
}

pub(super) fn size(text: &str) -> Result<usize, String> {
    let size: ByteSize = text.parse().map_err(|_| "a size is a number with a unit, such as 16MiB".to_owned())?;
    usize::try_from(size.as_u64()).map_err(|error| error.to_string())
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "a share is a number from 0 to 1".into())
}

/// Reads a spec and its prompts, every one of them with its constraints bound, and names those that cannot be used. `-` is standard input.
pub(super) fn load(spec: &Path, prompts: Option<&Path>, unscored: Unscored) -> Result<Task, Exit> {
    let source = unscored.apply(Source::read(spec).map_err(exit)?.with_prompts(prompts));
    let task = Task::load(source).map_err(exit)?;
    if let Some(path) = task.prompts_path().filter(|_| !task.left_out().is_empty()) {
        listed(task.left_out()).iter().for_each(|row| terminal::tell(format_args!("{}, {row}", path.display())));
        terminal::tell(left_out_text(task.left_out().len() as u64, task.prompt_count()));
    }
    Ok(task)
}

/// What of a file of rollouts is not in the figures of a command.
pub(super) struct Aside<'a> {
    pub(super) intake: &'a Intake,
    /// Whether nothing is left.
    pub(super) all: bool,
    /// Which share of the rows may be of no use.
    pub(super) most: f64,
}

impl Aside<'_> {
    /// Says it, and how marks of thinking fit the spec; an error where there is nothing left to do `what` on.
    pub(super) fn tell(&self, rollouts: &Files, what: &str) -> Result<(), Exit> {
        let Self { intake, all, most } = *self;
        rollouts.listed(intake.bad_rows()).iter().for_each(terminal::tell);
        let more = thinking_text(&intake.thinking()).into_iter().chain(set_aside_text(intake.left_out()));
        more.for_each(terminal::tell);
        if !all {
            let (rows, bad) = (intake.rows(), intake.bad_rows().len() as f64);
            // What is left may be of another kind than what is gone: failures only, say.
            return if bad <= most * rows as f64 {
                Ok(())
            } else {
                Err(Exit::Input(format!(
                    "stopped: {bad} of {rows} rows of the rollouts cannot be used, more than --max-unscored {most}"
                )))
            };
        }
        let why = if intake.bad_rows().is_empty() && intake.left_out() == 0 {
            "is empty"
        } else {
            "has no row that can be used"
        };
        Err(Exit::Input(format!("{rollouts} {why}: there is nothing to {what}")))
    }
}

/// The same for programs: rows and prompts, each message once.
pub(super) fn left_out<'a>(bad: &[BadRow], completions: u64, tasks: impl Iterator<Item = &'a Task>) -> LeftOut {
    let prompts: Vec<BadRow> = tasks.flat_map(|task| task.left_out().to_vec()).collect();
    LeftOut { completions, ..LeftOut::of(bad, &prompts) }
}

/// The same for rows that name their prompts by id alone.
pub(super) fn load_with_prompts(spec: &Path, prompts: Option<&Path>, unscored: Unscored) -> Result<Task, Exit> {
    let task = load(spec, prompts, unscored)?;
    task.prompts().map_err(exit)?;
    Ok(task)
}

/// How a command ends when a task cannot be loaded.
pub(super) fn exit(error: TaskError) -> Exit {
    match error {
        TaskError::Read(path, error) => Exit::file(&path)(error),
        TaskError::Spec(error) => Exit::from(*error),
        TaskError::Prompts(error @ PromptsError::Rows { .. }) => {
            let some = matches!(&error, PromptsError::Rows { bad, of, .. } if (bad.len() as u64) < *of);
            let remedy =
                if some { "\n  (to go on without them, allow a larger share: `--max-unscored SHARE`)" } else { "" };
            Exit::Input(format!("{error}{remedy}"))
        }
        other => Exit::input(other),
    }
}
