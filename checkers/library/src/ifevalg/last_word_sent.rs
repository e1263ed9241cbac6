//! `last_word:last_word_sent`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;
use serde_json::Value;

use super::common::{SOURCE, fail_if_any, last_word, one_word};
use crate::{ifeval::common::unless_blank, text::rule_sentences::rule_sentences};

/// The word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    last_word: Value,
}

/// Each sentence ends with a word.
pub struct LastWordSent(String);

impl Checker for LastWordSent {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "last_word:last_word_sent",
        summary: "The last word of each sentence is `last_word`.",
        details: "Sentences are split by IFEval's rules (not Punkt's); words stand between white space, and \
                  punctuation is taken out of them. Case does not matter. A blank response fails.",
        params: &[Param::required("last_word", Kind::Any, "the word; or a list that begins with it")],
        example: Example {
            params: r#"{"last_word": "owls"}"#,
            passes: &["See the owls. Hear \"owls\"!"],
            fails: &["See the owls. They hoot."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        one_word("last_word", &params.last_word).map(|word| Self(word.to_lowercase()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let other = rule_sentences(text).iter().map(|sentence| last_word(sentence)).find(|word| *word != self.0);
            fail_if_any(other.map(|word| format!("a sentence ends with `{word}`")))
        })
    }
}
