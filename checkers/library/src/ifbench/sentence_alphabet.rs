//! `custom:sentence_alphabet`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::punkt::sentences,
};

/// A sentence for each letter.
pub struct SentenceAlphabet;

impl Checker for SentenceAlphabet {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:sentence_alphabet",
        summary: "The response is 26 sentences whose first letters are a to z in order.",
        details: "Sentences are those of NLTK's Punkt; ASCII punctuation and white space before the first letter, \
                  and its case, do not matter. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &[
                "Awls hoot. Bwls hoot. Cwls hoot. Dwls hoot. Ewls hoot. Fwls hoot. Gwls hoot. Hwls hoot. Iwls hoot. Jwls hoot. Kwls hoot. Lwls hoot. Mwls hoot. Nwls hoot. Owls hoot. Pwls hoot. Qwls hoot. Rwls hoot. Swls hoot. Twls hoot. Uwls hoot. Vwls hoot. Wwls hoot. Xwls hoot. Ywls hoot. Zwls hoot.",
            ],
            fails: &[
                "Alone. Bored.",
                "Awls hoot. Bwls hoot. Cwls hoot. Dwls hoot. Ewls hoot. Fwls hoot. Gwls hoot. Hwls hoot. Iwls hoot. Jwls hoot. Kwls hoot. Lwls hoot. Mwls hoot. Nwls hoot. Owls hoot. Pwls hoot. Qwls hoot. Rwls hoot. Swls hoot. Twls hoot. Uwls hoot. Vwls hoot. Wwls hoot. Xwls hoot. Ywls hoot. Awls hoot.",
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
            if sentences.len() != 26 {
                return Verdict::fail(format!("found {} sentences, 26 wanted", sentences.len()));
            }
            let ignored = |c: char| c.is_ascii_punctuation() || matches!(c, ' ' | '\t'..='\r');
            let other = sentences.iter().zip('a'..='z').find(|(sentence, letter)| {
                let first = sentence.trim_start_matches(ignored).chars().next();
                !first.is_some_and(|c| c.to_lowercase().eq([*letter]))
            });
            fail_if_any(other.map(|(_, letter)| format!("the sentence for {letter} begins otherwise")))
        })
    }
}
