//! `detectable_format:constrained_response`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{NoParams, SOURCE, unless_blank};

/// The answers to choose from.
const OPTIONS: [&str; 3] = ["My answer is yes.", "My answer is no.", "My answer is maybe."];

/// The response is one of three answers.
pub struct ConstrainedResponse;

impl Checker for ConstrainedResponse {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "detectable_format:constrained_response",
        summary: "The response contains `My answer is yes.`, `My answer is no.` or `My answer is maybe.`",
        details: "Case and punctuation matter; other text may stand around it. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["My answer is maybe.", "Well. My answer is no. Sorry."],
            fails: &["My answer is yes", "my answer is no.", "Yes."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let met = OPTIONS.iter().any(|option| text.contains(option));
            Verdict::pass_if(met, || "none of the three answers is given".into())
        })
    }
}
