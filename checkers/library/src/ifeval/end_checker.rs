//! `startend:end_checker`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, not_blank, unless_blank};
use crate::text::python::strip;

/// The phrase.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    end_phrase: String,
}

/// The response ends with a phrase, in lower case here.
pub struct EndChecker(String);

impl Checker for EndChecker {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "startend:end_checker",
        summary: "The response ends with a phrase.",
        details: "White space, then double quotation marks are stripped from both ends of the response, white space \
                  from the phrase; both are lower-cased. The phrase may be the end of a longer word. A blank response \
                  fails.",
        params: &[Param::required("end_phrase", Kind::Text, "the phrase")],
        example: Example {
            params: r#"{"end_phrase": "That is all."}"#,
            passes: &["Owls hoot. That is all.", "\"that IS all.\"\n"],
            fails: &["That is all. Bye.", "That is all"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("end_phrase", &params.end_phrase)?;
        // Python lower-cases after stripping here too: a sigma at the end depends on what follows it.
        Ok(Self(strip(&params.end_phrase).to_lowercase()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let met = strip(text).trim_matches('"').to_lowercase().ends_with(&self.0);
            Verdict::pass_if(met, || "the response does not end with the phrase".into())
        })
    }
}
