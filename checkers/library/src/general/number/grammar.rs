//! Numbers as answers write them, read exactly.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::dress::{CURRENCIES, closed, skip_any, spaces};

/// Most digits of a number, and the largest power of ten: both bound the work.
const MOST: u32 = 400;

/// Every dash that stands for a minus.
pub(super) const DASHES: [char; 8] = ['-', '−', '–', '—', '‐', '‑', '‒', '－'];

/// Commands for fractions.
pub(super) const FRACTIONS: [&str; 4] = ["\\frac", "\\dfrac", "\\tfrac", "\\cfrac"];

/// The number at the beginning of a text, and what follows it.
pub(super) fn number(text: &str) -> Option<(BigRational, &str)> {
    let text = skip_any(spaces(text), &CURRENCIES);
    let (negative, text) = sign(spaces(text));
    let text = spaces(skip_any(spaces(text), &CURRENCIES));
    if let Some((value, rest)) = negative.then(|| bracketed(text)).flatten() {
        return Some((-value, rest));
    }
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

/// The number between brackets, which a sign stands before: `-(3/4)`.
fn bracketed(text: &str) -> Option<(BigRational, &str)> {
    let inner = ["\\left(", "("].iter().find_map(|open| text.strip_prefix(open))?;
    let inner = spaces(inner);
    // No sign within, which another bracket might follow: one step, however many there are.
    let plain = inner.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        || FRACTIONS.iter().any(|command| inner.starts_with(command));
    let (value, rest) = plain.then(|| number(inner)).flatten()?;
    let rest = spaces(rest);
    ["\\right)", ")"].iter().find_map(|close| rest.strip_prefix(close)).map(|rest| (value, rest))
}

/// The proper fraction behind a whole number: `6\frac15`, `6 1/5`.
pub(super) fn mixed<'a>(text: &str, whole: &BigRational, rest: &'a str) -> Option<(BigRational, &'a str)> {
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
    spaces(after).is_empty().then_some((if negative { -value } else { value }, rest))
}

/// `/ b`, `\over b`, which is no 0.
fn over(text: &str) -> Option<(BigRational, &str)> {
    let text = spaces(text);
    let rest = text.strip_prefix('/').or_else(|| text.strip_prefix("\\over "))?;
    let (denominator, rest) = decimal(rest.trim_start())?;
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
pub(super) fn decimal(text: &str) -> Option<(BigRational, &str)> {
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
    const SPACES: [&str; 8] = ["\\,", "\\ ", "\\;", "\\:", "~", "\u{A0}", "\u{2009}", "\u{202F}"];
    let text = skip_any(text, &["\\!"]);
    if let Some(spaced) = text.strip_prefix(' ') {
        // Three digits that are no fraction: `1 100/200` is mixed.
        let end = spaced.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(spaced.len());
        let (group, after) = spaced.split_at(end);
        return (end == 3 && !spaces(after).starts_with('/')).then_some((group, after));
    }
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
