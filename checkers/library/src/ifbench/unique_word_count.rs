//! `count:unique_word_count`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, at_least};
use crate::{
    ifeval::common::unless_blank,
    text::{marks::strip_marks, python::split},
};

/// How many words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    #[serde(rename = "N")]
    n: u64,
}

/// The response uses enough different words.
pub struct UniqueWordCount(Params);

impl Checker for UniqueWordCount {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:unique_word_count",
        summary: "The response has at least `N` different words.",
        details: "Words stand between white space, are lower-cased and stripped of ASCII punctuation at both ends. \
                  All that are nothing but punctuation count as one more word. A blank response fails.",
        params: &[Param::required("N", Kind::COUNT, "smallest number of different words")],
        example: Example {
            params: r#"{"N": 3}"#,
            passes: &["Owls hoot at owls.", "Owls - hoot"],
            fails: &["Owls, owls and OWLS!", "Owls hoot"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = text.to_lowercase();
            let mut words: Vec<&str> = split(&text).map(strip_marks).collect();
            words.sort_unstable();
            words.dedup();
            at_least(words.len(), self.0.n, "different words")
        })
    }
}
