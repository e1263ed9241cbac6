//! `words:start_verb`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{punkt::sentences, verb::is_verb, words::words},
};

/// The response begins with a verb.
pub struct StartVerb;

impl Checker for StartVerb {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:start_verb",
        summary: "The first word is a verb in any of its forms.",
        details: "The word is the first of NLTK's `word_tokenize`. It is a verb if Brill's lexicon, from the Brown \
                  corpus and the Wall Street Journal, tags it as one most often, or if the lexicon lacks it and it \
                  ends in -ing or -ed. The official checker asks NLTK's tagger instead, which errs at the beginning \
                  of sentences; docs/ifbench.md says how often they differ. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Listen to the owls.", "Whirring, they fly."],
            fails: &["Owls listen.", "\"Listen!\""],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let first = first_word(text);
            Verdict::pass_if(is_verb(&first), || format!("`{first}` is not taken for a verb"))
        })
    }
}

/// The first word; only the sentence it is in is split.
fn first_word(text: &str) -> String {
    let first = sentences(text).into_iter().find_map(|sentence| words(sentence).into_iter().next());
    first.unwrap_or_default()
}
