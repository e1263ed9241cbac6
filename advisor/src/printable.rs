//! Text that somebody else wrote, made fit to stand in ours: nothing in it moves a cursor, ends a line, shows nothing or turns
//! around what stands beside it. Imports nothing.

use std::{borrow::Cow, fmt::Write};

/// Whether a character is shown by its number: it controls, shows nothing, or changes the direction of what follows.
#[must_use]
pub fn is_odd(c: char) -> bool {
    c.is_control() || is_silent(c)
}

/// Characters that show nothing or change the direction of what follows. The two variation selectors of everyday emoji are not
/// among them.
#[must_use]
pub fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{13430}'..='\u{1345f}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// The text with the escape of Rust's literals in place of every odd character: `\n`, `\u{1b}`.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| show(c, &mut shown));
    Cow::Owned(shown)
}

/// The same, of which at most so many characters are kept, the mark of what is left out among them. What is beyond them is not
/// looked at.
#[must_use]
pub fn within(text: &str, most: usize) -> String {
    let mut shown = String::new();
    let (mut length, mut last) = (0, 0);
    for c in text.chars() {
        let before = shown.len();
        show(c, &mut shown);
        length += shown[before..].chars().count();
        if length > most {
            shown.truncate(last);
            shown.push('…');
            break;
        }
        // Where the mark goes if more follows.
        if length < most {
            last = shown.len();
        }
    }
    shown
}

fn show(c: char, into: &mut String) {
    match c {
        '\n' | '\r' | '\t' => into.extend(c.escape_default()),
        c if is_odd(c) => _ = write!(into, "{}", c.escape_unicode()),
        c => into.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_odd_is_shown_by_its_number() {
        for (text, shown) in [
            ("plain, naïve, 雪, ❤️", "plain, naïve, 雪, ❤️"),
            ("a\u{1b}[2J\u{7}b", "a\\u{1b}[2J\\u{7}b"),
            ("\u{202e}x\u{2066}\u{200f}", "\\u{202e}x\\u{2066}\\u{200f}"),
            ("one\nid\r\tx", "one\\nid\\r\\tx"),
            ("\u{9b}31m\u{85}\u{2028}\u{feff}", "\\u{9b}31m\\u{85}\\u{2028}\\u{feff}"),
            ("\u{e0041}\u{fe01}\u{34f}\u{fff9}", "\\u{e0041}\\u{fe01}\\u{34f}\\u{fff9}"),
        ] {
            assert_eq!(printable(text), shown);
            assert_eq!(printable(shown), shown, "once is enough");
        }
    }

    #[test]
    fn what_is_kept_has_a_limit_and_stays_as_it_is() {
        assert_eq!(within("12345", 5), "12345");
        assert_eq!(within("123456", 5), "1234…");
        assert_eq!(within("123\n5", 5), "123…");
        assert_eq!(within("", 5), "");
        for text in ["\u{1b}".repeat(3_000_000), "é".repeat(9), "a\u{202e}".repeat(4)] {
            let once = within(&text, 8);
            assert!(once.chars().count() <= 8, "{once}");
            assert_eq!(within(&once, 8), once);
        }
    }
}
