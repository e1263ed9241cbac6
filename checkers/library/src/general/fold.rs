//! When two spellings are the same text, and when they merely look it.
//!
//! A text that is asked for is compared in canonical form: `é` equals `e` followed by a combining accent, and nothing
//! else is forgiven. A text that is forbidden is also searched for as a reader would see it, because a policy that is
//! punished for a word soon writes it with a zero-width space or a Cyrillic letter inside.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::{
    blank::{is_gap, is_invisible},
    rendered::rendered,
};
use crate::text::confusables::{Looks, looks_like};

/// What the documentation of a prohibition says about spelling.
macro_rules! disguises {
    () => {
        "The text is searched as it is, and as a reader sees it: with invisible characters (zero-width \
         spaces and joiners, soft hyphens, direction marks, variation selectors) removed; compatibility forms made \
         plain (full-width, mathematical, circled and ligature letters; Unicode NFKC), also small capitals and letters in filled circles, \
         squares and brackets; letters that look like Latin ones replaced by those (the confusables of Unicode's UTS #39; in a text that is mostly of \
         another script, only in words that have a Latin letter too); accents that make no letter (d\u{332}) removed, and all accents of a word \
         that has at least three, on half of its letters. Characters that may leave a gap (U+2800 and the Hangul \
         fillers) are removed in one search and spaces in another. The same is done with the text as it is rendered: without tags and comments of \
         HTML and the addresses of links and the marks of notes, with entities and escaped marks as what they stand for, without the marks of quotations, with text \
         between U+202E and its end turned round. Where the text has marks of Markdown emphasis or \
         code (* _ ` ~), each search is made once more without them, except for marks with white space on both sides, \
         underscores between letters or digits (`snake_case`) and single marks between digits (`2*3`). It does not see one added accent (d\u{E9}lve), \
         digits for letters (`b4d`), letters upside down, pictures of letters and other misspellings: they are different texts."
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
    let mut forms: Vec<String> = Vec::new();
    let mut add = |form: String| {
        if form != text && !forms.contains(&form) {
            forms.push(form);
        }
    };
    let shown = rendered(text);
    for text in [Some(text), shown.as_deref()].into_iter().flatten() {
        let mut of_text = vec![text.to_owned()];
        if !text.is_ascii() {
            let gaps = text.chars().any(is_gap).then(|| text.replace(is_gap, " "));
            for text in [Some(text), gaps.as_deref()].into_iter().flatten() {
                of_text.push(seen(text).into_owned());
                of_text.extend(alike(text));
            }
        }
        for form in of_text {
            if let Some(plain) = unmarked(&form) {
                add(plain.trim().to_owned());
            }
            add(form.trim().to_owned());
        }
    }
    forms
}

/// What a reader puts together: words broken at the end of a line, and words of four letters and more that are spelled out (`d-e-l-v-e`).
pub(super) fn joined(text: &str) -> String {
    const BETWEEN: &str = " -.·•_*/|,–—\n";
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric());
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        // A hyphen at the end of a line.
        if matches!(c, '-' | '‐') && at > 0 && letter(at - 1) && chars.get(at + 1) == Some(&'\n') {
            let next =
                chars[at + 2..].iter().position(|c| !matches!(c, ' ' | '\t')).map_or(chars.len(), |more| at + 2 + more);
            if letter(next) {
                at = next;
                continue;
            }
        }
        let alone = letter(at) && !(at > 0 && letter(at - 1)) && !letter(at + 1);
        let between = chars.get(at + 1).copied().filter(|mark| alone && BETWEEN.contains(*mark));
        let Some(mark) = between else {
            out.push(c);
            at += 1;
            continue;
        };
        let mut end = at;
        while chars.get(end + 1) == Some(&mark) && letter(end + 2) && !letter(end + 3) {
            end += 2;
        }
        if (end - at) / 2 + 1 < 4 {
            // The next letter may begin a word of its own: `a d-e-l-v-e`.
            out.push(c);
            at += 1;
            continue;
        }
        out.extend(chars[at..=end].iter().step_by(2));
        at = end + 1;
    }
    out
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

/// The text as a reader sees it, in plain letters.
pub(super) fn seen(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(visible(text).collect())
}

/// The same with all letters that look like Latin ones as those, for comparison with another such text.
pub(super) fn latinised(text: &str) -> String {
    visible(text).map(latin).collect()
}

fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_invisible(*c)).map(bracketed).nfkc().filter(|c| !is_invisible(*c))
}

/// The letter that is drawn within brackets, which NFKC would keep.
fn bracketed(c: char) -> char {
    let nth = |first: u32, letter: u8| char::from(letter + (u32::from(c) - first) as u8);
    match c {
        '\u{249C}'..='\u{24B5}' => nth(0x249C, b'a'),
        '\u{1F110}'..='\u{1F129}' => nth(0x1F110, b'A'),
        _ => c,
    }
}

/// The text with letters of any script as the Latin ones that they look like, and without accents that make no letter: with what looks
/// like a stroke as `l`, and where there is one, as `I`.
fn alike(text: &str) -> Vec<String> {
    let text: Vec<char> = visible(text).collect();
    // In a text of another script, a word may have letters of that script alone.
    let latin_letters = text.iter().filter(|c| c.is_ascii_alphabetic()).count();
    let other = |c: &&char| c.is_alphabetic() && !c.is_ascii() && looks(**c).is_none();
    let foreign = text.iter().filter(other).count() > latin_letters;
    let (mut small, mut large, mut strokes) = (String::new(), String::new(), false);
    let mut at = 0;
    while at < text.len() {
        let of_word = |c: &char| c.is_alphanumeric() || is_stray(*c) || looks(*c).is_some();
        let length = text[at..].iter().take_while(|c| of_word(c)).count();
        if length == 0 {
            small.push(text[at]);
            large.push(text[at]);
            at += 1;
            continue;
        }
        let word = &text[at..at + length];
        at += length;
        let accented = crowded(word);
        let word = accented.as_deref().unwrap_or(word);
        let keep = foreign && !word.iter().any(char::is_ascii_alphabetic);
        for &c in word.iter().filter(|c| !is_stray(**c)) {
            match looks(c).filter(|_| !keep) {
                None => {
                    small.push(c);
                    large.push(c);
                }
                Some(Looks::One('l')) => {
                    strokes = true;
                    small.push('l');
                    large.push('I');
                }
                Some(Looks::One(c)) => {
                    small.push(c);
                    large.push(c);
                }
                Some(Looks::Several(several)) => {
                    small.push_str(several);
                    large.push_str(several);
                }
            }
        }
    }
    if strokes { vec![small, large] } else { vec![small] }
}

fn looks(c: char) -> Option<Looks> {
    looks_like(c).or_else(|| Some(Looks::One(latin(c))).filter(|looks| *looks != Looks::One(c)))
}

/// A word without its accents, where it has at least three, on half of its letters: no language writes so.
fn crowded(word: &[char]) -> Option<Vec<char>> {
    let apart = || word.iter().copied().nfd();
    let (accents, letters) = (apart().filter(|c| is_stray(*c)).count(), apart().filter(|c| c.is_alphabetic()).count());
    (accents >= 3 && 2 * accents >= letters).then(|| apart().filter(|c| !is_stray(*c)).collect())
}

/// An accent, line or ring that is drawn on the letter before it.
fn is_stray(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
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
            assert!(seen(text) == "bad" || alike(text) == ["bad"], "{text:?}");
        }
        assert!(disguised("in\u{2800}conclusion").contains(&"in conclusion".to_owned()));
        assert!(disguised("d\u{3164}elve").contains(&"delve".to_owned()));
        assert_eq!(single_spaced("a \t\r\nb  c"), "a b c");
    }
}
