//! `length.min_words` and `length.max_words`.

use fullmarks_checker_sdk::{Doc, Example, Kind, Param};
use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    Unit,
    limit::{packed, spaced},
};
use crate::general::blank::{is_gap, is_invisible, is_silent};

/// Words of text; as parameters, the limit on them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    words: u64,
}

const DETAILS: &str = "A word is a Unicode word (UAX #29 word boundaries) with at least one letter or digit: `don't`, \
    `x²` and `3.14` are one word each, `well-known` is two, punctuation and symbols are none. In scripts written without \
    spaces (Chinese, Japanese, Thai) most characters count as a word of their own. A text without any word fails. \
    Words are counted in two ways, and a maximum is held against the larger number, a minimum against the smaller. The \
    first is Unicode's: for the maximum, U+200B and the characters that leave a gap (U+2800 and the Hangul fillers) are \
    spaces and other invisible characters are removed; for the minimum, all of them are removed. The second is the \
    runs of letters, digits and their accents with anything else in between, so that `a.b_c:d` is four, invisible \
    characters for the maximum included (unless beside a letter of a script that writes with joiners, as Persian and \
    Hindi do). Runs are one word across an apostrophe if one of them has at most 3 letters (`don't`, `l'amour`; across \
    a second one only if a single letter stands between the two, `rock'n'roll`), across a full stop or comma between \
    two digits if each has at most 2 letters (`3.5`, `1,000`, `2.5kg`), and across the full stops of single letters \
    that end in one (`e.g.`, `U.S.A.`). Letters that look like marks (U+02BC, U+01C0, U+02D0, U+2160 and others) are \
    apostrophes here between letters of European scripts, and letters in words of their own script. For the minimum, a run with a script written without spaces counts Unicode's \
    words.";
const SOURCE: &str = "Unicode Standard Annex #29, docs.rs/unicode-segmentation";

impl Unit for Words {
    const NAME: &'static str = "words";
    const MIN: Doc = Doc {
        id: "length.min_words",
        summary: "The text has at least the given number of words.",
        details: DETAILS,
        params: &[Param::required("words", Kind::POSITIVE, "the smallest number of words that passes")],
        example: Example {
            params: r#"{"words": 3}"#,
            passes: &["one two three", "the well-known"],
            fails: &["", "one two", "one — two", "o\u{200B}n\u{200B}e"],
            prompt: "",
        },
        source: SOURCE,
    };
    const MAX: Doc = Doc {
        id: "length.max_words",
        summary: "The text has at most the given number of words, and is not empty.",
        details: DETAILS,
        params: &[Param::required("words", Kind::POSITIVE, "the largest number of words that passes")],
        example: Example {
            params: r#"{"words": 2}"#,
            passes: &["don't stop", "One.", "e.g. 3.5", "x² or", "H₂SO₄"],
            fails: &[
                "",
                "one two three",
                "...",
                "one.two_three",
                "one\u{2800}two\u{200B}three",
                "one\u{2060}two\u{AD}three",
                "one²two²three",
            ],
            prompt: "",
        },
        source: SOURCE,
    };

    fn limit(&self) -> u64 {
        self.words
    }

    fn fewest(text: &str) -> usize {
        let text = packed(text);
        let size = |run: &str| if run.contains(stands_alone) { run.unicode_words().count() } else { 1 };
        text.unicode_words().count().min(runs(&text, size))
    }

    fn most(text: &str) -> usize {
        let spaced = spaced(text, |c| c == '\u{200B}');
        separate(&spaced).max(runs(text, |_| 1))
    }
}

/// Unicode's words, with small numbers as a part of what they are written at: `x²`, `H₂SO₄`.
fn separate(text: &str) -> usize {
    let small = |piece: &str| piece.chars().all(|c| matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{209C}'));
    let (mut count, mut end, mut after_small) = (0, usize::MAX, false);
    for (start, piece) in text.unicode_word_indices() {
        let attached = start == end;
        let is_small = small(piece);
        // A longer word behind one is a word: small numbers are no way to join words.
        let part = attached && (is_small || after_small && piece.chars().nth(UNIT).is_none());
        count += usize::from(!part);
        (end, after_small) = (start + piece.len(), attached && is_small);
    }
    count
}

/// Adds up the size of every run of letters and digits; runs that make up one word count as the first of them.
fn runs(text: &str, size: impl Fn(&str) -> usize) -> usize {
    let mut total = 0;
    let mut last: Option<Run<'_>> = None;
    let mut at = 0;
    let begins = |c: char| c.is_alphanumeric() && !is_silent(c) && !is_mark(c);
    while let Some(start) = text[at..].find(begins).map(|skipped| at + skipped) {
        let end = start + length(&text[start..]);
        let run = &text[start..end];
        let joined = last.filter(|last| last.joins(&text[last.end..start], run, &text[end..]));
        if joined.is_none() {
            total += size(run);
        }
        let apostrophes =
            joined.is_some_and(|last| text[last.end..start].starts_with(|c| APOSTROPHES.contains(&c) || is_mark(c)));
        last = Some(Run { text: run, end, after_apostrophe: apostrophes });
        at = end;
    }
    total
}

const APOSTROPHES: [char; 2] = ['\'', '’'];

/// Most letters on the shorter side of an apostrophe within a word.
const SHORT: usize = 3;
/// Most letters beside the digits of a number (`2.5kg`, `v1.2`).
const UNIT: usize = 2;

/// A run of letters and digits, and where it ends.
#[derive(Clone, Copy)]
struct Run<'a> {
    text: &'a str,
    end: usize,
    /// Whether an apostrophe joins it to the run before.
    after_apostrophe: bool,
}

impl Run<'_> {
    /// Whether this run and the `next` are one word, with `between` between them and `rest` behind.
    fn joins(&self, between: &str, next: &str, rest: &str) -> bool {
        let mut between = between.chars();
        let (Some(mark), None) = (between.next(), between.next()) else { return false };
        // Neither side is read far beyond what decides, so that a long run costs nothing twice.
        let short = |run: &str, most| run.chars().filter(|c| c.is_alphanumeric()).nth(most).is_none();
        let digits = || {
            let few = |run: &str| run.chars().filter(|c| c.is_alphabetic()).nth(UNIT).is_none();
            self.text.ends_with(char::is_numeric) && next.starts_with(char::is_numeric) && few(self.text) && few(next)
        };
        match mark {
            _ if APOSTROPHES.contains(&mark) || is_mark(mark) => {
                (short(self.text, SHORT) || short(next, SHORT)) && (!self.after_apostrophe || short(self.text, 1))
            }
            ',' => digits(),
            '.' => digits() || (short(self.text, 1) && short(next, 1) && rest.starts_with('.')),
            _ => false,
        }
    }
}

/// The length of the run that a text starts with.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let inside = if is_silent(c) {
            let after = chars.peek().map_or(' ', |(_, after)| *after);
            is_invisible(c) && !is_gap(c) && c != '\u{200B}' && [before, after].into_iter().any(writes_with_joiners)
        } else if is_mark(c) {
            // In words of their own scripts they are letters.
            let after = text[at + c.len_utf8()..].chars().take(4).find(|c| !is_mark(*c));
            !(is_european(before) && after.is_none_or(is_european))
        } else {
            c.is_alphanumeric() || is_combining_mark(c)
        };
        if !inside {
            break;
        }
        before = c;
        end = at + c.len_utf8();
    }
    end
}

/// Whether a letter or digit looks like an apostrophe, a stroke, a dot or another mark that stands between words (UTS #39, and the letters that
/// are drawn as strokes or small and raised).
fn is_mark(c: char) -> bool {
    matches!(c, 'ª' | 'º' | '\u{1C0}'..='\u{1C3}' | '\u{2B9}'..='\u{2BF}' | '\u{2C8}' | '\u{2CA}'..='\u{2CB}' | '\u{2CC}'
        | '\u{2D0}'..='\u{2D1}' | '\u{2EC}' | '\u{2EE}' | '\u{559}' | '\u{640}' | '\u{7F4}'..='\u{7F5}' | '\u{7FA}' | '\u{1427}' | '\u{144A}'
        | '\u{16CC}' | '\u{2160}' | '\u{2170}' | '\u{217C}' | '\u{2D51}' | '\u{3033}'..='\u{3035}' | '\u{A4F8}'..='\u{A4FD}'
        | '\u{A788}' | '\u{A78B}'..='\u{A78C}' | '\u{A78F}' | '\u{E46}')
}

/// Whether a letter is of Latin, Greek, Cyrillic or Armenian script, or a digit.
fn is_european(c: char) -> bool {
    c.is_alphanumeric() && matches!(c, '\0'..='\u{58F}' | '\u{1C80}'..='\u{1C8F}' | '\u{1D00}'..='\u{1FFF}')
        || is_combining_mark(c) && c < '\u{370}'
}

/// Whether a letter is of a script whose spelling has invisible characters inside words: those from Hebrew to Vedic,
/// and the Indic and Arabic ones beyond.
fn writes_with_joiners(c: char) -> bool {
    c.is_alphanumeric()
        && matches!(c, '\u{590}'..='\u{1CFF}' | '\u{A800}'..='\u{ABFF}' | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}' | '\u{10A00}'..='\u{11FFF}')
        || is_combining_mark(c) && matches!(c, '\u{900}'..='\u{1CFF}')
}

/// Whether a letter is of a script written without spaces, where Unicode takes most letters for words.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1950}'..='\u{19DF}'
        | '\u{1A20}'..='\u{1AAF}' | '\u{2E80}'..='\u{2FDF}' | '\u{3005}'..='\u{9FFF}' | '\u{A9E0}'..='\u{A9FF}'
        | '\u{AA60}'..='\u{AADF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{16FE0}'..='\u{18DFF}'
        | '\u{1B000}'..='\u{1B2FF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_separator_hides_words() {
        for separator in [
            " ",
            "\u{A0}",
            "\u{2800}",
            "\u{3164}",
            "\u{FFA0}",
            "\u{115F}",
            "\u{1160}",
            "\u{200B}",
            "\u{2060}",
            "\u{AD}",
            "\u{200C}",
            "\u{200D}",
            "\u{34F}",
            "\u{FEFF}",
            "\u{FE0F}",
            "\u{E0020}",
            "\u{E000}",
            ".",
            "_",
            "'",
            "’",
            ":",
            "·",
            "‧",
            "＿",
            "․",
            "-",
            ",",
            ";",
            "\0",
            "\u{1D159}",
            "\u{16FE4}",
        ] {
            let text = ["council", "voted", "quickly", "about"].repeat(50).join(separator);
            assert_eq!(Words::most(&text), 200, "{separator:?}");
            assert!(Words::fewest(&text) <= 200, "{separator:?}");
        }
        assert_eq!(Words::most("a.b_c:d"), 4);
        assert_eq!(Words::most("the'cat'sat'on'the'mat"), 3);
    }

    #[test]
    fn honest_words_count_alike_in_both_ways() {
        for (text, words) in [
            ("don't", 1),
            ("rock'n'roll", 1),
            ("couldn’t’ve", 1),
            ("l'amour", 1),
            ("O'Brien's", 2),
            ("3.5", 1),
            ("1,000,000.50", 1),
            ("2.5kg", 1),
            ("v1.2", 1),
            ("e.g.", 1),
            ("the U.S.A.", 2),
            ("well-known", 2),
            ("café", 1),
            ("cafe\u{301}s", 1),
            ("One. Two, three!", 3),
            ("हिन्दी", 1),
            ("می\u{200C}خواهم", 1),
            ("क्\u{200D}ष", 1),
            ("猫は可愛い", 5),
            ("❤\u{FE0F} owls", 1),
            ("...", 0),
            ("\u{FEFF}owl", 1),
            ("שלום עולם", 2),
            ("한국어 문장", 2),
        ] {
            assert!(
                Words::most(text).abs_diff(words) <= usize::from(text == "O'Brien's"),
                "{text} most {}",
                Words::most(text)
            );
            assert!(
                Words::fewest(text) <= words && Words::fewest(text) + 1 >= words,
                "{text} fewest {}",
                Words::fewest(text)
            );
        }
    }

    #[test]
    fn letters_that_look_like_marks_part_words() {
        for mark in "\u{2BC}\u{2BB}\u{1C0}\u{2160}\u{A78C}\u{2D0}\u{AA}\u{640}\u{2B9}\u{2C8}\u{A4F8}\u{BA}".chars() {
            for between in [mark.to_string(), mark.to_string().repeat(2), format!("{mark}\u{2BC}")] {
                let text = ["council", "voted", "quickly", "about"].repeat(50).join(&between);
                assert_eq!(Words::most(&text), 200, "{between:?}");
            }
        }
        // In words of their own, they are letters; a short side makes one word, as with an apostrophe.
        for (text, words) in [
            ("Hawaiʻi", 1),
            ("ʻokina", 1),
            ("п'ять пʼять", 2),
            ("العـــربية", 1),
            ("コーヒー", 1),
            ("Mª", 1),
            ("ǃKung", 1),
            ("Nǀuu", 1),
        ] {
            assert_eq!(Words::most(text), words, "{text}");
        }
    }

    #[test]
    fn long_runs_cost_no_more_than_their_length() {
        for piece in ["a", "a'", "1.", "a.", "\u{301}", "a\u{200D}", "あ", "'", "\u{2800}"] {
            let text = piece.repeat(200_000);
            assert!(Words::fewest(&text) <= Words::most(&text), "{piece:?}");
        }
    }
}
