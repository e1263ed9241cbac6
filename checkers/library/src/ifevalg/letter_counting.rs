//! `letters:letter_counting`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::ifeval::common::{RELATION, Relation, unless_blank};

/// How many letters.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    #[serde(rename = "N")]
    n: u64,
    relation: Relation,
}

/// The response has letters enough, or few enough.
pub struct LetterCounting(Params);

impl Checker for LetterCounting {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "letters:letter_counting",
        summary: "The response has less than, or at least, `N` letters.",
        details: "Letters are a to z in both cases, without accents. A blank response fails.",
        params: &[
            Param::required("N", Kind::COUNT, "the bound on the number of letters"),
            Param::required("relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"N": 8, "relation": "at least"}"#,
            passes: &["Owls hoot."],
            fails: &["Owls", "été 1234567"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = text.bytes().filter(u8::is_ascii_alphabetic).count();
            self.0.relation.verdict(found, self.0.n, "letters")
        })
    }
}
