//! `detectable_format:number_highlighted_sections`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{Relation, SOURCE, unless_blank};
use crate::text::python::strip;

/// How many highlights.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    num_highlights: u64,
}

/// The response highlights enough passages.
pub struct NumberHighlightedSections(Params);

impl Checker for NumberHighlightedSections {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "detectable_format:number_highlighted_sections",
        summary: "The response highlights at least a number of passages, *like this* or **like this**.",
        details: "Two searches are added up. The first counts `\\*[^\\n\\*]*\\*`, the second `\\*\\*[^\\n\\*]*\\*\\*`, each \
                  from left to right without overlaps and within a line, leaving out those with nothing but white \
                  space inside. Two asterisks at the end of one highlight therefore also begin an empty one in the \
                  first search. A blank response fails.",
        params: &[Param::required("num_highlights", Kind::COUNT, "smallest number of highlights")],
        example: Example {
            params: r#"{"num_highlights": 2}"#,
            passes: &["*one* and *two*", "**one** and **two**"],
            fails: &["*one* and ** **", "*one\ntwo* *three\nfour*"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        Ok(Self(params))
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let found = count(text, "*") + count(text, "**");
            Relation::AtLeast.verdict(found, self.0.num_highlights, "highlights")
        })
    }
}

/// Non-blank matches of mark, anything but asterisks and newlines, mark.
fn count(text: &str, mark: &str) -> usize {
    let (mut at, mut found) = (0, 0);
    while let Some(offset) = text[at..].find(mark) {
        let start = at + offset + mark.len();
        let end = text[start..].find(['*', '\n']).map_or(text.len(), |length| start + length);
        if text[end..].starts_with(mark) {
            found += usize::from(!strip(&text[start..end]).is_empty());
            at = end + mark.len();
        } else {
            at = start - mark.len() + 1;
        }
    }
    found
}
