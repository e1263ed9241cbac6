//! `length_constraints:number_paragraphs`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, unless_blank};
use crate::text::python::strip;

/// How many paragraphs.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    num_paragraphs: u64,
}

/// The response has exactly so many paragraphs.
pub struct NumberParagraphs(Params);

impl Checker for NumberParagraphs {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "length_constraints:number_paragraphs",
        summary: "The response has exactly a number of paragraphs separated by the divider `***`.",
        details: "The response is split at every `***`. A blank first or last part does not count; a blank part \
                  elsewhere fails the response, as in `******`. Blank lines separate nothing. A blank response fails.",
        params: &[Param::required("num_paragraphs", Kind::COUNT, "the number of paragraphs")],
        example: Example {
            params: r#"{"num_paragraphs": 2}"#,
            passes: &["One.\n***\nTwo.", "*** One. *** Two. ***"],
            fails: &["One.\n\nTwo.", "One.\n******\nTwo."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let blank: Vec<bool> = text.split("***").map(|part| strip(part).is_empty()).collect();
            if blank.len() > 2 && blank[1..blank.len() - 1].contains(&true) {
                return Verdict::fail("there is nothing between two dividers");
            }
            let found = blank.iter().filter(|blank| !**blank).count() as u64;
            Verdict::pass_if(found == self.0.num_paragraphs, || {
                format!("found {found} paragraphs, exactly {} wanted", self.0.num_paragraphs)
            })
        })
    }
}
