//! When two spellings are the same text, and when they merely look it.
//!
//! A text that is asked for is compared in canonical form: `é` equals `e` followed by a combining accent, and nothing
//! else is forgiven. A text that is forbidden is also searched for as a reader would see it, because a policy that is
//! punished for a word soon writes it with a zero-width space or a Cyrillic letter inside.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::blank::{is_gap, is_invisible};

/// What the documentation of a prohibition says about spelling.
macro_rules! disguises {
    () => {
        "The text is searched as it is, and as a reader sees it, with invisible characters (zero-width \
         spaces and joiners, soft hyphens, direction marks, variation selectors) removed, compatibility forms made \
         plain (full-width, mathematical, circled and ligature letters; Unicode NFKC) and the common Cyrillic, Greek \
         and Armenian letters that look like Latin ones replaced by those. Characters that may leave a gap (U+2800 and the Hangul \
         fillers) are removed in one search and spaces in another. Where the text has marks of Markdown emphasis or \
         code (* _ ` ~), each search is made once more without them, except for marks with white space on both sides, \
         underscores between letters or digits (`snake_case`) and single marks between digits (`2*3`). Added accents, digits for letters (`b4d`) \
         and other misspellings are different texts."
    };
}
pub(super) use disguises;

/// Canonical form (NFC), in one case if `ignore_case`: two texts are the same if these are equal.
pub(super) fn canonical(text: &str, ignore_case: bool) -> Cow<'_, str> {
    match (text.is_ascii(), ignore_case) {
        (true, false) => Cow::Borrowed(text),
        (true, true) => Cow::Owned(text.to_ascii_lowercase()),
        (false, false) => Cow::Owned(text.nfc().collect()),
        // Changing case can leave a text that is no longer composed.
        (false, true) => Cow::Owned(text.nfc().flat_map(one_case).nfc().collect()),
    }
}

/// The forms in which a reader may see the text, besides the text itself.
pub(super) fn disguised(text: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if !text.is_ascii() {
        forms.push(seen(text).into_owned());
        if text.chars().any(is_gap) {
            forms.push(seen(&text.replace(is_gap, " ")).into_owned());
        }
    }
    let plain: Vec<String> = match forms.is_empty() {
        true => unmarked(text).into_iter().collect(),
        false => forms.iter().filter_map(|form| unmarked(form)).collect(),
    };
    forms.extend(plain);
    forms.iter().map(|form| form.trim().to_owned()).collect()
}

const MARKS: [char; 4] = ['*', '_', '`', '~'];

/// The text without marks of Markdown emphasis and code, if it has any.
fn unmarked(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(MARKS) {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let length = from.find(|c| !MARKS.contains(&c)).unwrap_or(from.len());
        let (marks, after) = from.split_at(length);
        let (left, right) = (text[..text.len() - from.len()].chars().next_back(), after.chars().next());
        let both = |test: fn(char) -> bool| left.is_some_and(test) && right.is_some_and(test);
        let alone = left.is_none_or(char::is_whitespace) && right.is_none_or(char::is_whitespace);
        let name = marks.chars().all(|c| c == '_') && both(char::is_alphanumeric);
        if alone || name || marks.len() == 1 && both(char::is_numeric) {
            out.push_str(marks);
        }
        rest = after;
    }
    out.push_str(rest);
    (out.len() < text.len()).then_some(out)
}

/// The text as a reader sees it.
pub(super) fn seen(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_invisible(*c)).nfkc().filter(|c| !is_invisible(*c)).map(latin).collect())
}

/// Every run of white space as one space, for a phrase broken over lines is still the phrase.
pub(super) fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !space {
            out.push(' ');
        }
        space = c.is_whitespace();
    }
    out
}

/// Up and down again, so that `ß` meets `SS` and both small sigmas meet.
fn one_case(c: char) -> impl Iterator<Item = char> {
    c.to_uppercase().flat_map(char::to_lowercase)
}

/// The Latin letter that a letter of another script cannot be told from.
fn latin(c: char) -> char {
    match c {
        'а' | 'ɑ' => 'a',
        'ϲ' | 'с' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'ɡ' | 'ց' => 'g',
        'һ' | 'հ' => 'h',
        'і' | 'ı' => 'i',
        'ј' | 'ϳ' => 'j',
        'ո' => 'n',
        'о' | 'ο' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' | 'զ' => 'q',
        'ѕ' => 's',
        'ս' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' => 'x',
        'у' => 'y',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' | 'Ӏ' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' | 'Օ' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ԛ' => 'Q',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Ս' => 'U',
        'Ԝ' => 'W',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' | 'Ү' => 'Y',
        'Ζ' => 'Z',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_equivalence_and_case() {
        assert_eq!(canonical("cafe\u{301}", false), "café");
        assert_eq!(canonical("STRASSE", true), canonical("Straße", true));
        assert_eq!(canonical("ΟΔΟΣ", true), canonical("οδος", true));
        assert_ne!(canonical("Owl", false), canonical("owl", false));
    }

    #[test]
    fn emphasis_is_removed_and_other_marks_stay() {
        for (text, plain) in [
            ("_important_", Some("important")),
            ("deli**ci**ous", Some("delicious")),
            ("*Sure*!", Some("Sure!")),
            ("`a` ~~b~~ ***c***", Some("a b c")),
            ("snake_case", None),
            ("* item\n- 2 * 3", None),
            ("2*3", None),
            ("***", None),
            ("plain", None),
        ] {
            assert_eq!(unmarked(text).as_deref(), plain, "{text}");
        }
    }

    #[test]
    fn disguises_are_seen_through() {
        for text in ["b\u{200B}ad", "ｂａｄ", "𝐛𝐚𝐝", "ⓑⓐⓓ", "b\u{AD}a\u{FEFF}d", "bа\u{34F}ԁ"] {
            assert_eq!(seen(text), "bad", "{text:?}");
        }
        assert!(disguised("in\u{2800}conclusion").contains(&"in conclusion".to_owned()));
        assert!(disguised("d\u{3164}elve").contains(&"delve".to_owned()));
        assert_eq!(single_spaced("a \t\r\nb  c"), "a b c");
    }
}
