//! The words Punkt looks at, and what it decides about each.

use std::borrow::Cow;

use super::{
    python::{is_digit, is_lower_char, is_space, is_upper_char, is_word},
    tables::find,
};

static ABBREVIATIONS: &str = include_str!("../../data/punkt_abbreviations.txt");
static COLLOCATIONS: &str = include_str!("../../data/punkt_collocations.txt");
static STARTERS: &str = include_str!("../../data/punkt_starters.txt");
static ORTHOGRAPHY: &str = include_str!("../../data/punkt_orthography.tsv");

/// Where a word was seen in training: inside a sentence in upper case; anywhere in upper case; at the beginning of a
/// sentence in lower case; anywhere in lower case.
const INSIDE_UPPER: u8 = 1 << 2;
const UPPER: u8 = 1 << 1 | 1 << 2 | 1 << 3;
const BEGINNING_LOWER: u8 = 1 << 4;
const LOWER: u8 = 1 << 4 | 1 << 5 | 1 << 6;

/// The type every number has.
const NUMBER: &str = "##number##";

/// A word or mark, with what its own form tells.
pub(super) struct Token<'a> {
    text: &'a str,
    ends_sentence: bool,
    abbreviation: bool,
    ellipsis: bool,
}

impl<'a> Token<'a> {
    fn new(text: &'a str) -> Self {
        let mut token = Self { text, ends_sentence: false, abbreviation: false, ellipsis: false };
        if matches!(text, "." | "?" | "!") {
            token.ends_sentence = true;
        } else if text.len() > 1 && text.bytes().all(|byte| byte == b'.') {
            token.ellipsis = true;
        } else if let Some(word) = text.strip_suffix('.').filter(|word| !word.ends_with('.')) {
            let word = word.to_lowercase();
            let last = word.rsplit('-').next().unwrap_or_default();
            token.abbreviation = find(ABBREVIATIONS, &word).is_some() || find(ABBREVIATIONS, last).is_some();
            token.ends_sentence = !token.abbreviation;
        }
        token
    }

    fn kind(&self) -> Cow<'static, str> {
        let lower = self.text.to_lowercase();
        let digits = lower.strip_prefix('-').unwrap_or(&lower);
        let digits = digits.strip_prefix(['.', ',']).unwrap_or(digits);
        let number =
            digits.starts_with(is_digit) && digits.chars().all(|c| is_digit(c) || matches!(c, ',' | '.' | '-'));
        if number { NUMBER.into() } else { lower.into() }
    }

    /// The type without the dot that ends the sentence.
    fn kind_without_break(&self) -> Cow<'static, str> {
        if self.ends_sentence { without_dot(self.kind()) } else { self.kind() }
    }

    fn first_is(&self, test: fn(char) -> bool) -> bool {
        self.text.chars().next().is_some_and(test)
    }

    /// One letter and a dot.
    fn is_initial(&self) -> bool {
        let mut chars = self.text.chars();
        matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if is_word(c) && !is_digit(c))
    }

    /// Whether a sentence ends with this token, given the next one: the second pass of the method.
    pub(super) fn breaks_before(&self, next: &Self) -> bool {
        if !self.text.ends_with('.') {
            return self.ends_sentence;
        }
        let kind = without_dot(self.kind());
        let next_kind = next.kind_without_break();
        if find(COLLOCATIONS, &format!("{kind} {next_kind}")).is_some() {
            return false;
        }
        let initial = self.is_initial();
        let context = find(ORTHOGRAPHY, &next_kind).and_then(|flags| flags.parse().ok()).unwrap_or_default();
        let begins = next.begins_sentence(context);
        let upper = next.first_is(is_upper_char);
        if (self.abbreviation || self.ellipsis) && !initial {
            return begins == Some(true) || upper && find(STARTERS, &next_kind).is_some();
        }
        if begins == Some(false) && (initial || kind == NUMBER) {
            return false;
        }
        if begins.is_none() && initial && upper && context & LOWER == 0 {
            return false;
        }
        self.ends_sentence
    }

    /// Whether the way this word is written says that it begins a sentence, if it says anything.
    fn begins_sentence(&self, context: u8) -> Option<bool> {
        if matches!(self.text, ";" | ":" | "," | "." | "!" | "?") {
            Some(false)
        } else if self.first_is(is_upper_char) && context & LOWER != 0 && context & INSIDE_UPPER == 0 {
            Some(true)
        } else if self.first_is(is_lower_char) && (context & UPPER != 0 || context & BEGINNING_LOWER == 0) {
            Some(false)
        } else {
            None
        }
    }
}

fn without_dot(kind: Cow<'static, str>) -> Cow<'static, str> {
    match kind.strip_suffix('.') {
        Some(rest) if !rest.is_empty() => rest.to_owned().into(),
        _ => kind,
    }
}

/// Splits a text into words, keeping dots with them, and marks.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    text.split('\n').flat_map(|line| {
        let mut rest = line;
        core::iter::from_fn(move || {
            rest = rest.trim_start_matches(is_space);
            let length = token_length(rest)?;
            let (token, after) = rest.split_at(length);
            rest = after;
            Some(Token::new(token))
        })
    })
}

fn token_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if let Some(length) = mark_length(text) {
        return Some(length);
    }
    if matches!(first, '(' | '"' | '`' | '{' | '[' | ':' | ';' | '&' | '#' | '*' | '@' | ')' | '}' | ']' | '-' | ',') {
        return Some(first.len_utf8());
    }
    let ends = |rest: &str| {
        let next = rest.chars().next();
        next.is_none_or(|c| is_space(c) || ends_word(c)) || mark_length(rest).is_some()
    };
    let end = text.char_indices().skip(1).find(|&(at, c)| {
        let rest = &text[at..];
        ends(rest) || c == ',' && ends(&rest[1..])
    });
    Some(end.map_or(text.len(), |(at, _)| at))
}

/// The length of a run of dashes or dots, or of dots with single spaces between them.
fn mark_length(text: &str) -> Option<usize> {
    let run = |mark: u8| text.bytes().take_while(|&byte| byte == mark).count();
    match text.as_bytes().first()? {
        b'-' => Some(run(b'-')).filter(|&length| length > 1),
        b'.' if run(b'.') > 1 => Some(run(b'.')),
        b'.' => {
            // `(?:\.\s){2,}\.`: the last dot that has no space behind it, or whose space no dot follows.
            let (mut length, mut dots) = (1, 1);
            loop {
                let mut rest = text[length..].chars();
                match (rest.next(), rest.next()) {
                    (Some(space), Some('.')) if is_space(space) => length += space.len_utf8() + 1,
                    _ => return (dots > 2).then_some(length),
                }
                dots += 1;
            }
        }
        _ => None,
    }
}

/// Characters that are no part of words wherever they stand.
pub(super) fn ends_word(c: char) -> bool {
    matches!(c, ')' | '"' | ';' | '}' | ']' | '*' | ':' | '@' | '\'' | '(' | '{' | '[' | '?' | '!')
}
