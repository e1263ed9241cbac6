//! `length.min_sentences` and `length.max_sentences`.

use fullmarks_checker_sdk::{Doc, Example, Kind, Param};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    Unit,
    limit::{packed, spaced},
};

/// Sentences of text; as parameters, the limit on them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    sentences: u64,
}

const DETAILS: &str = "A sentence is a Unicode sentence (UAX #29 sentence boundaries) with at least one letter or \
    digit. A line break ends a sentence, so headings and list items count as one each; a full stop before a small \
    letter or a digit does not (`e.g. this`, `3.14`), a full stop before a capital does, after an abbreviation too \
    (`Mr. Owl` is two). White space is made single and long runs of punctuation are shortened first. Invisible \
    characters are removed; for the maximum, U+200B and those that leave a gap (U+2800 and the Hangul fillers) are \
    spaces.";
const SOURCE: &str = "Unicode Standard Annex #29, docs.rs/unicode-segmentation";

impl Unit for Sentences {
    const NAME: &'static str = "sentences";
    const MIN: Doc = Doc {
        id: "length.min_sentences",
        summary: "The text has at least the given number of sentences.",
        details: DETAILS,
        params: &[Param::required("sentences", Kind::POSITIVE, "the smallest number of sentences that passes")],
        example: Example {
            params: r#"{"sentences": 3}"#,
            passes: &["One. Two! Three?", "一。二。三。"],
            fails: &["", "One. Two.", "one, two, three", "Pi is 3.14."],
            prompt: "",
        },
        source: SOURCE,
    };
    const MAX: Doc = Doc {
        id: "length.max_sentences",
        summary: "The text has at most the given number of sentences, and is not empty.",
        details: DETAILS,
        params: &[Param::required("sentences", Kind::POSITIVE, "the largest number of sentences that passes")],
        example: Example {
            params: r#"{"sentences": 2}"#,
            passes: &["One. Two.", "One, e.g. this.", "Heading\nText."],
            fails: &["", "One. Two. Three.", "One.\u{2800}Two.\u{200B}Three.", "a\nb\nc", "?!"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn limit(&self) -> u64 {
        self.sentences
    }

    fn fewest(text: &str) -> usize {
        shortened(&packed(text)).unicode_sentences().count()
    }

    fn most(text: &str) -> usize {
        shortened(&spaced(text, |c| c == '\u{200B}')).unicode_sentences().count()
    }
}

/// Longest run of punctuation left at either end of a longer one.
const RUN: usize = 8;

/// The text with single white space and no long runs of punctuation. At every place after a full stop, the rules look
/// ahead for a small letter; a long run of spaces or brackets there would cost time quadratic in its length.
fn shortened(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let class = class(first);
        let end = rest.find(|c| self::class(c) != class).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        match class {
            Class::Text => out.push_str(run),
            Class::Space if run.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) => out.push('\n'),
            Class::Space => out.push(' '),
            Class::Other => match run.char_indices().nth(RUN).zip(run.char_indices().nth_back(RUN - 1)) {
                Some(((left, _), (right, _))) if left < right => {
                    out.push_str(&run[..left]);
                    out.push_str(&run[right..]);
                }
                _ => out.push_str(run),
            },
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Text,
    Space,
    Other,
}

fn class(c: char) -> Class {
    if c.is_alphanumeric() {
        Class::Text
    } else if c.is_whitespace() {
        Class::Space
    } else {
        Class::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortening_keeps_short_runs_and_both_ends_of_long_ones() {
        assert_eq!(shortened("a  b \n\n c... \"d\"?!"), "a b\nc... \"d\"?!");
        assert_eq!(shortened("a-=-=-=-=-=-=-=-=-=-=!b"), "a-=-=-=-==-=-=-=!b");
        assert_eq!(shortened("a)))))))))))))))).b").len(), 18);
    }

    #[test]
    fn long_runs_cost_no_more_than_their_length() {
        for run in [" ", ")", ")]", "\u{301}", "\n", ".\u{300})"] {
            let text = format!("One.{}two", run.repeat(200_000));
            assert!((1..=2).contains(&Sentences::most(&text)), "{run:?}");
        }
    }
}
