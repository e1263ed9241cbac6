//! Texts with nothing to read in them.

use regex::Regex;
use std::sync::LazyLock;

/// White space, control characters, and what Unicode says to display as nothing (zero-width characters, fillers, tags);
/// besides, the blank Braille pattern, which has no ink.
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\A[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u{2800}]*\z").expect("a fixed pattern")
});

/// Whether nothing in the text can be read.
pub(super) fn is_blank(text: &str) -> bool {
    BLANK.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_through_what_shows_nothing() {
        for text in
            ["", " \n\t", "\u{200b}", "\u{feff}\u{2060}\u{00ad}", "\u{3164}\u{2800}", "\u{e0041}\u{fe0f}", "\0\u{1b}"]
        {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["a", ".", " \u{200b}x", "é", "雪", "🦉"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
