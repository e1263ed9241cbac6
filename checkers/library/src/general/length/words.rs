//! `length.min_words` and `length.max_words`.

use fullmarks_checker_sdk::{Doc, Example, Kind, Param};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::Unit;

/// Words of text; as parameters, the limit on them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    words: u64,
}

const DETAILS: &str = "A word is a Unicode word (UAX #29 word boundaries) with at least one letter or digit: `don't` \
    and `3.14` are one word each, `well-known` is two, punctuation and symbols are none. In scripts written without \
    spaces (Chinese, Japanese, Thai) most characters count as a word of their own. Invisible characters are removed \
    first. A text without any word fails.";
const SOURCE: &str = "Unicode Standard Annex #29, docs.rs/unicode-segmentation";

impl Unit for Words {
    const NAME: &'static str = "words";
    const MIN: Doc = Doc {
        id: "length.min_words",
        summary: "The text has at least the given number of words.",
        details: DETAILS,
        params: &[Param::required("words", Kind::POSITIVE, "the smallest number of words that passes")],
        example: Example {
            params: r#"{"words": 3}"#,
            passes: &["one two three", "the well-known"],
            fails: &["", "one two", "one — two", "o\u{200B}n\u{200B}e"],
            prompt: "",
        },
        source: SOURCE,
    };
    const MAX: Doc = Doc {
        id: "length.max_words",
        summary: "The text has at most the given number of words, and is not empty.",
        details: DETAILS,
        params: &[Param::required("words", Kind::POSITIVE, "the largest number of words that passes")],
        example: Example {
            params: r#"{"words": 2}"#,
            passes: &["don't stop", "One."],
            fails: &["", "one two three", "..."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn limit(&self) -> u64 {
        self.words
    }

    fn count(text: &str) -> usize {
        text.unicode_words().count()
    }
}
