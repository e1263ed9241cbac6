//! `length.min_paragraphs` and `length.max_paragraphs`.

use fullmarks_checker_sdk::{Doc, Example, Kind, Param};
use serde::Deserialize;

use super::{Unit, lines::lines};
use crate::general::blank::is_blank;

/// Paragraphs of text; as parameters, the limit on them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paragraphs {
    paragraphs: u64,
}

const DETAILS: &str = "Paragraphs are runs of lines separated by one or more blank lines (lines with nothing visible \
    on them). A single line break does not end a paragraph, and a heading or a code block with blank lines around it \
    is one. Line breaks are those of `length.max_lines`.";
const SOURCE: &str = "fullmarks";

impl Unit for Paragraphs {
    const NAME: &'static str = "paragraphs";
    const MIN: Doc = Doc {
        id: "length.min_paragraphs",
        summary: "The text has at least the given number of paragraphs.",
        details: DETAILS,
        params: &[Param::required("paragraphs", Kind::POSITIVE, "the smallest number of paragraphs that passes")],
        example: Example {
            params: r#"{"paragraphs": 3}"#,
            passes: &["a\n\nb\n\nc", "a\n \nb\n\n\n\nc\n"],
            fails: &["", "a\nb\nc", "a\n\nb"],
            prompt: "",
        },
        source: SOURCE,
    };
    const MAX: Doc = Doc {
        id: "length.max_paragraphs",
        summary: "The text has at most the given number of paragraphs, and is not empty.",
        details: DETAILS,
        params: &[Param::required("paragraphs", Kind::POSITIVE, "the largest number of paragraphs that passes")],
        example: Example {
            params: r#"{"paragraphs": 2}"#,
            passes: &["a\nb\n\nc\nd", "a\r\nb\r\nc"],
            fails: &["", "a\n\nb\n\nc"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn limit(&self) -> u64 {
        self.paragraphs
    }

    fn fewest(text: &str) -> usize {
        Self::most(text)
    }

    fn most(text: &str) -> usize {
        let mut inside = false;
        let starts = |line: &&str| {
            let before = core::mem::replace(&mut inside, !is_blank(line));
            inside && !before
        };
        lines(text).filter(starts).count()
    }
}
