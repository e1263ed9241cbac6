//! `words:keywords_specific_position`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::{not_blank, unless_blank},
    text::{
        punkt::sentences,
        python::{is_alnum, strip},
        words::words,
    },
};

/// The keyword and its place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keyword: String,
    n: u64,
    m: u64,
}

/// A keyword stands at a place.
pub struct KeywordsSpecificPosition(Params);

impl Checker for KeywordsSpecificPosition {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "words:keywords_specific_position",
        summary: "The `m`th word of the `n`th sentence is `keyword`.",
        details: "Sentences are those of NLTK's Punkt, words those of its `word_tokenize` that have a letter or \
                  digit in them. Case does not matter. A blank response fails.",
        params: &[
            Param::required("keyword", Kind::Text, "the word"),
            Param::required("n", Kind::POSITIVE, "number of the sentence, from 1"),
            Param::required("m", Kind::POSITIVE, "number of the word in it, from 1"),
        ],
        example: Example {
            params: r#"{"keyword": "owl", "n": 2, "m": 3}"#,
            passes: &["Hush. See, the owl!"],
            fails: &["Hush. See the white owl.", "See the owl."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("keyword", &params.keyword)?;
        if params.n == 0 || params.m == 0 {
            return Err("`n` and `m` count from 1; 0 is before the first".into());
        }
        Ok(Self(Params { keyword: strip(&params.keyword).to_owned(), ..params }))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let (n, m) = (self.0.n, self.0.m);
            let at = |count: u64| usize::try_from(count - 1).unwrap_or(usize::MAX);
            let Some(&sentence) = sentences(text).get(at(n)) else {
                return Verdict::fail(format!("there is no sentence {n}"));
            };
            let found = words(sentence).into_iter().filter(|word| word.contains(is_alnum)).nth(at(m));
            let Some(found) = found else { return Verdict::fail(format!("sentence {n} has no word {m}")) };
            Verdict::pass_if(found.to_lowercase() == self.0.keyword.to_lowercase(), || {
                format!("word {m} of sentence {n} is `{found}`")
            })
        })
    }
}
