//! `change_case:english_lowercase`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{NoParams, SOURCE, unless_blank};
use crate::text::{language::detect, python::is_lower};

/// The response is English in small letters.
pub struct EnglishLowercase;

impl Checker for EnglishLowercase {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "change_case:english_lowercase",
        summary: "The entire response is English in lowercase letters.",
        details: "There is at least one lower-case letter and none in upper or title case, and `langdetect` takes the \
                  response for English or cannot tell at all. Short responses may be taken for another \
                  language (docs/ifeval.md). A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["the owls hoot at night when all of the other birds are asleep."],
            fails: &[
                "The owls hoot at night.",
                "die eulen rufen in der nacht, wenn alle anderen vögel schlafen.",
                "123",
            ],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            if !is_lower(text) {
                return Verdict::fail("not all letters are lowercase letters");
            }
            let language = detect(text);
            Verdict::pass_if(language.is_none_or(|language| language == "en"), || "the response is not English".into())
        })
    }
}
