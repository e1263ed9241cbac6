//! `detectable_format:multiple_sections`

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Kind, Param, Verdict};
use serde::Deserialize;

use super::common::{Relation, SOURCE, not_blank, unless_blank};
use crate::text::{
    pattern::{Flags, Pattern},
    python::strip,
};

/// The word that begins a section, and how many sections.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Params {
    section_spliter: String,
    num_sections: u64,
}

/// The response has enough numbered sections.
pub struct MultipleSections {
    heading: Pattern,
    sections: u64,
}

impl Checker for MultipleSections {
    type Params = Params;

    const DOC: Doc = Doc {
        id: "detectable_format:multiple_sections",
        summary: "The response has at least a number of sections marked as in `Section 1`.",
        details: "Counts the matches of `\\s?WORD\\s?\\d+\\s?`, where WORD is `section_spliter`, stripped and read as a \
                  regular expression of Python's `re`; case matters. The numbers are not looked at. Each capturing \
                  group in the word counts every section once more, as in the official checker. A blank response fails.",
        params: &[
            Param::required("section_spliter", Kind::Text, "the word before each section's number"),
            Param::required("num_sections", Kind::COUNT, "smallest number of sections"),
        ],
        example: Example {
            params: r#"{"section_spliter": "Section", "num_sections": 2}"#,
            passes: &["Section 1\nOne.\nSection 2\nTwo."],
            fails: &["Section 1\nOne.", "SECTION 1\nOne.\nSECTION 2\nTwo."],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(params: Params) -> Result<Self, String> {
        not_blank("section_spliter", &params.section_spliter)?;
        let heading = format!(r"\s?{}\s?\d+\s?", strip(&params.section_spliter));
        let heading = Pattern::new(&heading, Flags::default()).map_err(|why| format!("`section_spliter`: {why}"))?;
        Ok(Self { heading, sections: params.num_sections })
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            // `re.split` also lists what the groups of the separator captured.
            let found = self.heading.count(text) * (1 + self.heading.groups());
            Relation::AtLeast.verdict(found, self.sections, "sections")
        })
    }
}
