//! `punctuation:punctuation_exclamation`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::ifeval::common::{NoParams, unless_blank};

/// The response has no exclamation marks.
pub struct PunctuationExclamation;

impl Checker for PunctuationExclamation {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "punctuation:punctuation_exclamation",
        summary: "The response has no `!` in it.",
        details: "Marks of other scripts that look alike are allowed. A blank response fails.",
        params: &[],
        example: Example { params: "{}", passes: &["Owls hoot?", "Owls 。"], fails: &["Owls hoot!"], prompt: "" },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| Verdict::pass_if(!text.contains('!'), || "there is a `!`".into()))
    }
}
