//! `keywords:no_adjacent_consecutive`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::split,
};

/// No word begins with the letter after the one before.
pub struct NoAdjacentConsecutive;

impl Checker for NoAdjacentConsecutive {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "keywords:no_adjacent_consecutive",
        summary: "No word begins with the character that follows, in the alphabet, the one the word before it \
                  begins with.",
        details: "Words stand between white space, with their punctuation; first characters are lower-cased, and \
                  one follows another if its code point is the next. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot.", "Bats at night"],
            fails: &["Owls perch.", "A bat"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let words: Vec<&str> = split(text).collect();
            let first = |word: &str| word.chars().next().map(char::to_lowercase);
            let broken = words.windows(2).find(|pair| match (first(pair[0]), first(pair[1])) {
                // A character whose lower case is two of them fails, as in the official checker.
                (Some(mut a), Some(mut b)) if a.len() == 1 && b.len() == 1 => {
                    a.next().map(|a| u32::from(a) + 1) == b.next().map(u32::from)
                }
                _ => true,
            });
            fail_if_any(broken.map(|pair| format!("`{}` follows `{}`", pair[1], pair[0])))
        })
    }
}
