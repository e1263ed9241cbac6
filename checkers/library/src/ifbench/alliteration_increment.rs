//! `sentence:alliteration_increment`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{marks::is_mark, punkt::sentences, python::split},
};

/// Each sentence alliterates more than the one before.
pub struct AlliterationIncrement;

impl Checker for AlliterationIncrement {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "sentence:alliteration_increment",
        summary: "Each sentence has more alliterative words than the one before it.",
        details: "Counts, in a sentence of NLTK's Punkt, the words in runs of two or more that begin with the same \
                  character, without regard to case and to ASCII punctuation before a word. The first sentence may \
                  have none. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hunt. Mad mice march.", "Owls hunt by big bats. Many mad mice march."],
            fails: &["Owls hunt. Bats fly.", "Mad mice march. Big bats bite."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let counts: Vec<usize> = sentences(text).into_iter().map(alliterative).collect();
            let not_more = counts.windows(2).find(|pair| pair[1] <= pair[0]);
            fail_if_any(
                not_more
                    .map(|pair| format!("a sentence with {} alliterative words follows one with {}", pair[1], pair[0])),
            )
        })
    }
}

/// How many words of a sentence stand in runs that begin alike.
fn alliterative(sentence: &str) -> usize {
    let sentence = sentence.to_lowercase();
    let firsts = split(&sentence).filter_map(|word| word.trim_start_matches(is_mark).chars().next());
    let firsts: Vec<char> = firsts.collect();
    firsts.chunk_by(|a, b| a == b).map(<[char]>::len).filter(|&length| length > 1).sum()
}
