//! What is wrong with a value from outside, as a sentence.

use std::{error::Error, fmt};

/// A value from outside that cannot be used: a sentence that names what was found and what is wanted instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit(String);

impl Error for Unfit {}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Unfit {
    fn from(sentence: String) -> Self {
        Self(sentence)
    }
}

impl From<&str> for Unfit {
    fn from(sentence: &str) -> Self {
        Self(sentence.to_owned())
    }
}

impl From<Unfit> for String {
    fn from(unfit: Unfit) -> Self {
        unfit.0
    }
}
