//! The state of a controller in a file: a trainer's checkpoint.

use super::Exit;
use crate::{adaptive::Controller, reward::Adaptive};
use std::{fs, io::Write, path::Path};

/// The controller of a state file; `None` when there is none yet.
pub(super) fn read(path: &Path, settings: Adaptive) -> Result<Option<Controller>, Exit> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Exit::file(path)(error)),
    };
    let of_file = |error| Exit::Input(format!("{}: {error}", path.display()));
    Controller::from_json(settings, &text).map(Some).map_err(of_file)
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
