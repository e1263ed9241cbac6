//! `keywords:start_end`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::words::words,
};

/// The response ends with the word it begins with.
pub struct StartEnd;

impl Checker for StartEnd {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "keywords:start_end",
        summary: "The last word is the first one.",
        details: "Words are those of NLTK's `word_tokenize`, punctuation among them, so that nothing may follow \
                  the last; case does not matter. There are at least two. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hunt owls", "Hoot, said the owl, hoot"],
            fails: &["Owls hunt owls.", "Owls"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let words = words(text);
            let [first, .., last] = words.as_slice() else { return Verdict::fail("there are fewer than two words") };
            Verdict::pass_if(first.to_lowercase() == last.to_lowercase(), || {
                format!("the first word is `{first}` and the last `{last}`")
            })
        })
    }
}
