//! `detectable_format:bigram_wrapping`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::split,
};

/// Every two words are in double angular brackets.
pub struct BigramWrapping;

impl Checker for BigramWrapping {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "detectable_format:bigram_wrapping",
        summary: "Of every two words, the first begins with `<<` and the second ends with `>>`.",
        details: "Words stand between white space; an odd one at the end is not looked at. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["<<Owls hoot>> <<at night>>", "Hoot"],
            fails: &["Owls hoot", "<<Owls hoot>> at night"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let words: Vec<&str> = split(text).collect();
            let bare = words.chunks_exact(2).find(|pair| !(pair[0].starts_with("<<") && pair[1].ends_with(">>")));
            fail_if_any(bare.map(|pair| format!("`{} {}` is not wrapped", pair[0], pair[1])))
        })
    }
}
