//! `keywords:word_count_different_numbers`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};

use super::common::SOURCE;
use crate::ifeval::{Frequency, common::RELATION};

/// The response contains a keyword often enough, or seldom enough.
pub struct WordCountDifferentNumbers(Frequency);

impl Checker for WordCountDifferentNumbers {
    type Params = <Frequency as Checker>::Params;

    const DOC: Doc = Doc {
        id: "keywords:word_count_different_numbers",
        summary: "The keyword occurs less than, or at least, a number of times.",
        details: "The rule of `keywords:frequency`, under the name that IF-RLVR's prompts use.",
        params: &[
            Param::required("keyword", Kind::Text, "the keyword"),
            Param::required("frequency", Kind::COUNT, "the bound on the number of times"),
            Param::required("relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"keyword": "owl", "frequency": 2, "relation": "at least"}"#,
            passes: &["Owls and owls"],
            fails: &["An owl"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Self::Params) -> Result<Self, String> {
        Frequency::new(params).map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        self.0.check(input)
    }
}
