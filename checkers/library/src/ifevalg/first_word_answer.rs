//! `first_word:first_word_answer`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::python::{split, strip},
};

/// The word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    first_word: String,
}

/// The response begins with a word.
pub struct FirstWordAnswer(String);

impl Checker for FirstWordAnswer {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "first_word:first_word_answer",
        summary: "The first word is `first_word`.",
        details: "Words stand between white space, with their punctuation. Case does not matter. A blank response \
                  fails.",
        params: &[Param::required("first_word", Kind::Text, "the word")],
        example: Example {
            params: r#"{"first_word": "owls"}"#,
            passes: &["OWLS hoot."],
            fails: &["Owls, they hoot.", "The owls"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("first_word", &params.first_word)?;
        Ok(Self(strip(&params.first_word).to_lowercase()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = split(text).next().unwrap_or_default();
            Verdict::pass_if(found.to_lowercase() == self.0, || format!("the first word is `{found}`"))
        })
    }
}
