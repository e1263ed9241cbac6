//! `combination:repeat_prompt`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, not_blank, unless_blank};
use crate::text::python::strip;

/// What is to be repeated.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    prompt_to_repeat: String,
}

/// The response begins with the request, in lower case here.
pub struct RepeatPrompt(String);

impl Checker for RepeatPrompt {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "combination:repeat_prompt",
        summary: "The response begins with the request, word for word.",
        details: "Both are stripped and lower-cased before they are compared. Nothing needs to follow. A blank \
                  response fails.",
        params: &[Param::required("prompt_to_repeat", Kind::Text, "the request")],
        example: Example {
            params: r#"{"prompt_to_repeat": "Tell me about owls."}"#,
            passes: &["tell me about owls. They hoot.", "\n Tell me about owls."],
            fails: &["\"Tell me about owls.\" They hoot.", "Tell me  about owls."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("prompt_to_repeat", &params.prompt_to_repeat)?;
        Ok(Self(strip(&params.prompt_to_repeat).to_lowercase()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let met = strip(text).to_lowercase().starts_with(&self.0);
            Verdict::pass_if(met, || "the response does not begin with the request".into())
        })
    }
}
