//! `ratio:sentence_balance`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::punkt::sentences,
};

/// As many sentences end in a dot as in a question and in an exclamation mark.
pub struct SentenceBalance;

impl Checker for SentenceBalance {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "ratio:sentence_balance",
        summary: "As many sentences end in a dot as in a question mark and as in an exclamation mark.",
        details: "Sentences are those of NLTK's Punkt; what ends otherwise counts as none, so that a response \
                  without any of them passes. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot. Why? They must!", "Owls"],
            fails: &["Owls hoot. Why?", "Owls hoot. Mice flee. Why? They must!"],
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
            let ending = |mark: char| sentences.iter().filter(|sentence| sentence.ends_with(mark)).count();
            let found = ['.', '?', '!'].map(ending);
            Verdict::pass_if(found[0] == found[1] && found[1] == found[2], || {
                format!("{} sentences end in a dot, {} in ?, {} in !", found[0], found[1], found[2])
            })
        })
    }
}
