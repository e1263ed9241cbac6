//! `new:copy_span_idx`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, is_copy};
use crate::ifeval::common::{not_blank, unless_blank};

/// The request and the span.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    prompt_to_repeat: String,
    n_start: u64,
    n_end: u64,
}

/// The response is a span of the request by characters.
pub struct CopySpanIdx(String);

impl Checker for CopySpanIdx {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "new:copy_span_idx",
        summary: "The response is the characters of the request from `n_start` up to, but without, `n_end`.",
        details: "Characters are counted from 0. The prompt says that `n_end` is included; the official checker \
                  leaves it out. Case, and white space at the ends of both, do not matter, so that nothing passes \
                  where the span is blank. A blank response fails.",
        params: &[
            Param::required("prompt_to_repeat", Kind::Text, "the request"),
            Param::required("n_start", Kind::COUNT, "number of the first character, from 0"),
            Param::required("n_end", Kind::COUNT, "number of the character behind the last"),
        ],
        example: Example {
            params: r#"{"prompt_to_repeat": "Tell me about owls.", "n_start": 5, "n_end": 13}"#,
            passes: &["me about", " Me About"],
            fails: &["me about ow", "me abou"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("prompt_to_repeat", &params.prompt_to_repeat)?;
        let characters = params.prompt_to_repeat.chars().zip(0_u64..);
        let inside = characters.filter(|(_, at)| (params.n_start..params.n_end).contains(at));
        Ok(Self(inside.map(|(c, _)| c).collect()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            Verdict::pass_if(is_copy(text, &self.0), || "the response is not the span".into())
        })
    }
}
