//! What a task is loaded from, kept so that another process can load the same.

use super::TaskError;
use serde::{Deserialize, Serialize};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What a task is loaded from: the bytes of the spec, and the files that lie beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
}

impl Source {
    /// Reads a spec from a file; what it names lies in the file's folder.
    ///
    /// # Errors
    /// [`TaskError::Read`].
    pub fn read(path: &Path) -> Result<Self, TaskError> {
        let read = |error| TaskError::Read(path.to_owned(), error);
        let yaml = fs::read(path).map_err(read)?;
        // A process that loads this again may have gone to another folder.
        let whole = std::path::absolute(path).map_err(read)?;
        let folder = whole.parent().unwrap_or(Path::new("/")).to_owned();
        Ok(Self { name: path.display().to_string(), yaml, folder, prompts: None })
    }

    /// A spec given as text; what it names lies in the current folder.
    ///
    /// # Errors
    /// [`TaskError::Read`] when there is no current folder.
    pub fn from_yaml(text: &str) -> Result<Self, TaskError> {
        let folder = std::env::current_dir().map_err(|error| TaskError::Read(".".into(), error))?;
        Ok(Self { name: "spec".into(), yaml: text.as_bytes().to_vec(), folder, prompts: None })
    }

    /// With these prompts in place of those the spec names.
    ///
    /// # Errors
    /// [`TaskError::Read`] when there is no current folder.
    pub fn with_prompts(mut self, path: Option<&Path>) -> Result<Self, TaskError> {
        let whole = |path: &Path| std::path::absolute(path).map_err(|error| TaskError::Read(path.to_owned(), error));
        self.prompts = path.map(whole).transpose()?;
        Ok(self)
    }
}
