//! `length_constraints:number_words`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{RELATION, Relation, SOURCE, unless_blank};
use crate::text::python::count_words;

/// How many words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    num_words: u64,
    relation: Relation,
}

/// The response is long enough, or short enough.
pub struct NumberWords(Params);

impl Checker for NumberWords {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "length_constraints:number_words",
        summary: "The response has less than, or at least, a number of words.",
        details: "A word is a longest run of `\\w` as Python's `re` understands it: letters, digits and underscores of \
                  any script, but no combining marks. `don't` has two words; a Chinese sentence without punctuation \
                  is one. A blank response fails.",
        params: &[
            Param::required("num_words", Kind::COUNT, "the bound on the number of words"),
            Param::required("relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"num_words": 4, "relation": "at least"}"#,
            passes: &["One two three four.", "It's re-usable"],
            fails: &["One two three.", "1.5 €"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| self.0.relation.verdict(count_words(text), self.0.num_words, "words"))
    }
}
