//! `change_case:capital_word_frequency`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{RELATION, Relation, SOURCE, unless_blank};
use crate::text::{python::is_upper, words::words};

/// How many words in capitals.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    capital_frequency: u64,
    capital_relation: Relation,
}

/// The response has enough words in capitals, or few enough.
pub struct CapitalWordFrequency(Params);

impl Checker for CapitalWordFrequency {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "change_case:capital_word_frequency",
        summary: "The response has less than, or at least, a number of words in capital letters.",
        details: "Words are the tokens of NLTK's `word_tokenize`; one counts if it has an upper-case letter and none \
                  in lower or title case. `I`, `A` and `X1` count, a hyphenated word counts once, `CANNOT` counts \
                  twice (`CAN`, `NOT`). A blank response fails.",
        params: &[
            Param::required("capital_frequency", Kind::COUNT, "the bound on the number of words"),
            Param::required("capital_relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"capital_frequency": 2, "capital_relation": "at least"}"#,
            passes: &["OWLS do hoot, I say.", "We CANNOT."],
            fails: &["OWLS do hoot.", "The WELL-KNOWN owl"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = words(text).iter().filter(|word| is_upper(word)).count();
            self.0.capital_relation.verdict(found, self.0.capital_frequency, "words in capital letters")
        })
    }
}
