//! `words:repeats`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, fail_if_any};
use crate::{ifeval::common::unless_blank, text::marks::plain_words};

/// How often.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    small_n: u64,
}

/// No word occurs too often.
pub struct Repeats(Params);

impl Checker for Repeats {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "words:repeats",
        summary: "No word occurs more than `small_n` times.",
        details: "Words are lower-cased, stand between white space and have no ASCII punctuation. A blank response \
                  fails.",
        params: &[Param::required("small_n", Kind::COUNT, "how often a word may occur")],
        example: Example {
            params: r#"{"small_n": 2}"#,
            passes: &["Owls, owls and mice."],
            fails: &["Owls, owls, OWLS!"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let mut words = plain_words(text);
            words.sort_unstable();
            let often = words.chunk_by(|a, b| a == b).find(|same| same.len() as u64 > self.0.small_n);
            fail_if_any(
                often.map(|same| {
                    format!("`{}` occurs {} times, at most {} wanted", same[0], same.len(), self.0.small_n)
                }),
            )
        })
    }
}
