//! Loading what commands are given: specs with their checkers, and prompts.

use super::exit::Exit;
use crate::{
    scoring::Prompts,
    spec::Document,
    verify::{Library, LibraryError, Verifier},
};
use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// A spec, validated, with the bytes it was read from.
pub(super) struct LoadedSpec {
    pub(super) document: Document,
    pub(super) bytes: Vec<u8>,
    pub(super) verifier: Verifier,
    folder: PathBuf,
}

impl LoadedSpec {
    /// Reads and validates a spec; `-` is standard input.
    pub(super) fn load(path: &Path) -> Result<Self, Exit> {
        let (bytes, folder) = read(path)?;
        let document = Document::parse(&path.display().to_string(), &bytes)?;
        let library = Library::for_document(&document, &folder).map_err(|error| match error {
            LibraryError::Spec(error) => Exit::from(*error),
            other => Exit::input(other),
        })?;
        let verifier = Verifier::new(&document, library)?;
        Ok(Self { document, bytes, verifier, folder })
    }

    /// The prompts file: the one given on the command line, else the one the spec names.
    pub(super) fn prompts_path(&self, given: Option<&Path>) -> Option<PathBuf> {
        let named = || self.verifier.task().prompts_file.as_ref().map(|file| self.folder.join(&file.path));
        given.map(Path::to_owned).or_else(named)
    }

    /// The prompts, every one of them with its constraints bound.
    pub(super) fn prompts(&self, path: Option<&Path>) -> Result<Prompts, Exit> {
        Prompts::load(&self.verifier, path).map_err(Exit::input)
    }
}

/// A file's bytes and its folder; `-` is standard input.
pub(super) fn read(path: &Path) -> Result<(Vec<u8>, PathBuf), Exit> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map_err(Exit::file(path))?;
        return Ok((bytes, PathBuf::from(".")));
    }
    let bytes = fs::read(path).map_err(Exit::file(path))?;
    Ok((bytes, path.parent().unwrap_or(Path::new("")).to_owned()))
}
