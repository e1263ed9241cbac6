//! `words:no_consecutive`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::marks::plain_words,
};

/// No two words in a row begin with the same letter.
pub struct NoConsecutive;

impl Checker for NoConsecutive {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:no_consecutive",
        summary: "No two words in a row begin with the same character.",
        details: "Words are lower-cased, stand between white space and have no ASCII punctuation. A blank response \
                  fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hunt mice.", "A -- bee"],
            fails: &["Owls hunt hares.", "An -- ant"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let words = plain_words(text);
            let same = words.windows(2).find(|pair| pair[0].chars().next() == pair[1].chars().next());
            fail_if_any(same.map(|pair| format!("`{}` and `{}` begin alike", pair[0], pair[1])))
        })
    }
}
