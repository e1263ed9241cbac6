//! `words:odd_even_syllables`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{marks::plain_words, syllables::syllables},
};

/// Words of odd and even numbers of syllables alternate.
pub struct OddEvenSyllables;

impl Checker for OddEvenSyllables {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:odd_even_syllables",
        summary: "Words with an odd and with an even number of syllables alternate.",
        details: "Words are lower-cased, stand between white space and have no ASCII punctuation. Syllables are \
                  counted as the Python package `syllapy` does: by its dictionary, else by runs of vowels; a word \
                  with a digit in it has none, which is even. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hunting mice.", "Quiet owls listen"],
            fails: &["Owls hunt.", "Hunting table"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let words = plain_words(text);
            let odd: Vec<bool> = words.iter().map(|word| syllables(word) % 2 == 1).collect();
            let same = odd.windows(2).position(|pair| pair[0] == pair[1]);
            fail_if_any(same.map(|at| {
                let kind = if odd[at] { "odd" } else { "even" };
                format!("`{}` and `{}` both have an {kind} number of syllables", words[at], words[at + 1])
            }))
        })
    }
}
