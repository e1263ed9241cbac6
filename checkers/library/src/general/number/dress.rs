//! What typesets an answer and says nothing: mathematics, Markdown's emphasis, braces, and units behind it.

use super::{
    things::Things,
    words::{hedges, known, scales, unit_text},
};
use crate::general::blank::is_silent;

/// Signs of currencies, which are not looked at.
pub(super) const CURRENCIES: [&str; 6] = ["\\$", "$", "€", "£", "¥", "₹"];

/// What may follow a number and is not looked at, besides units.
const SUFFIXES: [&str; 8] = ["\\%", "%", "^{\\circ}", "^\\circ", "^{\\degree}", "\\degree", "°", "\\!"];

/// Pairs that hold a whole answer.
const PAIRS: [(&str, &str); 41] = [
    ("\\(", "\\)"),
    ("\\[", "\\]"),
    ("$$", "$$"),
    ("$", "$"),
    ("**", "**"),
    ("__", "__"),
    ("*", "*"),
    ("_", "_"),
    ("`", "`"),
    ("{", "}"),
    ("(", ")"),
    ("[", "]"),
    ("\"", "\""),
    ("'", "'"),
    ("“", "”"),
    ("‘", "’"),
    ("«", "»"),
    ("==", "=="),
    ("\\left(", "\\right)"),
    ("\\left[", "\\right]"),
    ("<b>", "</b>"),
    ("<strong>", "</strong>"),
    ("<i>", "</i>"),
    ("<em>", "</em>"),
    ("<u>", "</u>"),
    ("\\fbox{", "}"),
    ("\\underline{", "}"),
    ("\\textit{", "}"),
    ("\\emph{", "}"),
    ("\\mathtt{", "}"),
    ("\\texttt{", "}"),
    ("\\mathsf{", "}"),
    ("\\boldsymbol{", "}"),
    ("\\boxed{", "}"),
    ("\\text{", "}"),
    ("\\textbf{", "}"),
    ("\\mathbf{", "}"),
    ("\\mathrm{", "}"),
    ("\\textrm{", "}"),
    ("\\mbox{", "}"),
    ("\\mathit{", "}"),
];

/// Commands that say how what follows is set.
const DECLARATIONS: [&str; 8] =
    ["\\displaystyle", "\\textstyle", "\\bfseries", "\\bf ", "\\rm ", "\\large", "\\Large", "\\huge"];

/// Signs of somebody who is pleased with an answer. Others may take it back: ❌.
const PLEASED: [char; 16] =
    ['✅', '✔', '☑', '✓', '🎉', '🎊', '👍', '💯', '🎯', '😊', '🙂', '😀', '✨', '🥳', '🏆', '\u{FE0F}'];

/// Commands that hold a unit.
const TEXTS: [&str; 5] = ["\\text{", "\\mathrm{", "\\textrm{", "\\mbox{", "\\text {"];

/// The longest that a unit or an argument may be: bounds the search for its end.
pub(super) const LONG: usize = 1000;

/// Without signs of joy and white space at the end.
pub(super) fn composed(text: &str) -> &str {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || PLEASED.contains(&c));
    if text[end.len()..].contains(PLEASED) { end } else { text }
}

/// Without what typesets a whole answer, and white space.
pub(super) fn undressed(text: &str) -> &str {
    let nothing = |c: char| c.is_whitespace() || is_silent(c);
    let mut text = text.trim_matches(nothing);
    loop {
        text = spaces(skip_any(text, &DECLARATIONS));
        let inner = PAIRS.iter().find_map(|(open, close)| {
            let rest = text.strip_suffix('.').unwrap_or(text);
            rest.strip_prefix(open)?.strip_suffix(close).filter(|inner| {
                !inner.is_empty() && !inner.ends_with('\\') && is_one(inner, close) && !lists(inner, close)
            })
        });
        match inner {
            Some(inner) => text = inner.trim_matches(nothing),
            None => return text,
        }
    }
}

/// Whether brackets hold a pair or an interval: `(1,234)`, `[-36,104]`.
fn lists(inner: &str, close: &str) -> bool {
    ["\\right)", ")", "\\right]", "]"].contains(&close) && inner.contains(',') && !inner.contains(['{', '\\'])
}

/// Whether a pair that holds this text does not close within it, as that of `\text{a} = 4\text{b}` does.
fn is_one(inner: &str, close: &str) -> bool {
    let (open, close) = match close {
        "}" => ('{', '}'),
        ")" => ('(', ')'),
        "]" => ('[', ']'),
        _ => return true,
    };
    let mut depth = 0_usize;
    inner.chars().all(|sign| {
        match sign {
            _ if sign == open => depth += 1,
            _ if sign == close => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
        true
    })
}

/// What follows units, which are not looked at.
pub(super) fn unit<'a>(text: &'a str, things: &Things<'_>) -> &'a str {
    let mut text = spaces(text);
    for _ in 0..8 {
        let skipped = spaces(skip_any(skip_any(text, &SUFFIXES), &CURRENCIES));
        let skipped = worded(skipped, things).map_or(skipped, spaces);
        let skipped = per(skipped).map_or(skipped, spaces);
        if skipped.len() == text.len() {
            break;
        }
        text = skipped;
    }
    text
}

/// What follows `/mile`, `/day`.
fn per(text: &str) -> Option<&str> {
    let (word, rest) = word(text.strip_prefix('/')?);
    (word.len() > 1 && !scales(word) && !hedges(word)).then_some(rest)
}

/// What follows a unit in words, if there is one.
fn worded<'a>(text: &'a str, things: &Things<'_>) -> Option<&'a str> {
    if let Some(rest) = TEXTS.iter().find_map(|open| text.strip_prefix(open)) {
        let (name, rest) = closed(rest, '}')?;
        return unit_text(name).then(|| exponent(rest));
    }
    if let Some(rest) = text.strip_prefix('(') {
        let (name, rest) = closed(rest, ')')?;
        return name.split(' ').all(|word| things.counts(word)).then_some(rest);
    }
    let (word, rest) = word(text);
    match word {
        "km" if rest.starts_with("/h") => Some(&rest[2..]),
        "m" if rest.starts_with("/s") => Some(&rest[2..]),
        _ if known(word) => Some(exponent(rest)),
        _ => things.counts(word).then_some(rest),
    }
}

/// After the exponent of an area or a volume.
fn exponent(text: &str) -> &str {
    skip_any(text, &["^2", "^3", "^{2}", "^{3}", "²", "³"])
}

/// The letters at the beginning of a text, and the rest.
pub(super) fn word(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len()))
}

/// What stands before the next `close`, which is near, and what follows it.
pub(super) fn closed(text: &str, close: char) -> Option<(&str, &str)> {
    let at = text.bytes().take(LONG).position(|byte| byte == close as u8)?;
    Some((&text[..at], &text[at + 1..]))
}

/// After white space, LaTeX's too.
pub(super) fn spaces(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some(rest) =
        ["\\,", "\\!", "\\;", "\\:", "\\ ", "~", "\\quad", "\\qquad"].iter().find_map(|space| text.strip_prefix(space))
    {
        // Two tildes strike the text out.
        if text.starts_with("~~") {
            break;
        }
        text = rest.trim_start();
    }
    text
}

pub(super) fn skip_any<'a>(text: &'a str, parts: &[&str]) -> &'a str {
    parts.iter().find_map(|part| text.strip_prefix(part)).unwrap_or(text)
}
