//! `words:paragraph_last_first`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::{
        marks::strip_marks,
        python::{split, strip},
    },
};

/// Each paragraph ends with the word it begins with.
pub struct ParagraphLastFirst;

impl Checker for ParagraphLastFirst {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "words:paragraph_last_first",
        summary: "Each line ends with the word it begins with.",
        details: "Lines are lower-cased; words stand between white space, without ASCII punctuation at the ends of \
                  the line. Lines without words are skipped. A blank response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls hunt owls.\n\nMice?", "\"Owls see... OWLS!\""],
            fails: &["Owls hunt mice."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let broken = text.split('\n').find_map(|line| {
                let line = strip(line).to_lowercase();
                let mut words = split(strip_marks(&line));
                let first = words.next()?;
                let last = words.last().unwrap_or(first);
                (first != last).then(|| format!("a line begins with `{first}` and ends with `{last}`"))
            });
            fail_if_any(broken)
        })
    }
}
