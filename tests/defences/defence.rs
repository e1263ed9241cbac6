//! The named defences against completions that want reward for nothing (tests/attacks/README.md).
//!
//! One can be switched off at a time, to show that the attacks it stops would succeed without it.

use std::sync::atomic::{AtomicUsize, Ordering};

/// A defence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defence {
    /// Tests and expected values live in another instance than the candidate.
    SeparateInstance,
    /// Only exact builtin types cross, rebuilt afresh.
    PlainData,
    /// Exits never look like success.
    ExitIsFailure,
    /// A pass needs the test runner itself to finish.
    FinishedRunner,
    /// A pass needs a call into the candidate.
    CalledCandidate,
    /// The builtins and modules that the tests use are never the candidate's.
    RealBuiltins,
    /// What was printed is compared whole.
    WholeOutput,
    /// Too much output is a failure.
    OutputCap,
    /// Running out of time is a failure.
    Fuel,
    /// Running out of memory is a failure.
    MemoryCap,
    /// Recursing too deeply is a failure.
    StackCap,
    /// What the candidate does to its arguments stays with its own copies.
    FreshArguments,
    /// What a candidate raises arrives as a plain builtin exception, and none that tests take for a sign.
    PublicExceptions,
    /// What stands in a thinking section is no answer.
    ThinkingApart,
    /// The picked block alone runs.
    OneBlock,
    /// only what docs/extract.md takes for a fenced block is code.
    FencedOnly,
    /// Rules are about the syntax tree, not about text.
    SyntaxTree,
    /// Where calls are forbidden, only what is known to hide none is allowed.
    Allowance,
    /// What is forbidden is watched for while the code runs.
    Watch,
    /// A stand-in says nothing of itself.
    OwnersWord,
    /// One stand-in for each object.
    OneStandIn,
    /// What an object makes of plain data decides no comparison.
    PlainOperands,
    /// An object's word that it equals plain data is asked among values like it.
    Decoys,
    /// What is left of arguments, and what is the same object, is told where tests look at it.
    ToldApart,
    /// Nothing on a stream means success.
    NoMarkers,
    /// An empty answer, and a text without words, fail.
    EmptyFails,
    /// What the judge draws cannot be derived from what a candidate can read.
    OwnRandomness,
    /// A tolerance is met only by a finite number within it.
    TrueTolerance,
}

impl Defence {
    /// All of them.
    pub const ALL: [Self; 28] = [
        Self::SeparateInstance,
        Self::PlainData,
        Self::ExitIsFailure,
        Self::FinishedRunner,
        Self::CalledCandidate,
        Self::RealBuiltins,
        Self::WholeOutput,
        Self::OutputCap,
        Self::Fuel,
        Self::MemoryCap,
        Self::StackCap,
        Self::FreshArguments,
        Self::PublicExceptions,
        Self::ThinkingApart,
        Self::OneBlock,
        Self::FencedOnly,
        Self::SyntaxTree,
        Self::Allowance,
        Self::Watch,
        Self::OwnersWord,
        Self::OneStandIn,
        Self::PlainOperands,
        Self::Decoys,
        Self::ToldApart,
        Self::NoMarkers,
        Self::EmptyFails,
        Self::OwnRandomness,
        Self::TrueTolerance,
    ];

    /// Its name in the attacks: `separate_instance`.
    #[must_use]
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in format!("{self:?}").chars() {
            if letter.is_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }
}

/// The place in `ALL` of the one that is off, plus one.
static OFF: AtomicUsize = AtomicUsize::new(0);

impl Defence {
    /// Whether it is off.
    pub(crate) fn is_off(self) -> bool {
        Self::ALL.get(OFF.load(Ordering::SeqCst).wrapping_sub(1)) == Some(&self)
    }

    /// Switches this one off and all others on.
    pub fn switch_off(self) {
        OFF.store(1 + Self::ALL.iter().position(|one| *one == self).unwrap_or(usize::MAX - 1), Ordering::SeqCst);
    }
}
