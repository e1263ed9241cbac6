//! Strings as Python's `str` and `re` see them, where Rust draws the lines elsewhere.

use super::unicode_tables::{DIGITS, LOWER, UPPER, WORD_CHARACTERS};

/// `str.isspace` for one character, which is also `\s`. Rust leaves out the four ASCII separators.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// `\w`: letters, everything with a numeric value, and the underscore, but no combining marks.
#[must_use]
pub fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { within(WORD_CHARACTERS, c) }
}

/// `\d`: decimal digits of any script.
#[must_use]
pub fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { within(DIGITS, c) }
}

fn within(ranges: &[(u32, u32)], c: char) -> bool {
    let c = u32::from(c);
    let after = ranges.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= ranges[after - 1].1
}

/// `str.strip()`.
#[must_use]
pub fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `str.split()`.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|part| !part.is_empty())
}

/// `len(re.findall(r"\w+", text))`.
#[must_use]
pub fn count_words(text: &str) -> usize {
    let mut inside = false;
    let mut words = 0;
    for c in text.chars() {
        let word = is_word(c);
        words += usize::from(word && !inside);
        inside = word;
    }
    words
}

/// `str.isupper` for one character.
#[must_use]
pub fn is_upper_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { within(UPPER, c) }
}

/// `str.islower` for one character.
#[must_use]
pub fn is_lower_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { within(LOWER, c) }
}

/// Whether a character is in title case, as in `ǅ`: neither upper nor lower.
fn is_title(c: char) -> bool {
    matches!(c, '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}' | '\u{1f88}'..='\u{1f8f}' | '\u{1f98}'..='\u{1f9f}'
        | '\u{1fa8}'..='\u{1faf}' | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}')
}

/// `str.isupper()`: at least one upper-case character and none in lower or title case.
#[must_use]
pub fn is_upper(text: &str) -> bool {
    !text.chars().any(|c| is_lower_char(c) || is_title(c)) && text.chars().any(is_upper_char)
}

/// `str.islower()`: at least one lower-case character and none in upper or title case.
#[must_use]
pub fn is_lower(text: &str) -> bool {
    !text.chars().any(|c| is_upper_char(c) || is_title(c)) && text.chars().any(is_lower_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Expected values from CPython 3.11.
    #[test]
    fn agrees_with_python() {
        assert_eq!(strip("\u{1c}\u{85} a\u{200b} \u{3000}\n"), "a\u{200b}");
        assert_eq!(split(" a\u{1f}b\u{a0}c ").collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(count_words("don't re-do naïve_1 नमस्ते x² Ⓐ 中文 ½"), 10);
        let cases = [("ABC 1", true, false), ("ABc", false, false), ("abc!", false, true), ("12", false, false)];
        for (text, upper, lower) in cases {
            assert_eq!((is_upper(text), is_lower(text)), (upper, lower), "{text}");
        }
        assert!(is_upper("Ⓐ") && is_lower("ª") && !is_upper("ǅA") && !is_lower("ǅa"));
        assert!(is_digit('٣') && !is_digit('²') && is_word('²') && !is_word('\u{301}'));
    }
}
