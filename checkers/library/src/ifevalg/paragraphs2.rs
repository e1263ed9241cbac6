//! `paragraphs:paragraphs2`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, two_paragraphs};
use crate::ifeval::common::{NoParams, unless_blank};

/// Two paragraphs with two line breaks.
pub struct Paragraphs2;

impl Checker for Paragraphs2 {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "paragraphs:paragraphs2",
        summary: "The response has exactly two paragraphs separated by two line breaks.",
        details: "A blank first or last part does not count; a blank part elsewhere fails the response, as four \
                  line breaks make one. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls.\n\nMice.", "Owls.\n\nMice.\n\n"],
            fails: &["Owls.\nMice.", "Owls.\n\n\n\nMice."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| two_paragraphs(&text.split("\n\n").collect::<Vec<_>>()))
    }
}
