//! What is wrong with the tests or rules that an author gave.

use std::{error::Error, fmt};

/// Tests or rules that cannot be used: a sentence that says what is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable(pub(super) String);

impl Error for Unusable {}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
