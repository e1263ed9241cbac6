//! The last number of a text, where it stands by itself.

use super::{
    denied::{lets, refuted, without_aside},
    dress::{CURRENCIES, LONG, composed, unit, word},
    grammar::{DASHES, FRACTIONS, number},
    things::Things,
    whole::whole,
    words::scales,
};
use num_rational::BigRational;

/// What may stand around an answer and says nothing.
const OPENERS: [char; 14] = ['{', '(', '[', '"', '\'', '“', '‘', '«', '`', '$', '*', '_', '‹', '„'];

/// Words behind `times` that make a factor of the number.
const FACTORS: [&str; 12] = ["as", "the", "more", "less", "that", "this", "x", "its", "his", "her", "their", "what"];

/// Commands after which a number stands by itself.
const BEFORE: [&str; 15] = [
    "text",
    "textbf",
    "mathbf",
    "mathrm",
    "textrm",
    "mbox",
    "boxed",
    "approx",
    "to",
    "implies",
    "Rightarrow",
    "rightarrow",
    "therefore",
    "displaystyle",
    "quad",
];

/// The last number that stands by itself, or why there is none.
pub(super) fn last(text: &str, things: &Things<'_>) -> Result<BigRational, String> {
    if let Some(number) = whole(text, things) {
        return Ok(number);
    }
    let text = without_aside(composed(text), things);
    let (start, end, value) = last_of(text, things).ok_or("there is no number")?;
    // `negative 7` is a number, as `-7` is.
    let (start, value) =
        match text[..start].trim_end().strip_suffix("negative").filter(|_| !text[start..].starts_with(DASHES)) {
            Some(before) if before.ends_with([' ', '\n']) => (before.len(), value.map(|value| -value)),
            _ => (start, value),
        };
    let unclear = || format!("the last number, {:?}, does not stand by itself", near(text, start, end));
    let value = value.ok_or_else(unclear)?;
    let alone =
        before(&text[..start], &text[start..end], things) && after(&text[end..], things) && !answers(&text[end..]);
    alone.then_some(value).ok_or_else(unclear)
}

/// Whether a text goes on to give the answer in words.
fn answers(text: &str) -> bool {
    let small = text.to_lowercase();
    small.match_indices(" answer is ").any(|(at, phrase)| {
        let next = word(&small[at + phrase.len()..]).0;
        !matches!(
            next,
            "correct" | "right" | "above" | "in" | "therefore" | "clear" | "as" | "thus" | "what" | "that" | "this"
        )
    })
}

/// What a reason shows: the number and a little of its surroundings.
fn near(text: &str, start: usize, end: usize) -> String {
    let mut from = start.saturating_sub(12);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    text[from..end].chars().chain(text[end..].chars().take(12)).take(80).collect()
}

/// Where the last number begins and ends, and its value if that is understood. Digits in names (`y2`) and in words (`3rd`) are
/// none.
fn last_of(text: &str, things: &Things<'_>) -> Option<(usize, usize, Option<BigRational>)> {
    let (mut found, mut at, mut previous) = (None, 0, None::<char>);
    while let Some(c) = text[at..].chars().next() {
        let fraction = c == '\\' && FRACTIONS.iter().any(|command| text[at..].starts_with(command));
        let free = !previous.is_some_and(|before| before.is_alphanumeric() || before == '.');
        let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        let signed = |rest: &str| {
            let rest = CURRENCIES.iter().find_map(|sign| rest.strip_prefix(sign)).unwrap_or(rest);
            digit(rest)
                || rest.strip_prefix('.').is_some_and(digit)
                || FRACTIONS.iter().any(|command| rest.starts_with(command))
        };
        let next = &text[at + c.len_utf8()..];
        let starts = match c {
            '0'..='9' => free && !is_name(&text[..at]),
            '.' => free && digit(next),
            _ if DASHES.contains(&c) => free && !matches!(previous, Some(')' | ']' | '}')) && signed(next),
            _ => fraction,
        };
        if !starts {
            previous = Some(c);
            at += c.len_utf8();
            continue;
        }
        let read = number(&text[at..]);
        let end = read.as_ref().map_or(at + c.len_utf8(), |(_, rest)| text.len() - rest.len());
        let glued = word(&text[end..]).0;
        let value = read.map(|(value, _)| value);
        if glued.is_empty() || value.is_none() {
            found = Some((at, end, value));
        } else if scales(glued) {
            found = Some((at, end, None));
        } else if glued.len() > 1 && !unit(&text[end..], things).starts_with(glued) && glued.is_ascii() {
            found = Some((at, end, value));
        }
        // Whatever a word or a longer number goes on with belongs to it.
        at = text.len() - text[end..].trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        // The exponent of a unit too.
        let behind = unit(&text[end..], things);
        if text[end..text.len() - behind.len()].contains(['^', '²', '³']) {
            at = text.len() - behind.len();
        }
        previous = text[..at].chars().next_back();
    }
    found
}

/// Whether an underscore before a number belongs to a name, as in `x_2`, and not to Markdown.
fn is_name(before: &str) -> bool {
    before.ends_with('_') && before.trim_end_matches('_').ends_with(char::is_alphanumeric)
}

/// Whether nothing before a number makes something else of it.
fn before(text: &str, number: &str, things: &Things<'_>) -> bool {
    let signed = number.starts_with(DASHES);
    let mut rest = text;
    loop {
        let trimmed = rest.trim_end_matches([' ', '\t', '\u{A0}', '\n', '\r']);
        let gap = trimmed.len() < rest.len();
        // The next line begins anew, but a list goes on.
        if rest[trimmed.len()..].contains('\n') {
            let line = trimmed.rsplit('\n').next().unwrap_or_default();
            return line.len() > LONG || whole(line.trim_end_matches(','), things).is_none();
        }
        let Some(c) = trimmed.chars().next_back() else { return true };
        let shorter = &trimmed[..trimmed.len() - c.len_utf8()];
        match c {
            '*' => {
                let stars = trimmed.trim_end_matches('*');
                // `**Answer:** 5`
                if gap && stars.ends_with([':', '=']) && trimmed.len() - stars.len() == 2 {
                    rest = stars;
                    continue;
                }
                // `2*5` and `2 * 5` multiply, and `* 5` is of a list.
                if gap
                    || stars.ends_with(char::is_alphanumeric)
                    || stars.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ')')
                {
                    return false;
                }
                rest = stars;
            }
            '_' if is_name(trimmed) => return false,
            // All at once: each was looked at.
            '_' => rest = trimmed.trim_end_matches('_'),
            '(' if shorter.ends_with('\\') => rest = &shorter[..shorter.len() - 1],
            '[' if shorter.ends_with('\\') => rest = &shorter[..shorter.len() - 1],
            '(' if shorter.ends_with(|c: char| c.is_alphanumeric() || c == ')') => return false,
            ',' | ';' | '!' if shorter.ends_with('\\') => rest = &shorter[..shorter.len() - 1],
            c if OPENERS.contains(&c) => rest = shorter,
            ',' | ';' | '&' | '|' | '→' | '⇒' | '.' | ')' if ends_in_number(shorter) => return false,
            ',' | ';' | '.' | '?' | '}' | '"' | '”' | '>' | '|' | '!' if gap || !matches!(c, '}' | '>') => {
                return lets(rest);
            }
            ')' | ']' => return gap && !signed && lets(rest),
            ':' => return (gap || !ends_in_number(shorter)) && lets(rest),
            '=' => return !shorter.ends_with(['!', '<', '>', '/', '~']),
            '≈' | '→' | '⇒' | '∴' | '➡' | '⟹' => return true,
            '>' => return shorter.ends_with(['=', '-', '/', 'b', 'r', 'p', 'n', '*']) || shorter.contains('<'),
            // A heading, which is how GSM8K marks its answers.
            '#' if gap => {
                return trimmed.trim_end_matches('#').ends_with(['\n', '\r']) || trimmed.trim_matches('#').is_empty();
            }
            c if c.is_ascii_digit() => return false,
            c if c.is_alphabetic() => {
                let letters = trimmed.trim_end_matches(char::is_alphabetic);
                let name = &trimmed[letters.len()..];
                if let Some(command) = letters.strip_suffix('\\') {
                    if !BEFORE.contains(&name) {
                        return false;
                    }
                    rest = command;
                } else {
                    let listed =
                        matches!(name, "and" | "or") && ends_in_number(letters.trim_end().trim_end_matches(','));
                    return gap && !listed && !(signed && name.len() == 1) && lets(rest);
                }
            }
            _ => return false,
        }
    }
}

fn ends_in_number(text: &str) -> bool {
    text.trim_end_matches(['*', '$', '`', ' ', '"', '_', '%', ')', '}', ']']).ends_with(|c: char| c.is_ascii_digit())
}

/// Whether nothing behind a number makes something else of it.
fn after(text: &str, things: &Things<'_>) -> bool {
    let rest = text.trim_start_matches(['*', '_', '`']);
    let rest = unit(rest, things);
    let rest = rest.trim_start_matches(['*', '`', '"', '\'', '”', '’', '»', '}', ']', '$', ' ']);
    let rest =
        ["\\)", "\\]"].iter().find_map(|close| rest.strip_prefix(close)).unwrap_or(rest).trim_start_matches(['*', ' ']);
    let Some(c) = rest.chars().next() else { return true };
    let next = &rest[c.len_utf8()..];
    match c {
        '.' => !next.starts_with(|c: char| c == '.' || c.is_ascii_digit()) && !refuted(next, true),
        ',' | ';' | ':' | ')' | '|' => !refuted(next, true),
        '\n' | '\r' => true,
        '!' => next.trim_matches(['*', '$', '`', ' ', '\n', '\r']).is_empty(),
        '<' => next.starts_with(['/', 'b', '|']),
        '(' => !closed_by_minus(next),
        '。' | '，' | '、' | '\u{200B}' => true,
        c if c.is_alphabetic() => {
            let behind = word(rest).0;
            let next = word(rest[behind.len()..].trim_start()).0;
            let number =
                rest[behind.len()..].trim_start_matches([' ', '$', '*']).starts_with(|c: char| c.is_ascii_digit());
            // `10 times to pay for it`, and no factor: `3 times as many`.
            let often = behind == "times" && !number && !FACTORS.contains(&next);
            let range = behind == "to" && (number || scales(next));
            (often || !scales(behind))
                && !range
                && !things.is_unclear(behind)
                && !matches!(behind, "or" | "x")
                && !refuted(rest, false)
        }
        _ => false,
    }
}

fn closed_by_minus(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(text: &str) -> Result<BigRational, String> {
        super::last(text, &Things::of("", text))
    }

    #[test]
    fn the_last_number() {
        for (text, value) in [
            ("Natalia sold 48 + 24 = 72 clips.", 72),
            ("from 5 to -3", -3),
            ("It costs $1,200.", 1200),
            ("x = 7, y2", 7),
            ("7 and 5x", 7),
            ("The answer is **42**.", 42),
            ("so \\frac{6}{2}", 3),
            ("at 3pm: 9", 9),
            ("The answer is $x = 42$.", 42),
            ("It took 5km", 5),
            ("So _42_ it is.", 42),
        ] {
            assert_eq!(last(text), Ok(BigRational::from_integer(value.into())), "{text:?}");
        }
        for text in [
            "none, x2 and 5x",
            "On 2020-12-25",
            "5-3",
            "so it is 2^5",
            "It has 3+5",
            "There are 5 million",
            "either 4 or 5",
            "The answer is not 42",
            "1, 2, 3",
            "40\n41\n42",
            "\\sqrt{25}",
            "x is 5 * 3",
            "42 is wrong",
            "It is 42 lies.",
            "So 42 fails.",
        ] {
            assert!(last(text).is_err(), "{text:?}");
        }
    }
}
