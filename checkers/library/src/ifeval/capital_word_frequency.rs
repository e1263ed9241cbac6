//! `change_case:capital_word_frequency`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{RELATION, Relation, SOURCE, unless_blank};
use crate::text::{
    punkt::sentences,
    python::{is_upper, is_word},
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

/// How many words of a text are in capitals. Most sentences are seen to have none before their words are parted.
fn in_capitals(text: &str) -> usize {
    if !may_have(text) {
        return 0;
    }
    let parted = sentences(text).into_iter().filter(|sentence| may_have(sentence)).flat_map(tokenize);
    parted.filter(|word| is_upper(word)).count()
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
