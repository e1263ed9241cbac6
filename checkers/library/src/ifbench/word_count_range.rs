//! `count:word_count_range`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{ifeval::common::unless_blank, text::python::count_words};

/// The range.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    min_words: u64,
    max_words: u64,
}

/// The response has a number of words within a range.
pub struct WordCountRange(Params);

impl Checker for WordCountRange {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:word_count_range",
        summary: "The response has between `min_words` and `max_words` words, both included.",
        details: "A word is a longest run of `\\w` as Python's `re` understands it: letters, digits and \
                  underscores of any script. A blank response fails.",
        params: &[
            Param::required("min_words", Kind::COUNT, "the smallest number of words"),
            Param::required("max_words", Kind::COUNT, "the largest number of words"),
        ],
        example: Example {
            params: r#"{"min_words": 3, "max_words": 4}"#,
            passes: &["Owls hunt at night.", "It's re-used"],
            fails: &["Owls hunt.", "Owls hunt mice at night."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        if params.min_words > params.max_words {
            return Err(format!(
                "`min_words` is {} and `max_words` {}; the smallest number cannot be above the largest",
                params.min_words, params.max_words
            ));
        }
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = count_words(text) as u64;
            let Params { min_words, max_words } = self.0;
            Verdict::pass_if((min_words..=max_words).contains(&found), || {
                format!("found {found} words, {min_words} to {max_words} wanted")
            })
        })
    }
}
