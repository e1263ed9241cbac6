//! How a pattern is read.

/// How a pattern is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flags {
    /// `re.IGNORECASE`.
    pub ignore_case: bool,
    /// `re.MULTILINE`.
    pub multiline: bool,
}
