//! `count:lowercase_counting`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{ifeval::common::unless_blank, text::python::word_runs};

/// How many.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    #[serde(rename = "N")]
    n: u64,
}

/// Few enough words are in lower case.
pub struct LowercaseCounting(Params);

impl Checker for LowercaseCounting {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:lowercase_counting",
        summary: "At most `N` words are all in lower case.",
        details: "A word is letters from a to z with nothing of a word (`\\w`) on either side, so that `don't` is \
                  two and `naïve` none. A blank response fails.",
        params: &[Param::required("N", Kind::COUNT, "largest number of words in lower case")],
        example: Example {
            params: r#"{"N": 2}"#,
            passes: &["OWLS hoot at NIGHT", "A b2b naïve"],
            fails: &["owls hoot at night", "don't go"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found =
                word_runs(text).filter(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())).count() as u64;
            Verdict::pass_if(found <= self.0.n, || {
                format!("found {found} words in lower case, at most {} wanted", self.0.n)
            })
        })
    }
}
