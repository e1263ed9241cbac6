//! `length.min_lines` and `length.max_lines`.

use fullmarks_checker_sdk::{Doc, Example, Kind, Param};
use serde::Deserialize;

use super::Unit;
use crate::general::blank::is_blank;

/// Lines of text; as parameters, the limit on them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    lines: u64,
}

const DETAILS: &str = "Only lines with something on them count, so blank lines neither help to reach a minimum nor \
    use up a maximum. A line ends at any line break of Unicode: LF, CR, CR LF, vertical tab, form feed, next line \
    (U+0085), line or paragraph separator (U+2028, U+2029). Lines are not wrapped.";
const SOURCE: &str = "fullmarks; line breaks as in Unicode Standard Annex #14";

impl Unit for Lines {
    const NAME: &'static str = "lines";
    const MIN: Doc = Doc {
        id: "length.min_lines",
        summary: "The text has at least the given number of lines.",
        details: DETAILS,
        params: &[Param::required("lines", Kind::POSITIVE, "the smallest number of lines that passes")],
        example: Example {
            params: r#"{"lines": 3}"#,
            passes: &["a\nb\nc", "a\r\nb\n\nc\n"],
            fails: &["", "a\nb", "a\n\n\n", "a\n\u{2800}\n\u{E000}"],
            prompt: "",
        },
        source: SOURCE,
    };
    const MAX: Doc = Doc {
        id: "length.max_lines",
        summary: "The text has at most the given number of lines, and is not empty.",
        details: DETAILS,
        params: &[Param::required("lines", Kind::POSITIVE, "the largest number of lines that passes")],
        example: Example {
            params: r#"{"lines": 2}"#,
            passes: &["a\n\n\nb", "a"],
            fails: &["", "a\nb\nc", "a\u{2028}b\rc"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn limit(&self) -> u64 {
        self.lines
    }

    fn fewest(text: &str) -> usize {
        Self::most(text)
    }

    fn most(text: &str) -> usize {
        lines(text).filter(|line| !is_blank(line)).count()
    }
}

/// The lines of a text, blank ones included.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let whole = |line: &'_ str| line.len() - usize::from(line.ends_with('\r'));
    text.split('\n')
        .flat_map(move |line| line[..whole(line)].split(['\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}']))
}
