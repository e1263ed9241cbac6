//! What a task is loaded from, kept so that another process can load the same.

use super::TaskError;
use crate::{data::Reading, source::read_regular};
use serde::{Deserialize, Serialize};
use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

/// What a task is loaded from: the bytes of the spec, and the files that lie beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What messages call the spec.
    pub name: String,
    /// The spec.
    pub yaml: Vec<u8>,
    /// Where the files are that the spec names.
    pub folder: PathBuf,
    /// Prompts in place of those the spec names.
    pub prompts: Option<PathBuf>,
    /// The largest share of prompts that may be left out because they cannot be used.
    pub max_unscored: f64,
    /// The most bytes that a row of the prompts may take.
    pub max_row: usize,
}

impl Source {
    /// The share of verdicts, or of prompts, that may be missing before that stops a run, where nobody says another.
    pub const MAX_UNSCORED: f64 = 0.1;

    /// Reads a spec from a file, or from standard input where that is `-`; what it names lies in the file's folder.
    ///
    /// # Errors
    /// [`TaskError::Read`].
    pub fn read(path: &Path) -> Result<Self, TaskError> {
        let (yaml, folder) = if path == Path::new("-") {
            let mut yaml = Vec::new();
            (io::stdin().read_to_end(&mut yaml).map(|_| yaml), PathBuf::from("."))
        } else {
            (read_regular(path), path.parent().unwrap_or(Path::new("")).to_owned())
        };
        let yaml = yaml.map_err(|error| TaskError::Read(path.to_owned(), error))?;
        Ok(Self::new(path.display().to_string(), yaml, folder))
    }

    /// A spec given as text; what it names lies in the current folder.
    #[must_use]
    pub fn from_yaml(text: &str) -> Self {
        Self::new("spec".into(), text.as_bytes().to_vec(), ".".into())
    }

    fn new(name: String, yaml: Vec<u8>, folder: PathBuf) -> Self {
        Self { name, yaml, folder, prompts: None, max_unscored: Self::MAX_UNSCORED, max_row: Reading::MAX_ROW }
    }

    /// The same, going on when up to this share of the prompts cannot be used.
    #[must_use]
    pub fn with_max_unscored(self, share: f64) -> Self {
        Self { max_unscored: share, ..self }
    }

    /// The same, where a row of the prompts may take up to this many bytes.
    #[must_use]
    pub fn with_max_row(self, bytes: usize) -> Self {
        Self { max_row: bytes, ..self }
    }

    /// With these prompts in place of those the spec names.
    #[must_use]
    pub fn with_prompts(mut self, path: Option<&Path>) -> Self {
        self.prompts = path.map(Path::to_owned);
        self
    }

    /// With absolute paths, so that a process which has gone to another folder can load the same again.
    ///
    /// # Errors
    /// [`TaskError::Read`] when there is no current folder.
    pub fn absolute(mut self) -> Result<Self, TaskError> {
        let whole = |path: &Path| std::path::absolute(path).map_err(|error| TaskError::Read(path.to_owned(), error));
        let folder = if self.folder == Path::new("") { Path::new(".") } else { &self.folder };
        self.folder = whole(folder)?;
        self.prompts = self.prompts.as_deref().map(whole).transpose()?;
        Ok(self)
    }
}
