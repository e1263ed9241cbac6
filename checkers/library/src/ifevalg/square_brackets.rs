//! `detectable_format:square_brackets`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::split,
};

/// Each word is in square brackets.
pub struct SquareBrackets;

impl Checker for SquareBrackets {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "detectable_format:square_brackets",
        summary: "Each word begins with `[` and ends with `]`.",
        details: "Words stand between white space, with their punctuation. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["[Owls] [hoot.]", "[a][b]"],
            fails: &["[Owls hoot]", "[Owls] [hoot]."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let bare = split(text).find(|word| !(word.starts_with('[') && word.ends_with(']')));
            fail_if_any(bare.map(|word| format!("`{word}` is not in square brackets")))
        })
    }
}
