//! Numbers as answers write them, read exactly.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::{
    dress::{CURRENCIES, LONG, closed, skip_any, spaces, undressed, unit},
    things::Things,
};

/// Most digits of a number, and the largest power of ten: both bound the work.
const MOST: u32 = 400;

/// Every dash that stands for a minus.
pub(super) const DASHES: [char; 8] = ['-', '−', '–', '—', '‐', '‑', '‒', '－'];

/// Commands for fractions.
pub(super) const FRACTIONS: [&str; 4] = ["\\frac", "\\dfrac", "\\tfrac", "\\cfrac"];

/// The number that a text is, and nothing else but its unit and the name that it is given.
pub(super) fn whole(text: &str, things: &Things<'_>) -> Option<BigRational> {
    let text = undressed(text);
    // Both sides of `72/1 = 72` must be one number.
    if let Some((left, right)) = text.split_once('=').filter(|_| named(text).len() == text.len() && text.len() <= LONG)
    {
        let value = single(left, things)?;
        return whole(right, things).filter(|right| *right == value);
    }
    single(text, things)
}

/// The same without an equation.
fn single(text: &str, things: &Things<'_>) -> Option<BigRational> {
    let text = undressed(named(undressed(text)));
    // Emphasis may hold the number and not its unit.
    let (text, close) = parted(text);
    let (number, rest) = number(named(text))?;
    let rest = unit(rest.strip_prefix(close)?, things).trim_end();
    rest.strip_suffix(['.', ',', ';']).unwrap_or(rest).trim().is_empty().then_some(number)
}

/// Without the emphasis that opens here, and what closes it.
fn parted(text: &str) -> (&str, &str) {
    const SIGNS: [(&str, &str); 6] = [("**", "**"), ("__", "__"), ("*", "*"), ("_", "_"), ("`", "`"), ("\\(", "\\)")];
    SIGNS.iter().find_map(|(open, close)| Some((text.strip_prefix(open)?, *close))).unwrap_or((text, ""))
}

/// Behind `x =`.
fn named(text: &str) -> &str {
    let rest = text.strip_prefix(|c: char| c.is_ascii_alphabetic()).map(spaces).and_then(|rest| rest.strip_prefix('='));
    rest.map_or(text, spaces)
}

/// The number at the beginning of a text, and what follows it.
pub(super) fn number(text: &str) -> Option<(BigRational, &str)> {
    let text = skip_any(spaces(text), &CURRENCIES);
    let (negative, text) = sign(spaces(text));
    let text = spaces(skip_any(spaces(text), &CURRENCIES));
    let (value, rest) = fraction_command(text).or_else(|| {
        let (numerator, rest) = power(text)?;
        if let Some((part, rest)) = mixed(text, &numerator, rest) {
            return Some((numerator + part, rest));
        }
        Some(match over(rest) {
            Some((denominator, rest)) => (numerator / denominator, rest),
            None => (numerator, rest),
        })
    })?;
    Some((if negative { -value } else { value }, rest))
}

/// The proper fraction behind a whole number: `6\frac15`, `6 1/5`.
fn mixed<'a>(text: &str, whole: &BigRational, rest: &'a str) -> Option<(BigRational, &'a str)> {
    let written = &text[..text.len() - rest.len()];
    if !whole.is_integer() || whole.is_zero() || written.contains(['.', 'e', 'E', '^']) {
        return None;
    }
    let after = spaces(rest);
    let (part, after) = fraction_command(after).or_else(|| {
        // A space must part `6 1/5`.
        let (numerator, after) = take_digits(after, after.len() < rest.len())?;
        let (denominator, after) = take_digits(after.strip_prefix('/')?, true)?;
        let after = (!after.starts_with(['.', '/'])).then_some(after)?;
        let denominator = Some(denominator.parse::<BigInt>().ok()?).filter(|denominator| !denominator.is_zero())?;
        Some((BigRational::new(numerator.parse().ok()?, denominator), after))
    })?;
    (part.is_positive() && part < BigRational::one()).then_some((part, after))
}

/// `\frac{a}{b}`, `\frac ab`
fn fraction_command(text: &str) -> Option<(BigRational, &str)> {
    let rest = FRACTIONS.iter().find_map(|command| text.strip_prefix(command))?;
    let (numerator, rest) = argument(rest)?;
    let (denominator, rest) = argument(rest)?;
    (!denominator.is_zero()).then(|| (numerator / denominator, rest))
}

/// A number in braces, or one digit.
fn argument(text: &str) -> Option<(BigRational, &str)> {
    let text = text.trim_start();
    if let Some(digit) = text.chars().next().and_then(|c| c.to_digit(10)) {
        return Some((BigRational::from_integer(digit.into()), &text[1..]));
    }
    let (inner, rest) = closed(text.strip_prefix('{')?, '}')?;
    let (negative, inner) = sign(inner.trim());
    let (value, after) = decimal(inner.trim_start())?;
    after.trim().is_empty().then_some((if negative { -value } else { value }, rest))
}

/// `/ b`, which is no 0.
fn over(text: &str) -> Option<(BigRational, &str)> {
    let (denominator, rest) = decimal(text.trim_start().strip_prefix('/')?.trim_start())?;
    (!denominator.is_zero()).then_some((denominator, rest))
}

/// A decimal number times a power of ten, or a power of ten.
fn power(text: &str) -> Option<(BigRational, &str)> {
    if let Some(found) = power_of_ten(text) {
        return found;
    }
    let (value, rest) = decimal(text)?;
    let after = spaces(rest);
    let times = ["\\times", "×", "\\cdot"].iter().find_map(|sign| after.strip_prefix(sign));
    match times.and_then(|rest| power_of_ten(spaces(rest))) {
        Some(power) => power.map(|(power, rest)| (value * power, rest)),
        None => Some((value, rest)),
    }
}

/// `10^3`, `10^{-3}`: nothing where no such power is begun, and nothing within where it is not understood.
fn power_of_ten(text: &str) -> Option<Option<(BigRational, &str)>> {
    let exponent = text.strip_prefix("10^")?;
    let parted = match exponent.strip_prefix('{') {
        Some(braced) => closed(braced, '}'),
        None => Some(exponent.split_at(exponent.find(|c: char| !c.is_ascii_digit()).unwrap_or(exponent.len()))),
    };
    Some(parted.and_then(|(exponent, rest)| Some((ten_to(exponent)?, rest))))
}

/// Digits, with commas between thousands or without, a fraction, and an exponent.
fn decimal(text: &str) -> Option<(BigRational, &str)> {
    let (start, mut rest) = take_digits(text, true).unwrap_or(("", text));
    let mut digits = String::new();
    digits.push_str(start.get(..start.len().min(MOST as usize + 1))?);
    // `0,500` is half of one in much of the world.
    if (1..=3).contains(&digits.len()) && !digits.starts_with('0') {
        while let Some((group, after)) = thousand(rest).filter(|_| digits.len() <= MOST as usize) {
            digits += group;
            rest = after;
        }
    }
    let (mut scale, mut repeats) = (0u32, 0u32);
    if let Some(after) = rest.strip_prefix('.') {
        let (decimals, after) = take_digits(after, true).unwrap_or(("", after));
        let period = ["\\overline{", "\\bar{"].iter().find_map(|open| after.strip_prefix(open));
        let period = period.and_then(|rest| closed(rest, '}')).filter(|(period, _)| is_digits(period));
        if !decimals.is_empty() || period.is_some() {
            scale = decimals.len().try_into().ok()?;
            digits += decimals.get(..decimals.len().min(MOST as usize + 1))?;
            rest = after;
        }
        if let Some((period, after)) = period {
            repeats = period.len().try_into().ok()?;
            digits += period;
            rest = after;
        }
    }
    if digits.is_empty() || digits.len() > MOST as usize {
        return None;
    }
    let value = repeated(&digits, scale, repeats)?;
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

/// The number with these digits, `scale` behind the point and then `repeats` that come again and again.
fn repeated(digits: &str, scale: u32, repeats: u32) -> Option<BigRational> {
    let (ten, all): (_, BigInt) = (BigInt::from(10), digits.parse().ok()?);
    if repeats == 0 {
        return Some(BigRational::new(all, ten.pow(scale)));
    }
    let once: BigInt = format!("0{}", &digits[..digits.len() - repeats as usize]).parse().ok()?;
    Some(BigRational::new(all - once, ten.pow(scale) * (ten.pow(repeats) - 1)))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits at the beginning, of which there is one, and the rest.
fn take_digits(text: &str, may: bool) -> Option<(&str, &str)> {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    (may && end > 0).then(|| text.split_at(end))
}

/// `,ddd` as people, LaTeX and typesetters write it, and no further digit.
fn thousand(text: &str) -> Option<(&str, &str)> {
    const SPACES: [&str; 4] = ["\\,", "\u{A0}", "\u{2009}", "\u{202F}"];
    let text = skip_any(text, &["\\!"]);
    let rest = SPACES.iter().find_map(|space| text.strip_prefix(space)).or_else(|| {
        let rest = text.strip_prefix("{,}").or_else(|| text.strip_prefix(','))?;
        // A space is no part of a number, unless LaTeX takes it back.
        let narrow = rest.trim_start_matches(' ').strip_prefix("\\!");
        Some(narrow.map_or(rest, |rest| rest.trim_start_matches(' ')))
    })?;
    let group = rest.get(..3).filter(|group| is_digits(group))?;
    let after = &rest[3..];
    (!after.starts_with(|c: char| c.is_ascii_digit())).then_some((group, after))
}

fn ten_to(exponent: &str) -> Option<BigRational> {
    let (negative, exponent) = sign(exponent.trim());
    let exponent: u32 = Some(exponent).filter(|exponent| is_digits(exponent))?.parse().ok()?;
    let size = Some(exponent).filter(|size| *size <= MOST)?;
    let power = BigRational::from_integer(BigInt::from(10).pow(size));
    Some(if negative { power.recip() } else { power })
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix(DASHES) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Option<BigRational> {
        super::whole(text, &Things::any())
    }
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
            "\\frac12",
            "\\frac 1{2}",
            "\\cfrac{1}2",
            "x = 0.5",
            "*0.5*",
            "`0.5`",
            "0.4\\overline{9}",
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
            ("14,\\!400", 14_400),
            ("11,\\! 111,\\! 111,\\! 100", 11_111_111_100),
            ("–5", -5),
            ("18 dollars", 18),
            ("440\\text{ cm}^2", 440),
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
            "\\frac1",
            "1 3/2",
            "0,500",
            "1 2 1/2",
            "5\\text{ million}",
            "5\\text{ or six}",
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
