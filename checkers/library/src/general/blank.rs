//! What counts as nothing to read: no checker here accepts a text in which a reader sees nothing.

use fullmarks_checker_sdk::Verdict;
use unicode_normalization::char::{is_combining_mark, is_public_assigned};

/// The verdict on a text without anything to read.
pub(super) fn empty() -> Verdict {
    Verdict::fail("the text is empty")
}

/// Whether a reader sees nothing in the text.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_silent(c) || is_combining_mark(c))
}

/// Whether a character draws nothing, or nothing that has a meaning: invisible ones, controls, noncharacters, unassigned
/// code points, private use (as of the Unicode version of `unicode-normalization`) and the replacement characters.
pub(super) fn is_silent(c: char) -> bool {
    !c.is_ascii_graphic()
        && !c.is_whitespace()
        && (c.is_control() || is_invisible(c) || matches!(c, '\u{FFFC}' | '\u{FFFD}') || !is_public_assigned(c))
}

/// Whether a character draws nothing but may leave a gap that looks like a space: the empty braille cell and the Hangul
/// fillers.
pub(super) fn is_gap(c: char) -> bool {
    matches!(c, '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}')
}

/// Whether a character draws nothing: Unicode's `Default_Ignorable_Code_Point`, and the characters with an empty glyph
/// that stand in where those are filtered (the empty braille cell, the null notehead, the Khitan filler, controls of
/// annotations and hieroglyphs).
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{13430}'..='\u{1343F}' | '\u{16FE4}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D159}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_through_every_kind_of_nothing() {
        for text in [
            "",
            " \t\r\n",
            "\u{200B}\u{FEFF}",
            "\u{A0}\u{3000}",
            "\0\u{7}",
            "\u{2800}\u{E0041}",
            "\u{1D159}",
            "\u{16FE4}",
            "\u{FFFE}\u{10FFFF}\u{FDD0}",
            "\u{378}",
            "\u{E000}\u{F0000}",
            "\u{300}\u{20DD} \u{93E}",
            "\u{FFFD}",
            "\u{13430}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["a", " .", "e\u{300}", "🦉", "न\u{93F}"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
