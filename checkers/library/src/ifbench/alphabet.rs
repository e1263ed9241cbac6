//! `words:alphabet`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{marks::without_marks, python::split},
};

/// Each word begins with the next letter.
pub struct Alphabet;

impl Checker for Alphabet {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:alphabet",
        summary: "Each word begins with the letter after the one the word before it begins with; `a` follows `z`.",
        details: "Words stand between white space once ASCII punctuation is taken out. The first one may begin \
                  with any English letter; case does not matter. A response without words fails, as does a blank \
                  one.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls perch quietly.", "Yes, zebras -- all..."],
            fails: &["Owls hoot.", "1 owl", "?!"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = without_marks(text);
            let mut words = split(&text);
            let first =
                |word: &str| word.chars().next().map(|c| c.to_lowercase().collect::<String>()).unwrap_or_default();
            let Some(begin) = words.next().map(first) else { return Verdict::fail("there are no words") };
            let &[mut letter @ b'a'..=b'z'] = begin.as_bytes() else {
                return Verdict::fail("the first word begins with no English letter");
            };
            for word in words {
                letter = if letter == b'z' { b'a' } else { letter + 1 };
                if !word.to_lowercase().starts_with(char::from(letter)) {
                    return Verdict::fail(format!("`{word}` does not begin with {}", char::from(letter)));
                }
            }
            Verdict::Passed
        })
    }
}
