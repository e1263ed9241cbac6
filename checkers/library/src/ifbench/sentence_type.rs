//! `ratio:sentence_type`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::punkt::sentences,
};

/// Two sentences end in a dot for each that asks.
pub struct SentenceType;

impl Checker for SentenceType {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "ratio:sentence_type",
        summary: "Exactly twice as many sentences end in a dot as in a question mark.",
        details: "Sentences are those of NLTK's Punkt; what ends otherwise, with a quotation mark for example, \
                  counts as neither, so that a response without either passes. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot. Mice flee. Why?", "Owls hoot!"],
            fails: &["Owls hoot. Why?", "Owls hoot."],
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
            let (said, asked) = (ending('.'), ending('?'));
            Verdict::pass_if(said == 2 * asked, || {
                format!("{said} sentences end in a dot and {asked} in a question mark")
            })
        })
    }
}
