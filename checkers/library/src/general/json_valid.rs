//! `json.valid`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::{
    blank::{empty, is_blank},
    json::{Fence, fences, parse},
};

/// How the parameter `fence` is documented.
pub(super) const FENCE: Param = Param::with_default(
    "fence",
    Kind::Choice(&["allowed", "required", "forbidden"]),
    "\"allowed\"",
    "whether the JSON may, must or must not stand in a Markdown code block",
);

/// Parameters of `json.valid`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    #[serde(default)]
    fence: Fence,
}

/// `json.valid`
pub struct JsonValid(Params);

impl Checker for JsonValid {
    type Params = Params;
    const DOC: Doc = Doc {
        id: "json.valid",
        summary: "The text is one JSON value and nothing else.",
        details: concat!(
            fences!(),
            "The value may be of any type (`json.schema` can ask for one). JSON is that of RFC 8259, read strictly: \
             text after the value, comments, trailing commas, NaN and infinities, numbers beyond a double, lone \
             surrogates, a byte order mark, a name given twice in one object and more than 127 levels of nesting all \
             fail. Empty text fails."
        ),
        params: &[FENCE],
        example: Example {
            params: "{}",
            passes: &[r#"{"owls": 3}"#, "```json\n[1, 2]\n```", " null\n"],
            fails: &["", "{'owls': 3}", "{} and more", r#"{"a": 1, "a": 2}"#, "[NaN]", "Here:\n```json\n{}\n```"],
            prompt: "",
        },
        source: "RFC 8259; docs.rs/serde_json",
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        if is_blank(input.text) {
            return empty();
        }
        match self.0.fence.open(input.text).and_then(parse) {
            Ok(_) => Verdict::Passed,
            Err(why) => Verdict::fail(why),
        }
    }
}
