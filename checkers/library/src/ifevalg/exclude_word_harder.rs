//! `keywords:exclude_word_harder`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::python::strip,
};

/// The keyword.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keyword: String,
}

/// A keyword does not occur between spaces.
pub struct ExcludeWordHarder(String);

impl Checker for ExcludeWordHarder {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "keywords:exclude_word_harder",
        summary: "The keyword does not occur with a space on either side.",
        details: "Case matters; at the beginning, at the end, beside punctuation and at a line break the keyword \
                  may stand, as in the official checker. A blank response fails.",
        params: &[Param::required("keyword", Kind::Text, "the keyword")],
        example: Example {
            params: r#"{"keyword": "owl"}"#,
            passes: &["Owls hoot.", "owl, an owl."],
            fails: &["An owl hoots."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("keyword", &params.keyword)?;
        Ok(Self(format!(" {} ", strip(&params.keyword))))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| Verdict::pass_if(!text.contains(&self.0), || "the keyword occurs".into()))
    }
}
