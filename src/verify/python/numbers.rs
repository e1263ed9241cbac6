//! Floats beside whole numbers of any size.

use fullmarks_sandbox::python::Int;

/// An expected NaN is met by a NaN: nothing else could meet it.
pub(super) fn same_float(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

/// The float that stands for all that equal it: zeros of both signs are one, and so are all that are no number.
pub(super) fn one_form(float: f64) -> f64 {
    if float.is_nan() { f64::NAN } else { float + 0.0 }
}

/// Whether a number is within a tolerance, absolutely or relative to the expected one.
pub(super) fn near(expected: f64, got: f64, tolerance: f64) -> bool {
    let most = tolerance * expected.abs().max(1.0);
    // Nothing is near what is infinite or no number.
    expected.is_finite() && got.is_finite() && (expected - got).abs() <= most
}

/// The nearest float, infinite when there is none.
pub(super) fn float(int: &Int) -> f64 {
    let bytes = int.as_le_bytes();
    let negative = bytes.last().is_some_and(|byte| byte & 0x80 != 0);
    match int.to_i64() {
        Some(small) => small as f64,
        None if bytes.len() > 130 => {
            if negative {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            }
        }
        None => {
            // The sign goes first: taken off at the end, it would take the last digits with it.
            let mut carry = negative;
            let mut size = |byte: &u8| {
                let (byte, over) = if negative { (!byte).overflowing_add(u8::from(carry)) } else { (*byte, false) };
                carry = over;
                byte
            };
            let size: Vec<u8> = bytes.iter().map(&mut size).collect();
            let size = size.iter().rev().fold(0.0, |sum, byte| sum * 256.0 + f64::from(*byte));
            if negative { -size } else { size }
        }
    }
}

/// The whole number that a float is, if it is one: exactly, whatever its size.
pub(super) fn whole(float: f64) -> Option<Int> {
    if !float.is_finite() || float != float.trunc() {
        return None;
    }
    if float.abs() < 9.2e18 {
        return Some(Int::from(float as i64));
    }
    // So large a float is its 53 bits, moved up.
    let bits = float.to_bits();
    let (mantissa, up) = ((bits & ((1 << 52) - 1)) | (1 << 52), ((bits >> 52) & 0x7ff) as usize - 1075);
    let signed = if float < 0.0 { -i128::from(mantissa) } else { i128::from(mantissa) };
    let mut bytes = vec![0; up / 8];
    bytes.extend((signed << (up % 8)).to_le_bytes());
    Some(Int::from_le_bytes(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_floats_are_the_numbers_they_are() {
        for (small, is) in [(0.0, 0), (-0.0, 0), (3.0, 3), (-7e15, -7_000_000_000_000_000)] {
            assert_eq!(whole(small), Some(Int::from(is)));
        }
        for none in [0.5, -1e-300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(whole(none), None);
        }
        let ten_to_20 = Int::from_le_bytes(&100_000_000_000_000_000_000_i128.to_le_bytes());
        assert_eq!(whole(1e20), Some(ten_to_20));
        assert_eq!(whole(-2.0_f64.powi(64)), Some(Int::from_le_bytes(&(-(1_i128 << 64)).to_le_bytes())));
        assert_eq!(whole(2.0_f64.powi(63)), Some(Int::from_le_bytes(&(1_i128 << 63).to_le_bytes())));
        for large in [1e20, -3e25, 2.0_f64.powi(200), -1.5e300, f64::MAX] {
            assert_eq!(float(&whole(large).unwrap()), large);
        }
    }
}
