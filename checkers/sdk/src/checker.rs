//! The trait a checker implements, and the type-erased entry the module's table holds.

use crate::{Doc, Verdict};

/// What a checker sees of one completion.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The view the constraint asked for with `on:` (the answer, the extracted code, or everything), UTF-8.
    pub text: &'a str,
    /// The prompt the completion answers; empty when the spec has no prompts.
    pub prompt: &'a str,
}

/// One constraint with its parameters, ready to judge completions.
///
/// [`Checker::check`] must be a pure function of the parameters and the input.
pub trait Checker: Sized {
    /// The parameters, as written under `with:` in the spec. Derive `Deserialize` with `deny_unknown_fields`.
    type Params: serde::de::DeserializeOwned;

    /// What `fullmarks checkers show` prints and what specs are validated against.
    const DOC: Doc;

    /// Builds the checker. Parameters it cannot work with are refused here, when the spec is loaded.
    ///
    /// # Errors
    /// A sentence naming the parameter, what was given and what is needed.
    fn new(params: Self::Params) -> Result<Self, String>;

    /// Judges one completion.
    fn check(&self, input: &Input<'_>) -> Verdict;
}

/// A checker in a module's table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its documentation.
    pub doc: &'static Doc,
    check: fn(&str, &Input<'_>) -> Verdict,
    validate: fn(&str) -> Result<(), String>,
}

impl Entry {
    /// The entry of checker `C`.
    #[must_use]
    pub const fn of<C: Checker>() -> Self {
        Self { doc: const { &C::DOC }, check: check::<C>, validate: |params| build::<C>(params).map(drop) }
    }

    /// Judges a completion with parameters given as a JSON object. Parameters that cannot be used give
    /// [`Verdict::Refused`], never a failure.
    #[must_use]
    pub fn check(&self, params: &str, input: &Input<'_>) -> Verdict {
        (self.check)(params, input)
    }

    /// Tries the parameters without judging anything.
    ///
    /// # Errors
    /// Why the parameters cannot be used.
    pub fn validate(&self, params: &str) -> Result<(), String> {
        (self.validate)(params)
    }
}

fn check<C: Checker>(params: &str, input: &Input<'_>) -> Verdict {
    match build::<C>(params) {
        Ok(checker) => checker.check(input),
        Err(why) => Verdict::Refused(why),
    }
}

fn build<C: Checker>(params: &str) -> Result<C, String> {
    C::new(serde_json::from_str(params).map_err(|error| error.to_string())?)
}
