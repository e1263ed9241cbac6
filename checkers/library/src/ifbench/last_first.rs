//! `words:last_first`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{marks::is_mark, punkt::sentences, python::split},
};

/// Each sentence begins with the word the one before it ends with.
pub struct LastFirst;

impl Checker for LastFirst {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:last_first",
        summary: "Each sentence begins with the last word of the sentence before it.",
        details: "Sentences are those of NLTK's Punkt; words stand between white space, without ASCII punctuation \
                  before the first and after the last. Case does not matter. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hunt mice. Mice flee.", "One sentence."],
            fails: &["Owls hunt mice. They flee."],
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
            let broken = sentences.windows(2).find_map(|pair| {
                let last = split(pair[0].trim_end_matches(is_mark)).last().map(str::to_lowercase);
                let first = split(pair[1].trim_start_matches(is_mark)).next().map(str::to_lowercase);
                match (last, first) {
                    (Some(last), Some(first)) if last == first => None,
                    (Some(last), Some(first)) => Some(format!("`{first}` follows `{last}`")),
                    _ => Some("a sentence has no words".into()),
                }
            });
            fail_if_any(broken)
        })
    }
}
