//! `custom:multiples`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::SOURCE;
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::is_digit,
};

/// The multiples of 7 from 14 to 49.
pub struct Multiples;

impl Checker for Multiples {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "custom:multiples",
        summary: "The numbers of the response are 14, 21, 28, 35, 42 and 49, in this order.",
        details: "Numbers are longest runs of decimal digits; everything else is overlooked. A blank response \
                  fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["14, 21, 28, 35, 42, 49", "14 21 28\n35 42 49."],
            fails: &["7, 14, 21, 28, 35, 42, 49", "14, 21"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let numbers = text.split(|c| !is_digit(c)).filter(|run| !run.is_empty());
            Verdict::pass_if(numbers.eq(["14", "21", "28", "35", "42", "49"]), || "the numbers are others".into())
        })
    }
}
