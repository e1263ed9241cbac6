//! Numbers as JSON Schema means them: `1` and `1.0` are one number, and tenths are tenths.

use std::cmp::Ordering;

use serde_json::Number;

/// A number in the type that compares it exactly.
enum Numeric {
    Whole(i128),
    /// With a fraction, or beyond any 64-bit integer by far.
    Other(f64),
}

/// Doubles from here on have no exact `i128`.
const HUGE: f64 = 1e38;

fn numeric(number: &Number) -> Numeric {
    if let Some(whole) = number.as_i64() {
        return Numeric::Whole(whole.into());
    }
    if let Some(whole) = number.as_u64() {
        return Numeric::Whole(whole.into());
    }
    match number.as_f64().unwrap_or(f64::MAX) {
        float if float.fract() == 0.0 && float.abs() < HUGE => Numeric::Whole(float as i128),
        float => Numeric::Other(float),
    }
}

/// The order of numbers. A double with a fraction lies below 2^53, where a whole number converts to a double without
/// passing it, so the order is exact.
pub(super) fn compare(a: &Number, b: &Number) -> Ordering {
    let float = |value| match value {
        Numeric::Whole(whole) => whole as f64,
        Numeric::Other(float) => float,
    };
    match (numeric(a), numeric(b)) {
        (Numeric::Whole(a), Numeric::Whole(b)) => a.cmp(&b),
        (a, b) => float(a).total_cmp(&float(b)),
    }
}

/// Whether the number has no fraction, however it was written.
pub(super) fn is_whole(number: &Number) -> bool {
    number.as_f64().is_some_and(|value| value.fract() == 0.0)
}

/// Whether `number` is a whole multiple of `step`, in decimal: 0.3 is a multiple of 0.1.
pub(super) fn is_multiple(number: &Number, step: &Number) -> bool {
    let (Some((digits, power)), Some((step, step_power))) = (decimal(number), decimal(step)) else { return false };
    let apart = power.abs_diff(step_power);
    if power < step_power {
        // A step that does not fit is larger than any digits.
        let step = 10u128.checked_pow(apart).and_then(|tens| tens.checked_mul(step));
        return digits == 0 || step.is_some_and(|step| digits % step == 0);
    }
    // Long division: a double has at most some hundred zeros.
    (0..apart).fold(digits % step, |rest, _| rest * 10 % step) == 0
}

/// Digits and power of ten of the shortest decimal that reads as this number, without its sign.
fn decimal(number: &Number) -> Option<(u128, i32)> {
    let text = number.to_string();
    let text = text.trim_start_matches('-');
    let (digits, power) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let power = power.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    Some((format!("{whole}{fraction}").parse().ok()?, power))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).expect("a number")
    }

    #[test]
    fn whole_numbers_and_doubles_share_one_order() {
        for (a, order, b) in [
            ("1", Ordering::Equal, "1.0"),
            ("-0.0", Ordering::Equal, "0"),
            ("1e2", Ordering::Equal, "100"),
            ("9007199254740993", Ordering::Greater, "9007199254740992"),
            ("18446744073709551615", Ordering::Greater, "-1"),
            ("0.5", Ordering::Less, "1"),
            ("1e300", Ordering::Greater, "18446744073709551615"),
        ] {
            assert_eq!(compare(&number(a), &number(b)), order, "{a} {b}");
        }
    }

    #[test]
    fn multiples_are_decimal() {
        for (number_, step, multiple) in [
            ("0.3", "0.1", true),
            ("0.35", "0.1", false),
            ("4.0", "2", true),
            ("7", "2", false),
            ("1e20", "0.5", true),
            ("0", "0.01", true),
            ("19.99", "0.01", true),
            ("1e300", "1e-300", true),
            ("1e-300", "1e300", false),
            ("1e308", "0.5", true),
            ("1e308", "3", false),
            ("1e308", "123456789", false),
            ("-0.3", "0.1", true),
            ("18446744073709551615", "5", true),
            ("18446744073709551615", "1.8446744073709552e19", false),
            ("-6", "3", true),
        ] {
            assert_eq!(is_multiple(&number(number_), &number(step)), multiple, "{number_} {step}");
        }
    }

    #[test]
    fn whole_numbers_may_be_long_or_written_with_a_fraction() {
        for (text, whole) in [
            ("1.0", true),
            ("-0.0", true),
            ("1e308", true),
            ("12345678910111213141516171819202122232425262728293031", true),
            ("18446744073709551615", true),
            ("1e-1", false),
            ("1125899906842624.5", false),
            ("4503599627370495.5", false),
        ] {
            assert_eq!(is_whole(&number(text)), whole, "{text}");
        }
    }
}
