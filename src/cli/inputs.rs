//! Loading what commands are given.

use super::exit::Exit;
use crate::task::{Source, Task, TaskError};
use std::path::Path;

/// Reads a spec and its prompts, every one of them with its constraints bound. `-` is standard input.
pub(super) fn load(spec: &Path, prompts: Option<&Path>) -> Result<Task, Exit> {
    let source = Source::read(spec).map_err(exit)?.with_prompts(prompts);
    Task::load(source).map_err(exit)
}

/// The same for rows that name their prompts by id alone.
pub(super) fn load_with_prompts(spec: &Path, prompts: Option<&Path>) -> Result<Task, Exit> {
    let task = load(spec, prompts)?;
    task.prompts().map_err(exit)?;
    Ok(task)
}

/// How a command ends when a task cannot be loaded.
pub(super) fn exit(error: TaskError) -> Exit {
    match error {
        TaskError::Read(path, error) => Exit::file(&path)(error),
        TaskError::Spec(error) => Exit::from(*error),
        other => Exit::input(other),
    }
}
