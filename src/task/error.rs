//! Why a task cannot be loaded, or completions cannot be judged by it.

use super::PromptsError;
use crate::{spec::SpecError, verify::LibraryError};
use std::{fmt, io, path::PathBuf};

/// Why a task cannot be loaded, or completions cannot be judged by it.
#[derive(Debug)]
#[non_exhaustive]
pub enum TaskError {
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// The spec has mistakes.
    Spec(Box<SpecError>),
    /// The sandbox does not run here.
    Sandbox(LibraryError),
    /// The spec's reward asks for more than a batch brings; the text says for what.
    Reward(String),
    /// The prompts cannot be used.
    Prompts(PromptsError),
    /// A text is no state of the task's controller.
    State(String),
    /// What comes with the completions is not as many as they are.
    Batch(String),
    /// A sample cannot be judged: its prompt is not known, or its row does not fit the spec.
    Sample {
        /// Its place in the batch, from 0.
        index: usize,
        /// What is wrong.
        message: String,
    },
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Spec(error) => error.fmt(f),
            Self::Sandbox(error) => error.fmt(f),
            Self::Reward(message) | Self::State(message) | Self::Batch(message) => f.write_str(message),
            Self::Prompts(error) => error.fmt(f),
            Self::Sample { index, message } => write!(f, "completion {index}: {message}"),
        }
    }
}

impl std::error::Error for TaskError {}

impl From<SpecError> for TaskError {
    fn from(error: SpecError) -> Self {
        Self::Spec(Box::new(error))
    }
}
