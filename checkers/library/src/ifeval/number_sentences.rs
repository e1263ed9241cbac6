//! `length_constraints:number_sentences`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{RELATION, Relation, SOURCE, unless_blank};
use crate::text::punkt::sentences;

/// How many sentences.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    num_sentences: u64,
    relation: Relation,
}

/// The response has enough sentences, or few enough.
pub struct NumberSentences(Params);

impl Checker for NumberSentences {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "length_constraints:number_sentences",
        summary: "The response has less than, or at least, a number of sentences.",
        details: "Sentences are those of NLTK's Punkt tokenizer with its English parameters: they end in `.`, `?` or \
                  `!`, unless the dot belongs to a known abbreviation, initial or number. Line ends alone do not end \
                  a sentence. A blank response fails.",
        params: &[
            Param::required("num_sentences", Kind::COUNT, "the bound on the number of sentences"),
            Param::required("relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"num_sentences": 3, "relation": "less than"}"#,
            passes: &["Dr. Owl lives at 5 Oak St. in the forest. He hoots!", "One\n\nstill one"],
            fails: &["One. Two! Three?"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            self.0.relation.verdict(sentences(text).len(), self.0.num_sentences, "sentences")
        })
    }
}
