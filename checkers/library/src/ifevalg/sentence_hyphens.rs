//! `detectable_format:sentence_hyphens`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::rule_sentences::rule_sentences,
};

/// Sentences are joined by hyphens.
pub struct SentenceHyphens;

impl Checker for SentenceHyphens {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "detectable_format:sentence_hyphens",
        summary: "Sentences are connected by hyphens, without spaces around them.",
        details: "The response is split at each hyphen, and also into sentences by IFEval's rules (not Punkt's) \
                  with spaces in the place of hyphens; as many parts as there are of both must be the same, one by \
                  one. A response of one sentence passes. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hoot.-Mice flee.", "Owls hoot."],
            fails: &["Owls hoot. Mice flee.", "Owls hoot. - Mice flee.", "A well-known owl."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let sentences = rule_sentences(&text.replace('-', " "));
            let other = text.split('-').zip(&sentences).find(|(part, sentence)| part != sentence);
            fail_if_any(other.map(|(part, _)| format!("`{part}` between hyphens is not a sentence")))
        })
    }
}
