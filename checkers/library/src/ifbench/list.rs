//! `format:list`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, at_least};
use crate::ifeval::common::unless_blank;

/// The separator.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    sep: String,
}

/// A separator marks the items of a list.
pub struct List(Params);

impl Checker for List {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "format:list",
        summary: "The separator `sep` occurs at least twice.",
        details: "It may stand anywhere. A blank response fails.",
        params: &[Param::required("sep", Kind::Text, "what marks an item")],
        example: Example {
            params: r#"{"sep": "!?!?"}"#,
            passes: &["!?!? owls\n!?!? mice"],
            fails: &["- owls\n- mice", "!?!? owls"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        if params.sep.is_empty() {
            return Err("`sep` is empty; it needs at least one character".into());
        }
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| at_least(text.matches(&self.0.sep).count(), 2, "separators"))
    }
}
