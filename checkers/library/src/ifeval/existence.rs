//! `keywords:existence`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{SOURCE, unless_blank};
use crate::text::pattern::{Flags, Pattern};

/// The keywords.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    keywords: Vec<String>,
}

/// The response contains all keywords.
pub struct Existence(Vec<(String, Pattern)>);

impl Checker for Existence {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "keywords:existence",
        summary: "The response contains every keyword.",
        details: "Each keyword is a regular expression of Python's `re`, searched for without regard to case; it may \
                  be part of a longer word. Look-around and back references are refused. A blank response fails.",
        params: &[Param::required("keywords", Kind::Texts, "the keywords")],
        example: Example {
            params: r#"{"keywords": ["owl", "night"]}"#,
            passes: &["Owls hunt at NIGHT.", "a fortnight of owls"],
            fails: &["Owls hunt in the dark."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        if params.keywords.is_empty() {
            return Err("`keywords` is empty; it needs at least one keyword".into());
        }
        let compile = |keyword: String| {
            if keyword.is_empty() {
                return Err("`keywords` contains an empty text, which every response contains".into());
            }
            let pattern = Pattern::new(&keyword, Flags { ignore_case: true, multiline: false });
            Ok((keyword, pattern.map_err(|why| format!("`keywords`: {why}"))?))
        };
        params.keywords.into_iter().map(compile).collect::<Result<_, String>>().map(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| match self.0.iter().find(|(_, pattern)| !pattern.is_match(text)) {
            None => Verdict::Passed,
            Some((keyword, _)) => Verdict::fail(format!("`{keyword}` is missing")),
        })
    }
}
