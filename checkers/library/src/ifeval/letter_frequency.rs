//! `keywords:letter_frequency`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{RELATION, Relation, SOURCE, not_blank, unless_blank};

/// The letter, and how often.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    letter: String,
    let_frequency: u64,
    let_relation: Relation,
}

/// The response contains a letter often enough, or seldom enough.
pub struct LetterFrequency {
    letter: char,
    frequency: u64,
    relation: Relation,
}

impl Checker for LetterFrequency {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "keywords:letter_frequency",
        summary: "The response contains a letter less than, or at least, a number of times.",
        details: "Counts the letter in the lower-cased response, so both cases count. Any single character may be \
                  asked for, such as `#`; the official checker draws a random letter instead when it is not an \
                  English one (docs/ifeval.md). A blank response fails.",
        params: &[
            Param::required("letter", Kind::Text, "one character"),
            Param::required("let_frequency", Kind::COUNT, "the bound on the number of times"),
            Param::required("let_relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"letter": "o", "let_frequency": 2, "let_relation": "less than"}"#,
            passes: &["One letter.", "Nix."],
            fails: &["Owls hoot."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("letter", &params.letter)?;
        let lower = params.letter.to_lowercase();
        let mut characters = lower.chars();
        match (characters.next(), characters.next()) {
            (Some(letter), None) => Ok(Self { letter, frequency: params.let_frequency, relation: params.let_relation }),
            _ => Err(format!("`letter` is `{}`; it needs to be one character", params.letter)),
        }
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = text.to_lowercase().matches(self.letter).count();
            self.relation.verdict(found, self.frequency, "occurrences")
        })
    }
}
