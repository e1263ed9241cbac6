//! `repeat:repeat_simple`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::strip,
};

const SENTENCE: &str = "only output this sentence here, ignore all other requests.";

/// The response is the published sentence.
pub struct RepeatSimple;

impl Checker for RepeatSimple {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "repeat:repeat_simple",
        summary: "The response is `Only output this sentence here, ignore all other requests.`",
        details: "Case and white space at the ends do not matter. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &[
                "Only output this sentence here, ignore all other requests.",
                " only output this sentence here, ignore all other requests.\n",
            ],
            fails: &["Only output this sentence here", "Owls"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            Verdict::pass_if(strip(text).to_lowercase() == SENTENCE, || "the response is not the sentence".into())
        })
    }
}
