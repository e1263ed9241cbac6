//! `first_word:first_word_sent`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;
use serde_json::Value;

use super::common::{SOURCE, fail_if_any, one_word};
use crate::{
    ifeval::common::unless_blank,
    text::{python::split, rule_sentences::rule_sentences},
};

/// The word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    first_word: Value,
}

/// Each sentence begins with a word.
pub struct FirstWordSent(String);

impl Checker for FirstWordSent {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "first_word:first_word_sent",
        summary: "The first word of each sentence is `first_word`.",
        details: "Sentences are split by IFEval's rules (not Punkt's); words stand between white space, with their \
                  punctuation. Case does not matter. A blank response fails.",
        params: &[Param::required("first_word", Kind::Any, "the word; or a list that begins with it")],
        example: Example {
            params: r#"{"first_word": "owls"}"#,
            passes: &["Owls hoot. Owls hunt."],
            fails: &["Owls hoot. They hunt.", "Owls, they hoot."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        one_word("first_word", &params.first_word).map(|word| Self(word.to_lowercase()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let first = |sentence: &String| split(sentence).next().unwrap_or_default().to_lowercase();
            let other = rule_sentences(text).iter().map(first).find(|word| *word != self.0);
            fail_if_any(other.map(|word| format!("a sentence begins with `{word}`")))
        })
    }
}
