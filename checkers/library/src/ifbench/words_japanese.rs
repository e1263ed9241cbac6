//! `count:words_japanese`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::unless_blank,
    text::{
        marks::strip_marks,
        python::{is_digits, split},
    },
};

/// How many words apart.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    #[serde(rename = "N")]
    n: u64,
}

/// Every so manyth word is Japanese.
pub struct WordsJapanese(Params);

impl Checker for WordsJapanese {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:words_japanese",
        summary: "Every `N`th word has a Japanese character in it.",
        details: "Words stand between white space and are stripped of ASCII punctuation; those left empty or made \
                  of digits count in the order but may be anything. Japanese is Hiragana, Katakana and the \
                  ideographs U+4E00 to U+9FFF. A response of fewer than `N` words passes. A blank response fails.",
        params: &[Param::required("N", Kind::POSITIVE, "distance between Japanese words")],
        example: Example {
            params: r#"{"N": 3}"#,
            passes: &["The white ふくろう hoots 1 鳥!", "The 2 3"],
            fails: &["The white owl", "一 二 owl"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        if params.n == 0 {
            return Err("`N` is 0; it needs to be at least 1".into());
        }
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let japanese = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
            let nth = usize::try_from(self.0.n).unwrap_or(usize::MAX);
            let mut every = split(text).skip(nth - 1).step_by(nth).map(strip_marks);
            let other = every.find(|word| !word.is_empty() && !is_digits(word) && !word.contains(japanese));
            fail_if_any(other.map(|word| format!("`{word}` is not Japanese")))
        })
    }
}
