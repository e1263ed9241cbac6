//! `change_case:capital_word_frequency`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{RELATION, Relation, SOURCE, unless_blank};
use crate::text::{
    punkt::sentences,
    python::{is_space, is_upper, is_word},
    words::tokenize,
};

/// How many words in capitals.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    capital_frequency: u64,
    capital_relation: Relation,
}

/// The response has enough words in capitals, or few enough.
pub struct CapitalWordFrequency(Params);

impl Checker for CapitalWordFrequency {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "change_case:capital_word_frequency",
        summary: "The response has less than, or at least, a number of words in capital letters.",
        details: "Words are the tokens of NLTK's `word_tokenize`; one counts if it has an upper-case letter and none \
                  in lower or title case. `I`, `A` and `X1` count, a hyphenated word counts once, `CANNOT` counts \
                  twice (`CAN`, `NOT`). A blank response fails.",
        params: &[
            Param::required("capital_frequency", Kind::COUNT, "the bound on the number of words"),
            Param::required("capital_relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"capital_frequency": 2, "capital_relation": "at least"}"#,
            passes: &["OWLS do hoot, I say.", "We CANNOT."],
            fails: &["OWLS do hoot.", "The WELL-KNOWN owl"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = in_capitals(text);
            self.0.capital_relation.verdict(found, self.0.capital_frequency, "words in capital letters")
        })
    }
}

/// How many words of a text are in capitals. What is between white space is counted by itself where it is one word and marks, and left
/// out where it cannot have a word in capitals: no rule for parting words looks at another letter than those of its own piece.
fn in_capitals(text: &str) -> usize {
    // No sentence has white space at its end.
    let (found, kept) = with_capitals(text.trim_end_matches(is_space));
    if kept.split(is_space).any(depends_on_sentences) {
        let of_sentence = |sentence| match with_capitals(sentence) {
            (_, kept) if kept.contains('\'') => count(sentence),
            (found, kept) => found + count(&kept),
        };
        sentences(text).into_iter().map(of_sentence).sum()
    } else {
        found + count(&kept)
    }
}

/// How many words of a sentence are in capitals.
fn count(sentence: &str) -> usize {
    if sentence.is_empty() {
        return 0;
    }
    tokenize(sentence).iter().filter(|word| is_upper(word)).count()
}

/// How many pieces of a text are one word in capitals, and the others that may have some, with the white space before and behind them.
fn with_capitals(text: &str) -> (usize, String) {
    let (mut found, mut kept) = (0, String::new());
    let (mut rest, mut before) = (text, 0);
    while rest.len() > before {
        let piece = rest[before..].find(is_space).map_or(rest.len(), |length| before + length);
        let after = rest[piece..].find(|c| !is_space(c)).map_or(rest.len(), |length| piece + length);
        if is_one_word(&rest[before..piece]) {
            found += 1;
        } else if may_have(&rest[before..piece]) {
            kept.push_str(&rest[..after]);
        }
        // What follows the next piece begins with the white space behind this one.
        rest = &rest[piece..];
        before = after - piece;
    }
    (found, kept)
}

/// Whether a piece is one word in capitals with marks around it.
fn is_one_word(piece: &str) -> bool {
    const JOINED: [&str; 6] = ["CANNOT", "GIMME", "GONNA", "GOTTA", "LEMME", "WANNA"];
    let is_mark = |c: char| c.is_ascii_punctuation() && c != '\'' && c != '_';
    let word = piece.trim_matches(is_mark);
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase()) && !JOINED.contains(&word)
}

/// Whether the letters of a piece may be parted otherwise where a sentence begins before or within it.
fn depends_on_sentences(piece: &str) -> bool {
    let after_end = piece.bytes().zip(piece.bytes().skip(1)).any(|(end, next)| {
        matches!(end, b'.' | b'?' | b'!') && !matches!(next, b'.' | b'?' | b'!') && !next.is_ascii_alphanumeric()
    });
    // A dot that ends a sentence is parted from what it follows, and letters behind an apostrophe only from what ends with them.
    after_end || piece.starts_with('\'') || piece.contains('\'') && piece.contains('.')
}

/// Whether a word in capitals may be in a text: a run of letters with one capital beside small letters is in none, wherever it is
/// parted, unless an apostrophe is next to it or other letters than ASCII's are in it.
fn may_have(text: &str) -> bool {
    let (mut capitals, mut small, mut other, mut apostrophe) = (0, 0, false, false);
    for c in text.chars().chain([' ']) {
        match c {
            'A'..='Z' => capitals += 1,
            'a'..='z' => small += 1,
            '\'' => {
                if capitals > 0 || other {
                    return true;
                }
                (small, other, apostrophe) = (0, false, true);
                continue;
            }
            c if c.is_ascii() && is_word(c) => {}
            // Quotation marks and dashes are no letters; whatever else is not ASCII's may be one.
            c if c.is_ascii() || matches!(c, '\u{2010}'..='\u{2027}') => {
                if capitals > 1 || capitals == 1 && (small == 0 || apostrophe) || other {
                    return true;
                }
                (capitals, small, other, apostrophe) = (0, 0, false, false);
            }
            _ => other = true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::words;
    use proptest::prelude::*;

    proptest! {
        /// Nothing is left out that parting every word finds.
        #[test]
        fn counts_what_all_words_have(text in "([A-Za-z'.,’“É-]{1,6}|CANNOT|Gonna|D'ye|'Tis|I|n't|NASA|\\. | |\n){0,24}") {
            let all = words(&text).iter().filter(|word| is_upper(word)).count();
            prop_assert_eq!(in_capitals(&text), all, "{:?}", text);
        }
    }
}
