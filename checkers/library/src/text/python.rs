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

/// `\b` between two characters.
pub(super) fn is_boundary(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(is_word) != after.is_some_and(is_word)
}

/// `\d`: decimal digits of any script.
#[must_use]
pub fn is_digit(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { within(DIGITS, c) }
}

/// The value of a decimal digit: each script's ten stand in a row.
#[must_use]
pub fn digit_value(c: char) -> Option<u32> {
    let code = u32::from(c);
    let after = DIGITS.partition_point(|&(first, _)| first <= code);
    let (first, last) = *DIGITS.get(after.checked_sub(1)?)?;
    (code <= last).then(|| (code - first) % 10)
}

/// `str.isalnum` for one character.
#[must_use]
pub fn is_alnum(c: char) -> bool {
    c != '_' && is_word(c)
}

/// `str.isalpha` for one character.
#[must_use]
pub fn is_alpha(c: char) -> bool {
    is_alnum(c) && !c.is_numeric()
}

/// `str.isdigit()`: decimal digits, and superscripts, circled digits and their like.
#[must_use]
pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| is_digit(c) || is_other_digit(c))
}

/// Digits that make up no decimal number.
#[rustfmt::skip]
fn is_other_digit(c: char) -> bool {
    matches!(c, '\u{b2}'..='\u{b3}' | '\u{b9}' | '\u{1369}'..='\u{1371}' | '\u{19da}' | '\u{2070}'
        | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' | '\u{2460}'..='\u{2468}'
        | '\u{2474}'..='\u{247c}' | '\u{2488}'..='\u{2490}' | '\u{24ea}' | '\u{24f5}'..='\u{24fd}'
        | '\u{24ff}' | '\u{2776}'..='\u{277e}' | '\u{2780}'..='\u{2788}' | '\u{278a}'..='\u{2792}'
        | '\u{10a40}'..='\u{10a43}' | '\u{10e60}'..='\u{10e68}' | '\u{11052}'..='\u{1105a}'
        | '\u{1f100}'..='\u{1f10a}')
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

/// `re.findall(r"\w+", text)`.
pub fn word_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c)).filter(|run| !run.is_empty())
}

/// `len(re.findall(r"\w+", text))`.
#[must_use]
pub fn count_words(text: &str) -> usize {
    let mut inside = false;
    let mut words = 0;
    let mut rest = text.as_bytes().iter().enumerate();
    while let Some((at, &byte)) = rest.next() {
        let word = if byte.is_ascii() {
            byte.is_ascii_alphanumeric() || byte == b'_'
        } else {
            // The rest of the character is passed over.
            let c = text[at..].chars().next().unwrap_or_default();
            rest.nth(c.len_utf8() - 2);
            is_word(c)
        };
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

/// Whether a text of ASCII has letters in upper and in lower case. No early end, so that sixteen bytes are looked at at once.
fn ascii_cases(text: &str) -> Option<(bool, bool)> {
    let (upper, lower, other) = text.bytes().fold((false, false, false), |(upper, lower, other), byte| {
        (upper | byte.is_ascii_uppercase(), lower | byte.is_ascii_lowercase(), other | !byte.is_ascii())
    });
    (!other).then_some((upper, lower))
}

/// `str.isupper()`: at least one upper-case character and none in lower or title case.
#[must_use]
pub fn is_upper(text: &str) -> bool {
    if let Some((upper, lower)) = ascii_cases(text) {
        return upper && !lower;
    }
    !text.chars().any(|c| is_lower_char(c) || is_title(c)) && text.chars().any(is_upper_char)
}

/// `str.islower()`: at least one lower-case character and none in upper or title case.
#[must_use]
pub fn is_lower(text: &str) -> bool {
    if let Some((upper, lower)) = ascii_cases(text) {
        return lower && !upper;
    }
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
        assert_eq!(word_runs("a_1 é-ß").collect::<Vec<_>>(), ["a_1", "é", "ß"]);
        assert_eq!((digit_value('٣'), digit_value('𝟡'), digit_value('²')), (Some(3), Some(9), None));
        assert!(is_digits("1٣②²") && !is_digits("1½") && !is_digits("") && is_alnum('½') && !is_alnum('_'));
        assert!(is_alpha('中') && is_alpha('ª') && !is_alpha('½') && !is_alpha('Ⅷ') && !is_alpha('1'));
        assert!(is_digit('٣') && !is_digit('²') && is_word('²') && !is_word('\u{301}'));
    }
}
