//! `letters:letter_counting2`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};

use super::common::SOURCE;
use crate::ifeval::{LetterFrequency, common::RELATION};

/// The response contains a letter often enough, or seldom enough.
pub struct LetterCounting2(LetterFrequency);

impl Checker for LetterCounting2 {
    type Params = <LetterFrequency as Checker>::Params;

    const DOC: Doc = Doc {
        id: "letters:letter_counting2",
        summary: "The response contains a letter less than, or at least, a number of times.",
        details: "The rule of `keywords:letter_frequency`, under the name that IF-RLVR's prompts use.",
        params: &[
            Param::required("letter", Kind::Text, "one character"),
            Param::required("let_frequency", Kind::COUNT, "the bound on the number of times"),
            Param::required("let_relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"letter": "o", "let_frequency": 2, "let_relation": "less than"}"#,
            passes: &["One letter."],
            fails: &["Owls hoot."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Self::Params) -> Result<Self, String> {
        LetterFrequency::new(params).map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        self.0.check(input)
    }
}
