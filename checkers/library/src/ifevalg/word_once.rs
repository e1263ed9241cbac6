//! `keywords:word_once`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, pattern};
use crate::{ifeval::common::unless_blank, text::pattern::Pattern};

/// The keyword.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keyword: String,
}

/// A keyword occurs once.
pub struct WordOnce(Pattern);

impl Checker for WordOnce {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "keywords:word_once",
        summary: "The keyword occurs exactly once.",
        details: "It is stripped and read as a regular expression of Python's `re`, without regard to case, and \
                  may be part of a longer word. A blank response fails.",
        params: &[Param::required("keyword", Kind::Text, "the keyword")],
        example: Example {
            params: r#"{"keyword": "owl"}"#,
            passes: &["Owls hoot."],
            fails: &["Owls and owls", "Mice"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        pattern("keyword", &params.keyword).map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = self.0.count(text);
            Verdict::pass_if(found == 1, || format!("the keyword occurs {found} times, once wanted"))
        })
    }
}
