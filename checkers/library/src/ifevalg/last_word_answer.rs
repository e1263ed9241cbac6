//! `last_word:last_word_answer`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, last_word};
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::python::strip,
};

/// The word.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    last_word: String,
}

/// The response ends with a word.
pub struct LastWordAnswer(String);

impl Checker for LastWordAnswer {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "last_word:last_word_answer",
        summary: "The last word is `last_word`.",
        details: "Words stand between white space, and punctuation is taken out of the last. Case does not matter. \
                  A blank response fails.",
        params: &[Param::required("last_word", Kind::Text, "the word")],
        example: Example {
            params: r#"{"last_word": "owls"}"#,
            passes: &["See the OWLS!"],
            fails: &["The owls hoot.", "owls !"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("last_word", &params.last_word)?;
        Ok(Self(strip(&params.last_word).to_lowercase()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = last_word(text);
            Verdict::pass_if(found == self.0, || format!("the last word is `{found}`"))
        })
    }
}
