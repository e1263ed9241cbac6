//! `repeat:repeat_span`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::unless_blank,
    text::python::{split, strip},
};

/// The request and the span.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    prompt_to_repeat: String,
    n_start: u64,
    n_end: u64,
}

/// The response is a span of the request.
pub struct RepeatSpan(String);

impl Checker for RepeatSpan {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "repeat:repeat_span",
        summary: "The response is the words `n_start` to `n_end` of the request.",
        details: "Words stand between white space and are counted from 0; both ends are part of the span, and what \
                  lies behind the last word is left out. The response has single spaces between them; case, and \
                  white space at its ends, do not matter. A blank response fails.",
        params: &[
            Param::required("prompt_to_repeat", Kind::Text, "the request"),
            Param::required("n_start", Kind::COUNT, "number of the first word, from 0"),
            Param::required("n_end", Kind::COUNT, "number of the last word, from 0"),
        ],
        example: Example {
            params: r#"{"prompt_to_repeat": "Tell me about owls.", "n_start": 1, "n_end": 2}"#,
            passes: &["me about", "Me About\n"],
            fails: &["Tell me", "me  about"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        let Params { prompt_to_repeat, n_start, n_end } = params;
        let words = split(&prompt_to_repeat).zip(0_u64..).filter(|(_, at)| (n_start..=n_end).contains(at));
        let span: Vec<&str> = words.map(|(word, _)| word).collect();
        if span.is_empty() {
            return Err(format!(
                "words {n_start} to {n_end} of `prompt_to_repeat` are none; it has {}",
                split(&prompt_to_repeat).count()
            ));
        }
        Ok(Self(span.join(" ").to_lowercase()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            Verdict::pass_if(strip(text).to_lowercase() == self.0, || "the response is not the span".into())
        })
    }
}
