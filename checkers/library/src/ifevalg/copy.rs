//! `copy:copy`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, is_copy};
use crate::ifeval::common::{not_blank, unless_blank};

/// The request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    prompt_to_repeat: String,
}

/// The response copies the instruction.
pub struct Copy(Params);

impl Checker for Copy {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "copy:copy",
        summary: "The response is the request, word for word.",
        details: "Case, and white space at the ends, do not matter. A blank response fails.",
        params: &[Param::required("prompt_to_repeat", Kind::Text, "the request")],
        example: Example {
            params: r#"{"prompt_to_repeat": "Tell me about owls."}"#,
            passes: &["tell me about owls.", "Tell me about owls.\n"],
            fails: &["Tell me about owls. They hoot.", "Tell me  about owls."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("prompt_to_repeat", &params.prompt_to_repeat)?;
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            Verdict::pass_if(is_copy(text, &self.0.prompt_to_repeat), || "the response is not the request".into())
        })
    }
}
