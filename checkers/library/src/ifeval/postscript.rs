//! `detectable_content:postscript`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, not_blank, unless_blank};
use crate::text::{
    pattern::{Flags, Pattern},
    python::strip,
};

/// What the postscript begins with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    postscript_marker: String,
}

/// The response has a postscript.
pub struct Postscript(Pattern);

impl Checker for Postscript {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "detectable_content:postscript",
        summary: "The response contains a postscript that begins with a marker such as `P.S.`",
        details: "The response is lower-cased and searched for `p\\.\\s?s\\.` (marker `P.S.`), `p\\.\\s?p\\.\\s?s` (marker \
                  `P.P.S`), or any other marker, stripped, lower-cased and read as a regular expression of Python's \
                  `re`. It may stand anywhere. A blank response fails.",
        params: &[Param::required("postscript_marker", Kind::Text, "what the postscript begins with")],
        example: Example {
            params: r#"{"postscript_marker": "P.S."}"#,
            passes: &["Bye.\n\nP.S. Write soon.", "Bye. p. s. Write soon."],
            fails: &["Bye.\n\nPS: Write soon.", "Bye.\n\nP.P.S Write soon."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("postscript_marker", &params.postscript_marker)?;
        // The official patterns go on with `.*$` and begin with `\s*`, which match wherever the rest does.
        let pattern = match strip(&params.postscript_marker) {
            "P.S." => r"p\.\s?s\.".to_owned(),
            "P.P.S" => r"p\.\s?p\.\s?s".to_owned(),
            // Lower-casing turns `\S` into `\s` and so on, there as here.
            marker => format!(r"\s*{}.*$", marker.to_lowercase()),
        };
        let flags = Flags { ignore_case: false, multiline: true };
        Pattern::new(&pattern, flags).map(Self).map_err(|why| format!("`postscript_marker`: {why}"))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            Verdict::pass_if(self.0.is_match(&text.to_lowercase()), || "there is no postscript with the marker".into())
        })
    }
}
