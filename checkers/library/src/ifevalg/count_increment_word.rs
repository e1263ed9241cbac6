//! `count:count_increment_word`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, pattern};
use crate::{ifeval::common::unless_blank, text::pattern::Pattern};

/// The keywords.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keyword1: String,
    keyword2: String,
}

/// A keyword occurs once, another one twice.
pub struct CountIncrementWord([Pattern; 2]);

impl Checker for CountIncrementWord {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:count_increment_word",
        summary: "`keyword1` occurs exactly once, and `keyword2` exactly twice.",
        details: "Both are stripped and read as regular expressions of Python's `re`, without regard to case, and \
                  may be parts of longer words. A blank response fails.",
        params: &[
            Param::required("keyword1", Kind::Text, "the word to occur once"),
            Param::required("keyword2", Kind::Text, "the word to occur twice"),
        ],
        example: Example {
            params: r#"{"keyword1": "owl", "keyword2": "mice"}"#,
            passes: &["Owls hunt mice. Mice flee."],
            fails: &["Owls hunt mice.", "Owls hunt owls, mice and mice."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self([pattern("keyword1", &params.keyword1)?, pattern("keyword2", &params.keyword2)?]))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = self.0.each_ref().map(|keyword| keyword.count(text));
            Verdict::pass_if(found == [1, 2], || {
                format!("the keywords occur {} and {} times, 1 and 2 wanted", found[0], found[1])
            })
        })
    }
}
