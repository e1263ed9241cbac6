//! `count:numbers`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::SOURCE;
use crate::{
    ifeval::common::unless_blank,
    text::{marks::without_marks, python::is_digit},
};

/// How many numbers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    #[serde(rename = "N")]
    n: u64,
}

/// The response has exactly so many numbers.
pub struct Numbers(Params);

impl Checker for Numbers {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "count:numbers",
        summary: "The response has exactly `N` numbers.",
        details: "A number is a longest run of decimal digits of any script once ASCII punctuation is taken out, \
                  so `1,000.50` is one, and so is `2024-01-05`. A blank response fails.",
        params: &[Param::required("N", Kind::COUNT, "the number of numbers")],
        example: Example {
            params: r#"{"N": 2}"#,
            passes: &["1 owl, 2 mice", "$1,000.50 in 2024"],
            fails: &["1 owl", "A 1, a 2, a 3"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let text = without_marks(text);
            let found = text.split(|c| !is_digit(c)).filter(|run| !run.is_empty()).count() as u64;
            Verdict::pass_if(found == self.0.n, || format!("found {found} numbers, exactly {} wanted", self.0.n))
        })
    }
}
