//! `startend:quotation`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{NoParams, SOURCE, unless_blank};
use crate::text::python::strip;

/// The response is in quotation marks.
pub struct Quotation;

impl Checker for Quotation {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "startend:quotation",
        summary: "The entire response is wrapped in double quotation marks.",
        details: "The stripped response has at least two characters and begins and ends with `\"` (U+0022); curly \
                  quotation marks do not count. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["\"Owls hoot.\"\n", "\"\""],
            fails: &["“Owls hoot.”", "\"Owls\" hoot.", "\""],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = strip(text);
            let met = text.len() > 1 && text.starts_with('"') && text.ends_with('"');
            Verdict::pass_if(met, || "the response is not wrapped in double quotation marks".into())
        })
    }
}
