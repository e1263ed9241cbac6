//! Digits and signs that Unicode has besides ASCII's: `５`, `２¹⁰`, `½`.

use std::borrow::Cow;

/// The zeros of scripts and styles whose other digits follow them.
const ZEROS: [u32; 16] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0E50, 0x1040, 0x17E0, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2,
    0x1D7EC, 0x1D7F6,
];

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

const FRACTIONS: [(char, &str); 18] = [
    ('½', "12"),
    ('⅓', "13"),
    ('⅔', "23"),
    ('¼', "14"),
    ('¾', "34"),
    ('⅕', "15"),
    ('⅖', "25"),
    ('⅗', "35"),
    ('⅘', "45"),
    ('⅙', "16"),
    ('⅚', "56"),
    ('⅐', "17"),
    ('⅛', "18"),
    ('⅜', "38"),
    ('⅝', "58"),
    ('⅞', "78"),
    ('⅑', "19"),
    ('⁄', ""),
];

fn digit(c: char) -> Option<char> {
    let code = u32::from(c);
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).filter(|_| !c.is_ascii())?;
    char::from_digit(code - zero, 10)
}

/// A text with ASCII's digits in place of others.
pub(super) fn digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| digit(c).is_some()) {
        return Cow::Borrowed(text);
    }
    text.chars().map(|c| digit(c).unwrap_or(c)).collect::<String>().into()
}

/// The same, and full-width signs, fractions of one character and raised digits as LaTeX has them.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let (mut plain, mut raised) = (String::with_capacity(text.len()), false);
    for c in text.chars() {
        let power = if c == '⁻' { Some('-') } else { RAISED.chars().position(|one| one == c).and_then(raised_digit) };
        // Others are the exponents of units.
        let power =
            power.filter(|_| raised || plain.ends_with(|last: char| last.is_ascii_digit() || ")}".contains(last)));
        if power.is_some() != raised {
            plain += if raised { "}" } else { "^{" };
            raised = !raised;
        }
        match (power, FRACTIONS.iter().find(|(one, _)| *one == c)) {
            (Some(digit), _) => plain.push(digit),
            (_, Some((_, parts))) if !parts.is_empty() => {
                plain += "\\frac";
                plain += parts;
            }
            _ => plain.push(digit(c).unwrap_or_else(|| narrow(c))),
        }
    }
    if raised {
        plain.push('}');
    }
    plain.into()
}

fn raised_digit(at: usize) -> Option<char> {
    char::from_digit(at.try_into().ok()?, 10)
}

/// A sign in the width of ASCII's. The comma stays: it may part a list.
fn narrow(c: char) -> char {
    match c {
        '＋' => '+',
        '．' => '.',
        '／' | '⁄' => '/',
        '％' => '%',
        '（' => '(',
        '）' => ')',
        '＝' => '=',
        '＾' => '^',
        '！' => '!',
        '＊' => '*',
        '：' => ':',
        '　' => ' ',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ascii_says_too() {
        for (text, expected) in [
            ("５", "5"),
            ("２¹⁰", "2^{10}"),
            ("2⁻³ + 1", "2^{-3} + 1"),
            ("6½", "6\\frac12"),
            ("（１．５）", "(1.5)"),
            ("5 cm²", "5 cm²"),
            ("٤٢", "42"),
            ("𝟕", "7"),
            ("x", "x"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
        assert_eq!(digits("It is ４２ cm²."), "It is 42 cm².");
    }
}
