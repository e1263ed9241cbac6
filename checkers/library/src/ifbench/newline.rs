//! `format:newline`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{
        marks::without_marks,
        python::{split, strip},
    },
};

/// Each word stands on a line of its own.
pub struct Newline;

impl Checker for Newline {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:newline",
        summary: "There are as many lines as words.",
        details: "ASCII punctuation is taken out first; words stand between white space, and empty lines do not \
                  count, though lines of spaces do. A response of punctuation alone passes. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls\nhoot.", "Owls\n\n-\nhoot"],
            fails: &["Owls hoot.", "Owls\n \nhoot"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = without_marks(text);
            let (words, lines) =
                (split(&text).count(), strip(&text).split('\n').filter(|line| !line.is_empty()).count());
            Verdict::pass_if(words == lines, || format!("{words} words stand on {lines} lines"))
        })
    }
}
