//! `length.min_characters` and `length.max_characters`.

use fullmarks_checker_sdk::{Doc, Example, Kind, Param};
use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    Unit,
    limit::{packed, spaced},
};

/// Characters of text; as parameters, the limit on them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Characters {
    characters: u64,
}

/// Most code points that count as one character: above those of any flag or family, below a heap of accents.
const CLUSTER: usize = 16;

const DETAILS: &str = "A character is what a reader takes for one: an extended grapheme cluster (UAX #29), so an \
    accented letter or an emoji with modifiers counts once however it is encoded. (A code point count would change \
    with the encoding of é.) Spaces and line breaks inside the text count, those at its ends do not; invisible \
    characters never do. For the maximum, though, characters that leave a gap (U+2800 and the Hangul fillers) count as \
    spaces, and a cluster of more than 16 code points counts once for every 16 begun; for the minimum, controls, \
    private use and unassigned code points do not count.";
const SOURCE: &str = "Unicode Standard Annex #29, docs.rs/unicode-segmentation";

impl Unit for Characters {
    const NAME: &'static str = "characters";
    const MIN: Doc = Doc {
        id: "length.min_characters",
        summary: "The text has at least the given number of characters.",
        details: DETAILS,
        params: &[Param::required("characters", Kind::POSITIVE, "the smallest number of characters that passes")],
        example: Example {
            params: r#"{"characters": 3}"#,
            passes: &["abc", "a b", "e\u{301}te\u{301}"],
            fails: &["", "ab", "a \n ", "a\u{200B}\u{200B}b"],
            prompt: "",
        },
        source: SOURCE,
    };
    const MAX: Doc = Doc {
        id: "length.max_characters",
        summary: "The text has at most the given number of characters, and is not empty.",
        details: DETAILS,
        params: &[Param::required("characters", Kind::POSITIVE, "the largest number of characters that passes")],
        example: Example {
            params: r#"{"characters": 2}"#,
            passes: &["ab", "e\u{301}", "  ab\n"],
            fails: &["", "abc", "a b", "a\u{2800}b"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn limit(&self) -> u64 {
        self.characters
    }

    fn fewest(text: &str) -> usize {
        packed(text.trim()).trim().graphemes(true).count()
    }

    fn most(text: &str) -> usize {
        let size = |cluster: &str| cluster.chars().count().div_ceil(CLUSTER);
        spaced(text, |_| false).trim().graphemes(true).map(size).sum()
    }
}
