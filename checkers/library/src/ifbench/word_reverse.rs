//! `custom:word_reverse`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::marks::plain_words,
};

/// A sentence about the bald eagle, word by word from its end.
pub struct WordReverse;

impl Checker for WordReverse {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:word_reverse",
        summary: "The words of the response in reverse order have `bald eagle` in them.",
        details: "Words are lower-cased, stand between white space and have no ASCII punctuation. That the \
                  sentence is good English is not looked at, nor is it by the official checker. A blank response \
                  fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Eagle bald the is it.", "States United the of animal national the is eagle Bald"],
            fails: &["It is the bald eagle.", "Owl"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let mut words = plain_words(text);
            words.reverse();
            Verdict::pass_if(words.join(" ").contains("bald eagle"), || "`eagle bald` is not among the words".into())
        })
    }
}
