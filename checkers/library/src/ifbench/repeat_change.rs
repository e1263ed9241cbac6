//! `repeat:repeat_change`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::python::split,
};

/// The request.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    prompt_to_repeat: String,
}

/// The request with another first word.
pub struct RepeatChange(Params);

impl Checker for RepeatChange {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "repeat:repeat_change",
        summary: "The response is the request with another first word.",
        details: "All words but the first, which stand between white space, are the same in the same case; the \
                  response as a whole is not the request. A blank response fails.",
        params: &[Param::required("prompt_to_repeat", Kind::Text, "the request")],
        example: Example {
            params: r#"{"prompt_to_repeat": "Tell me about owls."}"#,
            passes: &["Ask me about owls.", "Tell  me about owls."],
            fails: &["Tell me about owls.", "Ask me about mice."],
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
            let (request, rest) = (&self.0.prompt_to_repeat, |text| split(text).skip(1));
            if text == request {
                return Verdict::fail("the response is the request unchanged");
            }
            Verdict::pass_if(rest(text).eq(rest(request)), || "the words after the first are not the request's".into())
        })
    }
}
