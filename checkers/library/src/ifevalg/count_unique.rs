//! `count:count_unique`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::words::words,
};

/// No word occurs twice.
pub struct CountUnique;

impl Checker for CountUnique {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "count:count_unique",
        summary: "No word occurs twice.",
        details: "Words are those of NLTK's `word_tokenize`, punctuation among them; case matters. A blank \
                  response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot, mice flee."],
            fails: &["Owls hunt owls hunt mice", "Owls hoot. Mice flee."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let mut words = words(text);
            words.sort_unstable();
            let twice = words.windows(2).find(|pair| pair[0] == pair[1]);
            fail_if_any(twice.map(|pair| format!("`{}` occurs more than once", pair[0])))
        })
    }
}
