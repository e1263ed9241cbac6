//! `detectable_format:json_format`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{NoParams, SOURCE, unless_blank};
use crate::text::{json, python::strip};

/// The response is JSON.
pub struct JsonFormat;

impl Checker for JsonFormat {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "detectable_format:json_format",
        summary: "The entire response is JSON, in a Markdown code fence or bare.",
        details: "The response is stripped; the openings ```` ```json ````, ```` ```Json ````, ```` ```JSON ```` and \
                  ```` ``` ```` are removed in this order, each once if it is there, then a closing ```` ``` ````; what \
                  is left, stripped, must be what Python's `json.loads` accepts: any value, not only an object, also \
                  `NaN`, `Infinity` and `-Infinity`, and no integer above 4300 digits. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["{\"a\": [1, 2]}", "```json\n{\"a\": null}\n```"],
            fails: &["{'a': 1}", "Here it is: {\"a\": 1}", "```\n{\"a\": 1,}\n```"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let mut text = strip(text);
            for opening in ["```json", "```Json", "```JSON", "```"] {
                text = text.strip_prefix(opening).unwrap_or(text);
            }
            let text = strip(text.strip_suffix("```").unwrap_or(text));
            match json::validate(text) {
                Ok(()) => Verdict::Passed,
                Err(error) => Verdict::fail(format!("not JSON: {error}")),
            }
        })
    }
}
