//! What an answer is worth: a number, or what says one in another way.

use super::{
    base::based,
    dress::{composed, skip_any, undressed},
    expression::{Worked, evaluated},
    grammar::decimal,
    named::{led, named},
    signs::plain,
    spelled::spelled,
    things::Things,
    whole::{ABOUT, whole},
};
use num_rational::BigRational;
use num_traits::One;

/// The expected number, and how it is written.
pub(super) struct Expected {
    pub(super) value: BigRational,
    /// Its base, where that is named and another than ten: then an answer names it too.
    base: Option<u32>,
    /// Whether it is an expression.
    formula: bool,
}

/// Why nothing is read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is not one number that is understood.
    Other,
    /// The question's own numbers, with nothing worked out.
    Question,
}

impl Expected {
    /// What a data set gives.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (text, things) = (&*plain(text), Things::any());
        if let Some(value) = whole(text, &things) {
            return Some(Self { value, base: None, formula: false });
        }
        let text = bare(text);
        if let Some((value, base)) = based(text) {
            return Some(Self { value, base: Some(base).filter(|base| *base != 10), formula: false });
        }
        let spelled = spelled(text).map(|value| BigRational::from_integer(value.into()));
        let (value, formula) =
            spelled.map(|value| (value, false)).or_else(|| Some((evaluated(text, &things)?.value, true)))?;
        Some(Self { value, base: None, formula })
    }
}

/// Who reads an answer.
pub(super) struct Reading<'a> {
    pub(super) things: Things<'a>,
    pub(super) prompt: &'a str,
    pub(super) expected: &'a Expected,
}

impl Reading<'_> {
    /// The number that a text says. `math`: it stands where mathematics is written, so that `5!` is no joy about 5.
    pub(super) fn answer(&self, text: &str, math: bool) -> Result<BigRational, Unread> {
        let text = &*plain(text);
        if self.expected.base.is_none()
            && let Some(value) = whole(text, &self.things)
        {
            // The question has the number and asks for its factors, say.
            let given =
                self.expected.formula && value == self.expected.value && numbers(self.prompt).any(|one| one == value);
            return if given { Err(Unread::Question) } else { Ok(value) };
        }
        let math = math || ["$", "\\(", "\\["].iter().any(|open| text.trim_start().starts_with(open));
        let text = bare(text);
        if let Some((value, base)) = based(text) {
            return if base == self.expected.base.unwrap_or(10) { Ok(value) } else { Err(Unread::Other) };
        }
        if self.expected.base.is_some() || !math && text.trim_end_matches('.').ends_with('!') {
            return Err(Unread::Other);
        }
        if let Some(value) = spelled(text) {
            return Ok(BigRational::from_integer(value.into()));
        }
        let worked = evaluated(text, &self.things).ok_or(Unread::Other)?;
        if !self.expected.formula && self.asks(text, &worked) { Err(Unread::Question) } else { Ok(worked.value) }
    }

    /// Whether the question has the expression, or all numbers of a sum or product.
    fn asks(&self, text: &str, worked: &Worked) -> bool {
        let neutral = |number: &BigRational| number.numer() == &0.into() || number.is_one();
        let mut counted = worked.numbers.iter().filter(|number| !neutral(number)).peekable();
        if self.prompt.is_empty() || counted.peek().is_none() {
            return false;
        }
        let given: Vec<BigRational> = numbers(self.prompt).collect();
        worked.simple && counted.all(|number| given.contains(number)) || contains(&spare(self.prompt), &spare(text))
    }
}

/// Without what typesets it, leads to it or names it.
fn bare(text: &str) -> &str {
    let text = undressed(led(undressed(composed(text))));
    let text = undressed(skip_any(undressed(named(text)), &ABOUT));
    text.strip_suffix(['.', ',', ';', '。']).unwrap_or(text).trim_end()
}

/// The numbers of a text.
fn numbers(text: &str) -> impl Iterator<Item = BigRational> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find(|c: char| c.is_ascii_digit())?..];
            let read = decimal(rest);
            let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            rest = read.as_ref().map_or(digits, |(_, rest)| rest);
            if let Some((value, _)) = read {
                return Some(value);
            }
        }
    })
}

/// An expression without what can be written in several ways.
fn spare(text: &str) -> String {
    let mut spare = plain(text).into_owned();
    for (from, to) in
        [("\\left", ""), ("\\right", ""), ("\\times", "*"), ("\\cdot", "*"), ("\\div", "/"), ("\\dfrac", "\\frac")]
    {
        spare = spare.replace(from, to);
    }
    for space in ["\\,", "\\!", "\\;", "\\:", "\\ ", "~", "$", "{", "}"] {
        spare = spare.replace(space, "");
    }
    let sign = |c: char| match c {
        '×' | '·' | '⋅' => '*',
        '÷' => '/',
        '−' => '-',
        _ => c,
    };
    spare.chars().filter(|c| !c.is_whitespace()).map(sign).collect()
}

/// Whether a text has an expression that no digit or point goes on with.
fn contains(text: &str, expression: &str) -> bool {
    let on = |c: char| c.is_ascii_digit();
    !expression.is_empty()
        && text.match_indices(expression).any(|(at, found)| {
            let (before, after) = (&text[..at], &text[at + found.len()..]);
            !before.ends_with(on) && !after.starts_with(on) && !before.ends_with('.')
        })
}
