//! `keywords:frequency`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{RELATION, Relation, SOURCE, not_blank, unless_blank};
use crate::text::{
    pattern::{Flags, Pattern},
    python::strip,
};

/// The keyword, and how often.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keyword: String,
    frequency: u64,
    relation: Relation,
}

/// The response contains a keyword often enough, or seldom enough.
pub struct Frequency {
    keyword: Pattern,
    frequency: u64,
    relation: Relation,
}

impl Checker for Frequency {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "keywords:frequency",
        summary: "The response contains a keyword less than, or at least, a number of times.",
        details: "The keyword is stripped and read as a regular expression of Python's `re`; its matches are counted \
                  from left to right without overlaps and without regard to case, also within longer words. \
                  Look-around and back references are refused. A blank response fails.",
        params: &[
            Param::required("keyword", Kind::Text, "the keyword"),
            Param::required("frequency", Kind::COUNT, "the bound on the number of times"),
            Param::required("relation", RELATION, "how the count relates to the bound"),
        ],
        example: Example {
            params: r#"{"keyword": "owl", "frequency": 2, "relation": "at least"}"#,
            passes: &["Owl meets owl.", "howling owls"],
            fails: &["One owl."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("keyword", &params.keyword)?;
        let keyword = Pattern::new(strip(&params.keyword), Flags { ignore_case: true, multiline: false })
            .map_err(|why| format!("`keyword`: {why}"))?;
        Ok(Self { keyword, frequency: params.frequency, relation: params.relation })
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| self.relation.verdict(self.keyword.count(text), self.frequency, "occurrences"))
    }
}
