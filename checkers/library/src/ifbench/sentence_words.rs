//! `ratio:sentence_words`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{marks::plain_words, punkt::sentences, python::strip},
};

/// Three sentences of the same length, without a word twice.
pub struct SentenceWords;

impl Checker for SentenceWords {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "ratio:sentence_words",
        summary: "The response is three sentences of the same number of characters, and no word occurs twice.",
        details: "Sentences are those of NLTK's Punkt, stripped; words are lower-cased, stand between white space \
                  and have no ASCII punctuation. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot. Mice flee. Elks roar."],
            fails: &[
                "Owls hoot. Mice flee.",
                "Owls hoot. Mice fled away. Elks roar.",
                "Owls hoot. Owls flee. Elks roar.",
            ],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let sentences = sentences(text);
            if sentences.len() != 3 {
                return Verdict::fail(format!("found {} sentences, 3 wanted", sentences.len()));
            }
            let lengths: Vec<usize> = sentences.iter().map(|sentence| strip(sentence).chars().count()).collect();
            if lengths[1..] != [lengths[0]; 2] {
                return Verdict::fail(format!("the sentences have {lengths:?} characters"));
            }
            let mut words = plain_words(&sentences.join(" "));
            words.sort_unstable();
            let twice = words.windows(2).find(|pair| pair[0] == pair[1]);
            fail_if_any(twice.map(|pair| format!("`{}` occurs more than once", pair[0])))
        })
    }
}
