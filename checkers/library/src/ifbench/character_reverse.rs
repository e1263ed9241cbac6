//! `custom:character_reverse`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::ifeval::common::{NoParams, unless_blank};

/// The bald eagle, letter by letter from its end.
pub struct CharacterReverse;

impl Checker for CharacterReverse {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:character_reverse",
        summary: "The response has `elgae dlab` in it, in any case.",
        details: "A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &[".elgae dlab ehT", "ELGAE DLAB"],
            fails: &["The bald eagle.", "elgae"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            Verdict::pass_if(text.to_lowercase().contains("elgae dlab"), || "`elgae dlab` is missing".into())
        })
    }
}
