//! `keywords:keyword_specific_position`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;
use serde_json::Value;

use super::common::{SOURCE, one_word};
use crate::{
    ifeval::common::unless_blank,
    text::{rule_sentences::rule_sentences, words::words},
};

/// The keyword and its place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keyword: Value,
    n: u64,
    m: u64,
}

/// A keyword stands at a place.
pub struct KeywordSpecificPosition {
    keyword: String,
    n: u64,
    m: u64,
}

impl Checker for KeywordSpecificPosition {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "keywords:keyword_specific_position",
        summary: "The `m`th word of the `n`th sentence is `keyword`.",
        details: "Sentences are split by IFEval's rules (not Punkt's); words are those of NLTK's `word_tokenize`, \
                  punctuation among them. Case matters. A blank response fails.",
        params: &[
            Param::required("keyword", Kind::Any, "the word; or a list that begins with it"),
            Param::required("n", Kind::POSITIVE, "number of the sentence, from 1"),
            Param::required("m", Kind::POSITIVE, "number of the word in it, from 1"),
        ],
        example: Example {
            params: r#"{"keyword": "owl", "n": 2, "m": 4}"#,
            passes: &["Hush. See, the owl!"],
            fails: &["Hush. See the owl.", "See the owl."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        if params.n == 0 || params.m == 0 {
            return Err("`n` and `m` count from 1; 0 is before the first".into());
        }
        Ok(Self { keyword: one_word("keyword", &params.keyword)?, n: params.n, m: params.m })
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let (n, m) = (self.n, self.m);
            let at = |count: u64| usize::try_from(count - 1).unwrap_or(usize::MAX);
            let Some(sentence) = rule_sentences(text).into_iter().nth(at(n)) else {
                return Verdict::fail(format!("there is no sentence {n}"));
            };
            let Some(found) = words(&sentence).into_iter().nth(at(m)) else {
                return Verdict::fail(format!("sentence {n} has no word {m}"));
            };
            Verdict::pass_if(found == self.keyword, || format!("word {m} of sentence {n} is `{found}`"))
        })
    }
}
