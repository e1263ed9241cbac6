//! `words:palindrome`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, at_least};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::marks::plain_words,
};

/// Ten words are palindromes.
pub struct Palindrome;

impl Checker for Palindrome {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:palindrome",
        summary: "At least ten words of five characters or more are palindromes.",
        details: "Words stand between white space once ASCII punctuation is taken out and are lower-cased. \
                  Repeated ones count each time. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Level, radar, civic, rotor, kayak, refer, madam, stats, tenet, solos!"],
            fails: &["Level, radar, civic", "noon noon noon noon noon noon noon noon noon noon"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = plain_words(text).iter().filter(|word| is_long_palindrome(word)).count();
            at_least(found, 10, "palindromes")
        })
    }
}

fn is_long_palindrome(word: &str) -> bool {
    word.chars().count() >= 5 && word.chars().eq(word.chars().rev())
}
