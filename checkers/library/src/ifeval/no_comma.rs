//! `punctuation:no_comma`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{NoParams, SOURCE, unless_blank};

/// The response has no comma.
pub struct NoComma;

impl Checker for NoComma {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "punctuation:no_comma",
        summary: "The response contains no comma.",
        details: "Only `,` (U+002C) counts; the commas of other scripts do not. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["One and two; three、four."],
            fails: &["One, two.", " "],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let commas = text.matches(',').count();
            Verdict::pass_if(commas == 0, || format!("found {commas} comma{}", if commas == 1 { "" } else { "s" }))
        })
    }
}
