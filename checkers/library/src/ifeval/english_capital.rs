//! `change_case:english_capital`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{NoParams, SOURCE, unless_blank};
use crate::text::{language::detect, python::is_upper};

/// The response is English in capitals.
pub struct EnglishCapital;

impl Checker for EnglishCapital {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "change_case:english_capital",
        summary: "The entire response is English in capital letters.",
        details: "There is at least one upper-case letter and none in lower or title case, and `langdetect` takes the \
                  response for English or cannot tell at all. Of words in capitals it sees only the first letters, so \
                  short responses may be taken for another language (docs/ifeval.md). A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["THE OWLS HOOT AT NIGHT WHEN ALL OF THE OTHER BIRDS THAT WE KNOW ARE ASLEEP IN THE WOODS."],
            fails: &["The owls hoot at night.", "123"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            if !is_upper(text) {
                return Verdict::fail("not all letters are capital letters");
            }
            let language = detect(text);
            Verdict::pass_if(language.is_none_or(|language| language == "en"), || "the response is not English".into())
        })
    }
}
