//! Files that a command writes beside standard output.

use std::{
    fs::{self, Permissions},
    io::Write,
    path::Path,
};

/// Writes a file: whole, or not at all. A pipe or a device is written to, and not replaced.
pub(super) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    match path.metadata() {
        Ok(found) if !found.is_file() => fs::write(path, text),
        _ => replace(path, text),
    }
}

fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    let permissions: Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(permissions);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path)?;
    Ok(())
}
