//! `detectable_content:number_placeholders`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{Relation, SOURCE, unless_blank};

/// How many placeholders.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    num_placeholders: u64,
}

/// The response has enough placeholders.
pub struct NumberPlaceholders(Params);

impl Checker for NumberPlaceholders {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "detectable_content:number_placeholders",
        summary: "The response contains at least a number of placeholders in square brackets, such as [address].",
        details: "A placeholder is `[`, the shortest run of characters other than newlines, and `]`; it may be empty, \
                  and a second `[` inside belongs to it. A blank response fails.",
        params: &[Param::required("num_placeholders", Kind::COUNT, "smallest number of placeholders")],
        example: Example {
            params: r#"{"num_placeholders": 2}"#,
            passes: &["Dear [name], I live in [address]."],
            fails: &["Dear [name]", "[one\n] [[two]]"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = text.split('\n').map(count).sum();
            Relation::AtLeast.verdict(found, self.0.num_placeholders, "placeholders")
        })
    }
}

fn count(mut line: &str) -> usize {
    let mut found = 0;
    while let Some((_, rest)) = line.split_once('[').and_then(|(_, inside)| inside.split_once(']')) {
        found += 1;
        line = rest;
    }
    found
}
