//! `format:output_template`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::ifeval::common::{NoParams, unless_blank};

/// The response has the parts of the template.
pub struct OutputTemplate;

impl Checker for OutputTemplate {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:output_template",
        summary: "The response has `My Answer:`, `My Conclusion:` and `Future Outlook:` in it.",
        details: "In any order and anywhere. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["My Answer: owls. My Conclusion: hoot. Future Outlook: night."],
            fails: &["My answer: owls. My Conclusion: hoot. Future Outlook: night.", "Owls."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let missing =
                ["My Answer:", "My Conclusion:", "Future Outlook:"].into_iter().find(|part| !text.contains(part));
            fail_if_any(missing.map(|part| format!("`{part}` is missing")))
        })
    }
}
