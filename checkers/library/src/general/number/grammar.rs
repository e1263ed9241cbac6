//! Numbers as answers write them, read exactly.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

/// Most digits of a number, and the largest power of ten: both bound the work.
const MOST: u32 = 400;

/// Signs of currencies, which are not looked at.
const CURRENCIES: [&str; 6] = ["\\$", "$", "€", "£", "¥", "₹"];

/// What may follow a number and is not looked at, besides units in `\text{…}`.
const SUFFIXES: [&str; 6] = ["\\%", "%", "^{\\circ}", "^\\circ", "\\degree", "°"];

/// Commands that hold a unit.
const UNITS: [&str; 4] = ["\\text{", "\\mathrm{", "\\textrm{", "\\mbox{"];

/// The number that a text is, and nothing else but its unit.
pub(super) fn whole(text: &str) -> Option<BigRational> {
    let (number, rest) = number(undressed(text))?;
    let rest = unit(rest).trim_end();
    rest.strip_suffix('.').unwrap_or(rest).trim().is_empty().then_some(number)
}

/// Without what typesets a whole answer: dollars of mathematics, `\(…\)`, `**`, and white space.
pub(super) fn undressed(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let pairs = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$"), ("$", "$"), ("**", "**")];
        let inner = pairs.iter().find_map(|(open, close)| {
            let rest = text.strip_suffix('.').unwrap_or(text);
            rest.strip_prefix(open)?.strip_suffix(close).filter(|inner| !inner.is_empty() && !inner.ends_with('\\'))
        });
        match inner {
            Some(inner) => text = inner.trim(),
            None => return text,
        }
    }
}

/// The number at the beginning of a text, and what follows it.
pub(super) fn number(text: &str) -> Option<(BigRational, &str)> {
    let text = skip_any(spaces(text), &CURRENCIES);
    let (negative, text) = sign(spaces(text));
    let text = spaces(skip_any(spaces(text), &CURRENCIES));
    let (value, rest) = fraction_command(text).or_else(|| {
        let (numerator, rest) = power(text)?;
        Some(match over(rest) {
            Some((denominator, rest)) => (numerator / denominator, rest),
            None => (numerator, rest),
        })
    })?;
    Some((if negative { -value } else { value }, rest))
}

/// What follows units that are not looked at.
fn unit(text: &str) -> &str {
    let mut text = spaces(text);
    loop {
        let skipped = spaces(skip_any(skip_any(text, &SUFFIXES), &CURRENCIES));
        let skipped = match UNITS.iter().find_map(|open| skipped.strip_prefix(open)?.split_once('}')) {
            Some((name, rest)) if !name.contains(|c: char| c.is_numeric() || c == '{' || c == '\\') => spaces(rest),
            _ => skipped,
        };
        if skipped.len() == text.len() {
            return text;
        }
        text = skipped;
    }
}

/// `\frac{a}{b}`
fn fraction_command(text: &str) -> Option<(BigRational, &str)> {
    let rest = ["\\frac", "\\dfrac", "\\tfrac"].iter().find_map(|command| text.strip_prefix(command))?;
    let (numerator, rest) = braced(rest)?;
    let (denominator, rest) = braced(rest)?;
    (!denominator.is_zero()).then(|| (numerator / denominator, rest))
}

fn braced(text: &str) -> Option<(BigRational, &str)> {
    let (inner, rest) = text.trim_start().strip_prefix('{')?.split_once('}')?;
    let (negative, inner) = sign(inner.trim());
    let (value, after) = decimal(inner)?;
    after.trim().is_empty().then_some((if negative { -value } else { value }, rest))
}

/// `/ b`, which is no 0.
fn over(text: &str) -> Option<(BigRational, &str)> {
    let (denominator, rest) = decimal(text.trim_start().strip_prefix('/')?.trim_start())?;
    (!denominator.is_zero()).then_some((denominator, rest))
}

/// A decimal number times a power of ten.
fn power(text: &str) -> Option<(BigRational, &str)> {
    let (value, rest) = decimal(text)?;
    let after = spaces(rest);
    let times = ["\\times", "×", "\\cdot"].iter().find_map(|sign| after.strip_prefix(sign));
    let Some(exponent) = times.and_then(|rest| spaces(rest).strip_prefix("10^")) else { return Some((value, rest)) };
    let (exponent, rest) = match exponent.strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => exponent.split_at(exponent.find(|c: char| !c.is_ascii_digit()).unwrap_or(exponent.len())),
    };
    Some((value * ten_to(exponent)?, rest))
}

/// Digits, with commas between thousands or without, a fraction, and an exponent.
fn decimal(text: &str) -> Option<(BigRational, &str)> {
    let (mut digits, mut rest) = take_digits(text);
    if (1..=3).contains(&digits.len()) {
        while let Some((group, after)) = thousand(rest) {
            digits += group;
            rest = after;
        }
    }
    let mut scale = 0u32;
    if let Some((decimals, after)) =
        rest.strip_prefix('.').map(take_digits).filter(|(decimals, _)| !decimals.is_empty())
    {
        scale = decimals.len().try_into().ok()?;
        digits += &decimals;
        rest = after;
    }
    if digits.is_empty() || digits.len() > MOST as usize {
        return None;
    }
    let value = BigRational::new(digits.parse().ok()?, BigInt::from(10).pow(scale));
    let exponent = rest.strip_prefix(['e', 'E']).map(|rest| {
        let signed = usize::from(rest.starts_with(['+', '-']));
        let end = rest[signed..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |end| signed + end);
        rest.split_at(end)
    });
    match exponent.filter(|(exponent, _)| exponent.ends_with(|c: char| c.is_ascii_digit())) {
        Some((exponent, after)) => Some((value * ten_to(exponent)?, after)),
        None => Some((value, rest)),
    }
}

fn take_digits(text: &str) -> (String, &str) {
    let (digits, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    (digits.to_owned(), rest)
}

/// `,ddd`, and no further digit.
fn thousand(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("{,}").or_else(|| text.strip_prefix(','))?;
    let group = rest.get(..3).filter(|group| group.bytes().all(|byte| byte.is_ascii_digit()))?;
    let after = &rest[3..];
    (!after.starts_with(|c: char| c.is_ascii_digit())).then_some((group, after))
}

fn ten_to(exponent: &str) -> Option<BigRational> {
    let exponent: i32 = exponent.trim().parse().ok()?;
    let size = Some(exponent.unsigned_abs()).filter(|size| *size <= MOST)?;
    let power = BigRational::from_integer(BigInt::from(10).pow(size));
    Some(if exponent < 0 { power.recip() } else { power })
}

fn sign(text: &str) -> (bool, &str) {
    match text.chars().next() {
        Some('-' | '−') => (true, text.strip_prefix(['-', '−']).unwrap_or(text)),
        Some('+') => (false, &text[1..]),
        _ => (false, text),
    }
}

/// After white space, LaTeX's too.
fn spaces(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some(rest) = ["\\,", "\\!", "\\;", "\\:", "\\ ", "~"].iter().find_map(|space| text.strip_prefix(space)) {
        text = rest.trim_start();
    }
    text
}

fn skip_any<'a>(text: &'a str, parts: &[&str]) -> &'a str {
    parts.iter().find_map(|part| text.strip_prefix(part)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratio(numerator: i64, denominator: i64) -> BigRational {
        BigRational::new(numerator.into(), denominator.into())
    }

    #[test]
    fn one_half_in_every_form() {
        for text in [
            "0.5",
            ".5",
            "1/2",
            "+1 / 2",
            "\\frac{1}{2}",
            "\\dfrac{ 1 }{2}",
            "5e-1",
            "0.05 \\times 10^1",
            "50 × 10^{-2}",
            "$0.50$",
            "\\(0.5\\)",
            "**0.5**.",
            "0.5\\%",
            "0.5°",
            "0.5\\text{ km}",
            "\\$0.5",
            "$0.5",
            "€ .5",
            "0.5 €",
            "000.5000",
            " 0.5. ",
        ] {
            assert_eq!(whole(text), Some(ratio(1, 2)), "{text:?}");
        }
    }

    #[test]
    fn thousands_and_signs() {
        for (text, value) in [
            ("1,234", 1234),
            ("1{,}234{,}567", 1_234_567),
            ("-5", -5),
            ("−5", -5),
            ("-\\$5", -5),
            ("\\$-5", -5),
            ("- \\frac{10}{2}", -5),
            ("\\frac{-10}{2}", -5),
            ("1e3", 1000),
            ("12\\,\\text{cm}", 12),
        ] {
            assert_eq!(whole(text), Some(ratio(value, 1)), "{text:?}");
        }
    }

    proptest! {
        /// A number written out is that number, with commas between thousands or without, and whatever stands around it.
        #[test]
        fn what_is_written_is_read(value in any::<i64>(), scale in 0usize..12, commas: bool, around in 0usize..4) {
            let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale + 1);
            let (whole_part, decimals) = digits.split_at(digits.len() - scale);
            let mut written = String::new();
            for (place, digit) in whole_part.chars().enumerate() {
                if commas && place > 0 && (whole_part.len() - place).is_multiple_of(3) {
                    written.push(',');
                }
                written.push(digit);
            }
            if scale > 0 {
                written = format!("{written}.{decimals}");
            }
            if value < 0 {
                written = format!("-{written}");
            }
            let (before, after) = [("", ""), ("$", "$"), (" ", "\\%."), ("", "\\text{ km}")][around];
            let expected = BigRational::new(value.into(), BigInt::from(10).pow(scale as u32));
            prop_assert_eq!(whole(&format!("{before}{written}{after}")), Some(expected), "{}", written);
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            ".",
            "-",
            "five",
            "5x",
            "5 x",
            "5 million",
            "5\\pi",
            "5 + 1",
            "5 or 6",
            "5, 6",
            "12,34",
            "1,2345",
            "1234,567",
            "3,5",
            "1/0",
            "\\frac{1}{0}",
            "\\frac12",
            "1 1/2",
            "5e",
            "5e999999999999",
            "5e401",
            "٥",
            "５",
            "5\u{200B}1",
            "--5",
            "5..",
            "5\\text{ to 6}",
            "5\\text{a",
            "\\sqrt{25}",
            "5^2",
            "5!",
            "0x10",
            "1_000",
            "NaN",
            "inf",
            "$",
            "$$",
            "\\(\\)",
            "5\\%5",
        ] {
            assert_eq!(whole(text), None, "{text:?}");
        }
        assert!(whole(&"9".repeat(400)).is_some());
        assert!(whole(&"9".repeat(401)).is_none());
    }
}
