//! `paragraphs:paragraphs`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, divided, two_paragraphs};
use crate::ifeval::common::{NoParams, unless_blank};

/// Two paragraphs with a divider.
pub struct Paragraphs;

impl Checker for Paragraphs {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "paragraphs:paragraphs",
        summary: "The response has exactly two paragraphs separated by the divider `***`.",
        details: "A blank first or last part does not count; a blank part elsewhere fails the response. A blank \
                  response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls.\n***\nMice.", "***\nOwls. *** Mice."],
            fails: &["Owls.\n\nMice.", "Owls *** mice *** elks"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| two_paragraphs(&divided(text)))
    }
}
