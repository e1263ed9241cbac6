//! How a command ends when not well.

use super::{interrupt::STATUS, terminal};
use crate::{data::Files, spec::SpecError};
use std::{fmt::Display, io, io::IsTerminal, path::Path};

/// Why a command ends with a status other than 0.
pub(super) enum Exit {
    /// It ran, and found what it was asked to look for. Status 1.
    Findings(String),
    /// It was given something it cannot work with. Status 2.
    Input(String),
    /// A spec with mistakes; the text brings its own headings. Status 2.
    Spec(String),
    /// The user ended it. Status 130.
    Interrupted(String),
    /// The reader of our output went away, as `| head` does: nobody is left to tell. Status 0.
    Closed,
}

impl Exit {
    pub(super) fn input(error: impl Display) -> Self {
        Self::Input(error.to_string())
    }

    /// An error about a file.
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Input(format!("{}: {error}", path.display()))
    }

    /// The same for rollouts.
    pub(super) fn rollouts(files: &Files) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Input(format!("{files}: {error}"))
    }

    /// Tells the user and gives the exit status.
    pub(super) fn report(self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Interrupted(message) => {
                terminal::tell(message);
                STATUS
            }
            Self::Findings(message) => {
                terminal::tell(format_args!("error: {message}"));
                1
            }
            Self::Input(message) => {
                terminal::tell(format_args!("error: {message}"));
                2
            }
            Self::Spec(message) => {
                terminal::tell_rendered(&message);
                2
            }
        }
    }
}

impl From<SpecError> for Exit {
    fn from(error: SpecError) -> Self {
        Self::Spec(error.render(io::stderr().is_terminal()))
    }
}

/// Writing to standard output, where a closed pipe is no error.
impl From<io::Error> for Exit {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Input(error.to_string()),
        }
    }
}
