//! `words:prime_lengths`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{marks::without_marks, python::split},
};

/// The length of each word is a prime number.
pub struct PrimeLengths;

impl Checker for PrimeLengths {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:prime_lengths",
        summary: "The number of characters of each word is a prime number below 100.",
        details: "Words stand between white space once ASCII punctuation is taken out. A response of punctuation \
                  alone passes. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["An elk fed.", "It is..."],
            fails: &["Owls hoot.", "I am"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = without_marks(text);
            let other = split(&text).find(|word| !is_prime(word.chars().count()));
            fail_if_any(other.map(|word| format!("`{word}` has {} characters", word.chars().count())))
        })
    }
}

/// Whether a number below 100 is prime.
fn is_prime(number: usize) -> bool {
    (2..100).contains(&number) && [2, 3, 5, 7].iter().all(|&prime| number == prime || !number.is_multiple_of(prime))
}
