//! `copy:copying_multiple`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, is_copy};
use crate::ifeval::common::{not_blank, unless_blank};

/// The request, and how often.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    prompt_to_repeat: String,
    #[serde(rename = "N")]
    n: u64,
}

/// The response repeats the request a number of times.
pub struct CopyingMultiple(Params);

impl Checker for CopyingMultiple {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "copy:copying_multiple",
        summary: "The response is the request `N` times, separated by `******`.",
        details: "Case, and white space around each, do not matter. A blank response fails.",
        params: &[
            Param::required("prompt_to_repeat", Kind::Text, "the request"),
            Param::required("N", Kind::POSITIVE, "how many times"),
        ],
        example: Example {
            params: r#"{"prompt_to_repeat": "Hoot.", "N": 2}"#,
            passes: &["Hoot.\n******\nhoot."],
            fails: &["Hoot. Hoot.", "Hoot.\n******\nHoot.\n******\nHoot."],
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
            let found = text.split("******").count() as u64;
            if found != self.0.n {
                return Verdict::fail(format!("found {found} parts, {} wanted", self.0.n));
            }
            Verdict::pass_if(text.split("******").all(|part| is_copy(part, &self.0.prompt_to_repeat)), || {
                "a part is not the request".into()
            })
        })
    }
}
