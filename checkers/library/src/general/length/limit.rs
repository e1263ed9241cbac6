//! A lower or an upper limit on the amount of text, in any unit.

use std::borrow::Cow;

use fullmarks_checker_sdk::{Checker, Doc, Input, Verdict};
use serde::de::DeserializeOwned;

use crate::general::blank::{empty, is_blank, is_gap, is_invisible, is_silent};

/// A unit to measure text in. The type itself holds the parameters: the limit, under the unit's name.
pub trait Unit: DeserializeOwned {
    /// The unit's name in the plural, which is also the name of the parameter.
    const NAME: &'static str;
    /// Documentation of the lower limit.
    const MIN: Doc;
    /// Documentation of the upper limit.
    const MAX: Doc;

    /// The limit given.
    fn limit(&self) -> u64;

    /// How many of the unit a text has, told so that nothing in it can push the number up. This is held against a
    /// minimum.
    fn fewest(text: &str) -> usize;

    /// How many of the unit a text has, told so that nothing in it can hide one. This is held against a maximum.
    fn most(text: &str) -> usize;
}

/// `length.min_…`: at least so many.
pub struct Min<U>(U);

impl<U: Unit> Checker for Min<U> {
    type Params = U;
    const DOC: Doc = U::MIN;

    fn new(params: U) -> Result<Self, String> {
        validated(params).map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        judge::<U>(
            input.text,
            U::fewest,
            |count| count < self.0.limit(),
            || format!("at least {} needed", self.0.limit()),
        )
    }
}

/// `length.max_…`: at most so many, and at least one.
pub struct Max<U>(U);

impl<U: Unit> Checker for Max<U> {
    type Params = U;
    const DOC: Doc = U::MAX;

    fn new(params: U) -> Result<Self, String> {
        validated(params).map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        judge::<U>(
            input.text,
            U::most,
            |count| count > self.0.limit(),
            || format!("at most {} allowed", self.0.limit()),
        )
    }
}

fn validated<U: Unit>(params: U) -> Result<U, String> {
    match params.limit() {
        0 => Err(format!("`{}` is 0; give 1 or more, since an empty text never meets a limit", U::NAME)),
        _ => Ok(params),
    }
}

fn judge<U: Unit>(
    text: &str,
    count: impl Fn(&str) -> usize,
    breaks: impl Fn(u64) -> bool,
    limit: impl Fn() -> String,
) -> Verdict {
    if is_blank(text) {
        return empty();
    }
    let count = count(text) as u64;
    if count == 0 {
        // Nothing but punctuation must not pass for a short answer.
        return Verdict::fail(format!("the text has no {}", U::NAME));
    }
    Verdict::pass_if(!breaks(count), || format!("{}: {count}, {}", U::NAME, limit()))
}

/// The text without what draws nothing, which would otherwise pad it or split its words.
pub(super) fn packed(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_silent) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_silent(*c)).collect())
}

/// The text with its gaps, and whatever else `is_space` names, as spaces and without its other invisible characters.
pub(super) fn spaced(text: &str, is_space: impl Fn(char) -> bool) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(is_invisible) {
        return Cow::Borrowed(text);
    }
    let space = |c| if is_gap(c) || is_space(c) { ' ' } else { c };
    Cow::Owned(text.chars().map(space).filter(|c| !is_invisible(*c)).collect())
}
