//! `combination:two_responses`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{NoParams, SOURCE, unless_blank};
use crate::text::python::strip;

/// The response is two different ones.
pub struct TwoResponses;

impl Checker for TwoResponses {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "combination:two_responses",
        summary: "The response consists of two different responses separated by `******`.",
        details: "The response is split at every six asterisks. A blank first or last part does not count; a blank \
                  part elsewhere fails. Exactly two parts must be left, and they must differ when stripped. A blank \
                  response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["One.\n******\nTwo.", "******One.******Two."],
            fails: &["One.", "One.******One. ", "A******B******C", "A************B"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let parts: Vec<&str> = text.split("******").map(strip).collect();
            if parts.len() > 2 && parts[1..parts.len() - 1].contains(&"") {
                return Verdict::fail("there is nothing between two separators");
            }
            let responses: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            match responses[..] {
                [first, second] => Verdict::pass_if(first != second, || "the two responses are the same".into()),
                _ => Verdict::fail(format!("found {} responses, exactly 2 wanted", responses.len())),
            }
        })
    }
}
