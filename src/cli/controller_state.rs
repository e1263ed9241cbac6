//! The state of the scheme `adaptive` in a file: a trainer's checkpoint.

use super::{Exit, inputs::exit};
use crate::task::{Task, TaskError};
use std::{fs, io::Write, path::Path};

/// Goes on from a state file, where there is one already.
pub(super) fn restore(path: &Path, task: &Task) -> Result<(), Exit> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Exit::file(path)(error)),
    };
    task.restore(&text).map_err(|error| match error {
        TaskError::State(why) => Exit::Input(format!("{}: {why}", path.display())),
        other => exit(other),
    })
}

/// Writes a controller's state in one step.
pub(super) fn write(path: &Path, state: &str) -> Result<(), Exit> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = tempfile::NamedTempFile::new_in(folder).and_then(|mut file| {
        writeln!(file, "{state}")?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(std::io::Error::from)
    });
    written.map(|_| ()).map_err(Exit::file(path))
}
