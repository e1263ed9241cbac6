//! Kinds of answers that want reward without the work: the names a spec and `fullmarks probe` share.

use crate::source::{Unfit, suggestion};
use std::fmt;

/// A kind of answer that wants reward without doing the task (docs/probe.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ProbeFamily {
    /// Nothing, or nothing that can be read.
    Empty,
    /// The same few words whatever was asked.
    Trivial,
    /// Thinking without an answer after it.
    Thinking,
    /// The prompt, given back.
    Echo,
    /// Every answer at once.
    Stuffing,
    /// Text made of the constraints' own parameters, which says nothing.
    Junk,
    /// Several code blocks, or text that looks like one.
    Blocks,
    /// Code that gives one value whatever it is asked for.
    Constant,
    /// Code that knows the cases that are not hidden, and nothing else.
    HardCoded,
    /// A right answer in code with one mistake put in.
    Mutant,
    /// Code that goes for its judge.
    Exploit,
}

impl ProbeFamily {
    /// All of them, in the order of reports.
    pub const ALL: [Self; 11] = [
        Self::Empty,
        Self::Trivial,
        Self::Thinking,
        Self::Echo,
        Self::Stuffing,
        Self::Junk,
        Self::Blocks,
        Self::Constant,
        Self::HardCoded,
        Self::Mutant,
        Self::Exploit,
    ];

    /// Names of those that a spec may allow more: nothing, thinking and exploits are never worth anything.
    pub const ALLOWABLE: &[&str] =
        &["trivial", "echo", "stuffing", "junk", "blocks", "constant", "hard-coded", "mutant"];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Trivial => "trivial",
            Self::Thinking => "thinking",
            Self::Echo => "echo",
            Self::Stuffing => "stuffing",
            Self::Junk => "junk",
            Self::Blocks => "blocks",
            Self::Constant => "constant",
            Self::HardCoded => "hard-coded",
            Self::Mutant => "mutant",
            Self::Exploit => "exploit",
        }
    }

    /// The family of that name.
    ///
    /// # Errors
    /// What was meant, or what there is.
    pub fn by_name(name: &str) -> Result<Self, Unfit> {
        let names = Self::ALL.map(Self::name);
        let found = Self::ALL.into_iter().find(|family| family.name() == name);
        found.ok_or_else(|| suggestion(name, &names).unwrap_or_default().into())
    }
}

impl fmt::Display for ProbeFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
