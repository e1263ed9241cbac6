//! `words:words_position`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::{
        python::{is_alnum, strip},
        words::words,
    },
};

/// The keyword.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keyword: String,
}

/// The second word and the last but one are a keyword.
pub struct WordsPosition(String);

impl Checker for WordsPosition {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "words:words_position",
        summary: "The second word and the last but one are `keyword`.",
        details: "Words are those of NLTK's `word_tokenize` that have a letter or digit in them. Case does not \
                  matter. A blank response fails.",
        params: &[Param::required("keyword", Kind::Text, "the word")],
        example: Example {
            params: r#"{"keyword": "owl"}"#,
            passes: &["An owl sees an owl fly.", "The Owl hoots."],
            fails: &["An owl sees a bat.", "Owl"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("keyword", &params.keyword)?;
        Ok(Self(strip(&params.keyword).to_lowercase()))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let words: Vec<String> = words(text).into_iter().filter(|word| word.contains(is_alnum)).collect();
            let [_, second, ..] = words.as_slice() else { return Verdict::fail("there are fewer than two words") };
            let last_but_one = &words[words.len() - 2];
            Verdict::pass_if([second, last_but_one].iter().all(|word| word.to_lowercase() == self.0), || {
                format!("the second word is `{second}` and the last but one `{last_but_one}`")
            })
        })
    }
}
