//! A text that is one number, its unit and the name that it is given.

use super::{
    dress::{LONG, closed, composed, skip_any, spaces, undressed, unit},
    expression::evaluated,
    grammar::number,
    named::{led, named},
    spelled::spelled,
    sums::worked_out,
    things::Things,
};
use num_rational::BigRational;

/// Signs which say that what follows is rounded: the number is the answer that is given.
pub(super) const ABOUT: [&str; 4] = ["\\approx", "\\simeq", "≈", "≃"];

/// The number that a text is, and nothing else but its unit and the name that it is given.
pub(super) fn whole(text: &str, things: &Things<'_>) -> Option<BigRational> {
    let text = undressed(led(undressed(composed(text))));
    // Both sides of `72/1 = 72` must be one number.
    if let Some((left, right)) = text.split_once('=').filter(|_| named(text).len() == text.len() && text.len() <= LONG)
    {
        let value = single(left, things)
            .or_else(|| worked_out(left, things))
            .or_else(|| Some(evaluated(left, things)?.value))?;
        let right = whole(right, things).or_else(|| Some(evaluated(right, things)?.value));
        return right.filter(|right| *right == value);
    }
    single(text, things)
}

/// The same without an equation.
fn single(text: &str, things: &Things<'_>) -> Option<BigRational> {
    let text = undressed(skip_any(undressed(named(undressed(text))), &ABOUT));
    // Emphasis may hold the number and not its unit.
    let (text, close) = parted(text);
    let (number, rest) = number(skip_any(named(text), &ABOUT))?;
    let rest = said_again(unit(rest.strip_prefix(close)?, things), &number);
    let rest = spaces(unit(rest, things)).trim_end();
    rest.strip_suffix(['.', ',', ';', '。']).unwrap_or(rest).trim().is_empty().then_some(number)
}

/// What follows `(five)`, if that is the number.
fn said_again<'a>(text: &'a str, number: &BigRational) -> &'a str {
    let text = spaces(text);
    let aside = || {
        let (inner, rest) = match text.strip_prefix("\\text{").or_else(|| text.strip_prefix("\\mathrm{")) {
            Some(inner) => closed(inner, '}')
                .and_then(|(inner, rest)| Some((closed(inner.trim().strip_prefix('(')?, ')')?.0, rest)))?,
            None => closed(text.strip_prefix('(')?, ')')?,
        };
        let inner = inner.trim().strip_prefix("\\text{").and_then(|inner| inner.strip_suffix('}')).unwrap_or(inner);
        (BigRational::from_integer(spelled(inner)?.into()) == *number).then_some(rest)
    };
    aside().unwrap_or(text)
}

/// Without the emphasis that opens here, and what closes it.
fn parted(text: &str) -> (&str, &str) {
    const SIGNS: [(&str, &str); 6] = [("**", "**"), ("__", "__"), ("*", "*"), ("_", "_"), ("`", "`"), ("\\(", "\\)")];
    SIGNS.iter().find_map(|(open, close)| Some((text.strip_prefix(open)?, *close))).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

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
            "5 (six)",
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
