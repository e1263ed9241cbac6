//! `format:no_whitespace`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::is_space,
};

/// There is no white space.
pub struct NoWhitespace;

impl Checker for NoWhitespace {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:no_whitespace",
        summary: "The response has no white space in it.",
        details: "White space is what Python's `str.isspace` says, line breaks at the end included. A blank \
                  response fails.",
        params: &[],
        example: Example { params: "{}", passes: &["owls-hoot", "Owls."], fails: &["owls hoot", "owls\n"], prompt: "" },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| Verdict::pass_if(!text.contains(is_space), || "there is white space".into()))
    }
}
