//! Files that a spec names, and specs themselves: ordinary ones. A pipe may never end, and neither does a device.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

/// The most bytes of a spec, or of a module of checkers.
const MOST: u64 = 64 << 20;

/// Opens an ordinary file.
///
/// # Errors
/// When it is none, or cannot be opened.
pub fn open_regular(path: &Path) -> io::Result<File> {
    // Asked before it is opened: opening a pipe waits for whoever writes to it.
    regular(&path.metadata()?)?;
    let file = File::open(path)?;
    regular(&file.metadata()?)?;
    Ok(file)
}

/// Reads an ordinary file of at most 64 MiB.
///
/// # Errors
/// When it is none, is larger, or cannot be read.
pub fn read_regular(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_regular(path)?.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 64 MiB"));
    }
    Ok(bytes)
}

fn regular(file: &std::fs::Metadata) -> io::Result<()> {
    if file.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder: name a file in it"));
    }
    if file.is_file() {
        return Ok(());
    }
    let message = "it is a pipe or a device, and an ordinary file is needed: write what it holds into one";
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}
