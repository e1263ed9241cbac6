//! `sentence:increment`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::unless_blank,
    text::{marks::without_marks, punkt::sentences, python::split},
};

/// By how many words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    small_n: u64,
}

/// Each sentence is longer by a number of words.
pub struct Increment(Params);

impl Checker for Increment {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "sentence:increment",
        summary: "Each sentence has exactly `small_n` more words than the one before it.",
        details: "Sentences are those of NLTK's Punkt; words stand between white space once ASCII punctuation is \
                  taken out. A blank response fails.",
        params: &[Param::required("small_n", Kind::COUNT, "by how many words")],
        example: Example {
            params: r#"{"small_n": 1}"#,
            passes: &["Owls hoot. Owls hoot loudly.", "Owls."],
            fails: &["Owls hoot. Mice flee."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let counts = sentences(text).into_iter().map(|sentence| split(&without_marks(sentence)).count() as u64);
            let counts: Vec<u64> = counts.collect();
            let other = counts.windows(2).find(|pair| pair[0].checked_add(self.0.small_n) != Some(pair[1]));
            fail_if_any(other.map(|pair| {
                format!("a sentence of {} words follows one of {}, {} more wanted", pair[1], pair[0], self.0.small_n)
            }))
        })
    }
}
