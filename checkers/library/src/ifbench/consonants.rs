//! `words:consonants`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::split,
};

/// Each word has two consonants in a row.
pub struct Consonants;

impl Checker for Consonants {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:consonants",
        summary: "Each word has two English consonants in a row.",
        details: "Words stand between white space, punctuation included, so that a dash alone fails the response. \
                  `y` is a consonant. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Dark night falls.", "crypt"],
            fails: &["Owls see", "Owls - hunt"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = text.to_lowercase();
            let consonant = |byte: &u8| byte.is_ascii_lowercase() && !b"aeiou".contains(byte);
            let cluster = |word: &&str| word.as_bytes().windows(2).any(|pair| pair.iter().all(consonant));
            fail_if_any(
                split(&text).find(|word| !cluster(word)).map(|word| format!("`{word}` has no two consonants in a row")),
            )
        })
    }
}
