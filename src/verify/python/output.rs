//! Whether what a program wrote is what it should have written.

use super::params::{flag, text};
use crate::verify::Row;
use serde_json::Value;

/// How two outputs are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Compare {
    by: By,
    /// Whether letters of ASCII count the same large and small.
    ignore_case: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum By {
    /// Byte by byte.
    Exact,
    /// Without white space at the ends of lines, and without empty lines at the end.
    Trimmed,
    /// Line by line without white space around the lines and around all of it; a line that differs, word by word as decimal numbers.
    Decimals,
    /// Word by word; those that are numbers may differ by this much, absolutely or relative to the expected one.
    Tokens(f64),
}

impl Compare {
    /// As the parameters say.
    pub(super) fn of(params: &Row) -> Result<Self, String> {
        let tolerance = params.get("tolerance").and_then(Value::as_f64);
        let by = match (text(params, "compare"), tolerance) {
            (Some("exact"), None) => By::Exact,
            (Some("trimmed") | None, None) => By::Trimmed,
            (Some("decimals"), None) => By::Decimals,
            (Some("tokens") | None, tolerance) => By::Tokens(tolerance.unwrap_or(0.0)),
            (Some(_), Some(_)) => return Err("a `tolerance` needs `compare: tokens`".into()),
            (Some(other), None) => return Err(format!("`compare` cannot be `{other}`")),
        };
        Ok(Self { by, ignore_case: flag(params, "ignore_case") })
    }

    /// Whether they are equal.
    pub(super) fn equal(self, expected: &str, got: &str) -> bool {
        match self.by {
            By::Exact => self.same(expected, got),
            By::Trimmed => pairs(trimmed(expected), trimmed(got), |a, b| self.same(a, b)),
            By::Decimals => {
                let same = |a: &str, b: &str| self.same(a.trim(), b.trim()) || same_decimals(a, b);
                pairs(expected.trim().split('\n'), got.trim().split('\n'), same)
            }
            By::Tokens(tolerance) => {
                let same = |a: &str, b: &str| self.same(a, b) || near(a, b, tolerance);
                pairs(expected.split_whitespace(), got.split_whitespace(), same)
            }
        }
    }

    fn same(self, a: &str, b: &str) -> bool {
        if self.ignore_case { a.eq_ignore_ascii_case(b) } else { a == b }
    }
}

/// Whether both have as many, each the same as its counterpart.
fn pairs<'a>(
    mut a: impl Iterator<Item = &'a str>,
    mut b: impl Iterator<Item = &'a str>,
    same: impl Fn(&str, &str) -> bool,
) -> bool {
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if same(a, b) => {}
            _ => return false,
        }
    }
}

/// A tolerance is for what is rounded: two whole numbers are the same or not.
fn near(expected: &str, got: &str, tolerance: f64) -> bool {
    if tolerance == 0.0 || (whole(expected) && whole(got)) {
        return false;
    }
    let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    match (number(expected), number(got)) {
        (Some(a), Some(b)) => (a - b).abs() <= tolerance * a.abs().max(1.0),
        _ => false,
    }
}

fn whole(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two lines are the same decimal numbers, exactly, whatever their form.
fn same_decimals(expected: &str, got: &str) -> bool {
    pairs(
        expected.split_whitespace(),
        got.split_whitespace(),
        |a, b| matches!((Decimal::read(a), Decimal::read(b)), (Some(a), Some(b)) if a == b),
    )
}

/// A decimal number without a limit to its digits.
#[derive(Debug, PartialEq)]
struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: Vec<u8>,
    /// The power of ten of the last digit.
    exponent: i64,
}

impl Decimal {
    fn read(text: &str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (rest, 0),
        };
        let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if before.len() + after.len() == 0 {
            return None;
        }
        let mut digits: Vec<u8> = before.bytes().chain(after.bytes()).collect();
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let mut exponent = exponent.checked_sub(i64::try_from(after.len()).ok()?)?;
        while digits.last() == Some(&b'0') {
            digits.pop();
            exponent = exponent.checked_add(1)?;
        }
        let leading = digits.iter().take_while(|digit| **digit == b'0').count();
        digits.drain(..leading);
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0 });
        }
        Some(Self { negative, digits, exponent })
    }
}

/// The lines without white space at their ends, as far as the last that is not empty.
pub(super) fn trimmed(text: &str) -> impl Iterator<Item = &str> {
    text.trim_end().lines().map(str::trim_end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DECIMALS: Compare = Compare { by: By::Decimals, ignore_case: false };
    const TOKENS: Compare = Compare { by: By::Tokens(1e-5), ignore_case: true };

    /// What `decimal.Decimal` says of them.
    #[test]
    fn lines_of_decimals_are_compared_as_numbers() {
        let same = [
            ("1.50 2", "1.5 2.0"),
            ("1.50 2", "1.50  2"),
            ("1.50 2", "1.500000e+00 2"),
            ("YES\nNO", "\n YES\n NO \n"),
            ("-0", "0.000"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1e3", "1000"),
            ("+7", "7"),
        ];
        for (expected, got) in same {
            assert!(DECIMALS.equal(expected, got), "{expected:?} {got:?}");
        }
        for (expected, got) in [
            ("1.5", "1.50001"),
            ("YES", "yes"),
            ("1\n2", "1 2"),
            ("a 1.0", "a 1"),
            ("1", "1\n\n1"),
            ("", "0"),
            ("1", "."),
            ("1", "1e"),
            ("1", "0x1"),
            ("1", "--1"),
            ("1", "1e99999999999999999999"),
            ("1", ""),
            ("0", "-"),
            ("12", "1_2"),
            ("100000000000000000001", "1e20"),
        ] {
            assert!(!DECIMALS.equal(expected, got), "{expected:?} {got:?}");
        }
    }

    #[test]
    fn a_tolerance_is_not_for_whole_numbers() {
        for (expected, got) in [("Yes 0.333333", "YES 0.33333"), ("1000000", "1000000.5"), ("3", "3.0")] {
            assert!(TOKENS.equal(expected, got), "{expected:?} {got:?}");
        }
        for (expected, got) in [("1000000", "1000001"), ("1.0", "1.1"), ("nan", "inf"), ("a", "b"), ("1 2", "1")] {
            assert!(!TOKENS.equal(expected, got), "{expected:?} {got:?}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_itself_in_any_form(whole in -10_000_000_i64..10_000_000, places in 0_usize..6, zeros in 0_usize..4) {
            let (sign, size) = (if whole < 0 { "-" } else { "" }, whole.unsigned_abs().to_string());
            let padded = format!("{size:0>width$}", width = places + 1);
            let (before, after) = padded.split_at(padded.len() - places);
            let written = format!("{sign}{}{before}.{after}{}", "0".repeat(zeros), "0".repeat(zeros));
            let scientific = format!("{whole}e-{places}");
            prop_assert!(DECIMALS.equal(&written, &scientific));
            let next = format!("{}e-{places}", whole + 1);
            prop_assert!(!DECIMALS.equal(&written, &next));
        }
    }
}
