//! What counts as nothing to read: no checker here accepts a text in which a reader sees nothing.

use fullmarks_checker_sdk::Verdict;

/// The verdict on a text without anything to read.
pub(super) fn empty() -> Verdict {
    Verdict::fail("the text is empty")
}

/// Whether a reader sees nothing in the text.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// Whether a character draws nothing and takes no room of its own: Unicode's `Default_Ignorable_Code_Point`, and the
/// empty braille cell, which is the usual stand-in where those are filtered.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sees_through_every_kind_of_nothing() {
        for text in ["", " \t\r\n", "\u{200B}\u{FEFF}", "\u{A0}\u{3000}", "\0\u{7}", "\u{2800}\u{E0041}"] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["a", " .", "\u{300}", "🦉"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
