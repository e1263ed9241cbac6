//! Loading what commands are given.

use super::exit::Exit;
use crate::{
    data::listed,
    report::left_out_text,
    task::{PromptsError, Source, Task, TaskError},
};
use std::path::Path;

/// How much may be missing.
#[derive(clap::Args, Clone, Copy)]
pub(super) struct Unscored {
    /// Stop when more than this share of the verdicts is unscored, or of the prompts cannot be used
    #[arg(long, value_name = "SHARE", default_value_t = Source::MAX_UNSCORED, value_parser = share, allow_negative_numbers = true)]
    pub(super) max_unscored: f64,
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "a share is a number from 0 to 1".into())
}

/// Reads a spec and its prompts, every one of them with its constraints bound, and names those that cannot be used. `-` is standard input.
pub(super) fn load(spec: &Path, prompts: Option<&Path>, unscored: Unscored) -> Result<Task, Exit> {
    let source = Source::read(spec).map_err(exit)?.with_prompts(prompts).with_max_unscored(unscored.max_unscored);
    let task = Task::load(source).map_err(exit)?;
    if let Some(path) = task.prompts_path().filter(|_| !task.left_out().is_empty()) {
        listed(task.left_out()).iter().for_each(|row| anstream::eprintln!("{}, {row}", path.display()));
        anstream::eprintln!("{}", left_out_text(task.left_out().len() as u64, task.prompt_count()));
    }
    Ok(task)
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
