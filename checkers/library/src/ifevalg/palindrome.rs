//! `keywords:palindrome`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::split,
};

/// There is a palindrome.
pub struct Palindrome;

impl Checker for Palindrome {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "keywords:palindrome",
        summary: "A word reads the same from its end.",
        details: "Words stand between white space, with their punctuation and in their case; a single character is \
                  one. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["See noon come", "I hoot"],
            fails: &["Owls hoot.", "Noon. radar,"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = split(text).any(|word| word.chars().eq(word.chars().rev()));
            Verdict::pass_if(found, || "no word is a palindrome".into())
        })
    }
}
