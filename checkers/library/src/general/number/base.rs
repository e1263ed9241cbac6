//! Numbers of another base than ten: `120_8`, `A2_{16}`, `1011_{\text{two}}`.

use super::spelled::spelled;
use num_bigint::BigInt;
use num_rational::BigRational;

/// The longest number that is read.
const LONGEST: usize = 200;

/// The value and the base, of a text that is nothing else.
pub(super) fn based(text: &str) -> Option<(BigRational, u32)> {
    let (digits, base) = text.split_once('_').filter(|_| text.len() <= LONGEST)?;
    let braced = |text| str::strip_suffix(text, '}');
    let base = base.strip_prefix('{').map_or(Some(base), braced)?;
    let base = base.strip_prefix("\\text{").map_or(Some(base), braced)?;
    let base = base.trim().parse().ok().or_else(|| spelled(base)).filter(|base| (2..=36).contains(base))?;
    let digits = digits.trim_end();
    let (negative, digits) = digits.strip_prefix(['-', '−']).map_or((false, digits), |digits| (true, digits));
    let digits = digits.strip_prefix("\\text{").and_then(|digits| digits.strip_suffix('}')).unwrap_or(digits);
    let digits = digits.strip_prefix('(').and_then(|digits| digits.strip_suffix(')')).unwrap_or(digits);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if whole.is_empty() || !plain(whole) || !plain(decimals) {
        return None;
    }
    let all = BigInt::parse_bytes(format!("{whole}{decimals}").as_bytes(), base)?;
    let scale = BigInt::from(base).pow(decimals.len().try_into().ok()?);
    Some((BigRational::new(if negative { -all } else { all }, scale), base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_their_base() {
        for (text, value, base) in [
            ("120_8", 80, 8),
            ("120_{8}", 80, 8),
            ("-1011_{\\text{two}}", -11, 2),
            ("a2_{16}", 162, 16),
            ("5_{10}", 5, 10),
        ] {
            assert_eq!(based(text), Some((BigRational::from_integer(value.into()), base)), "{text}");
        }
        assert_eq!(based("0.11_2"), Some((BigRational::new(3.into(), 4.into()), 2)));
        assert_eq!(based("(120)_8"), Some((BigRational::from_integer(80.into()), 8)));
        for text in ["", "_", "._2", "1.1.1_2", "5_", "5_1", "5_x", "128_8", "x_", "5_{8", "5_8 or 6_8", "5_99"] {
            assert_eq!(based(text), None, "{text}");
        }
    }
}
