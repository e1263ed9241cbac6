//! `format:quote_unquote`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::split,
};

/// Something stands between quotations, and after the last.
pub struct QuoteUnquote;

impl Checker for QuoteUnquote {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:quote_unquote",
        summary: "No quotation follows another without anything between, and the response does not end with one.",
        details: "Typographic double quotation marks count as `\"`; `'\"'` is taken out first, and so is white \
                  space. At the end, ASCII punctuation and digits are overlooked. A response without quotations \
                  passes. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["\"Hoot\" is what owls say.", "Owls hoot."],
            fails: &["Owls say \"hoot\".", "\"Hoot\" \"hoot\" say owls."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = text.replace(['“', '”'], "\"").replace("'\"'", "");
            let text: String = split(&text).collect();
            if text.contains("\"\"") {
                return Verdict::fail("two quotations stand side by side");
            }
            let overlooked = |c: char| c != '"' && (c.is_ascii_punctuation() || c.is_ascii_digit());
            Verdict::pass_if(!text.trim_end_matches(overlooked).ends_with('"'), || {
                "the response ends with a quotation".into()
            })
        })
    }
}
