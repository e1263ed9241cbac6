//! Powers, roots, factorials and binomials, exact and bounded, so that no completion chooses what they cost.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Most bits of a number.
const BITS: u64 = 4096;

/// The largest factorial, and the largest number that is chosen from.
const FACTORIAL: u32 = 200;
const CHOICES: u32 = 1000;

/// The value, unless it grows beyond what answers hold.
pub(super) fn small(value: BigRational) -> Option<BigRational> {
    (value.numer().bits().max(value.denom().bits()) <= BITS).then_some(value)
}

fn whole(value: &BigRational, most: u32) -> Option<u32> {
    value.is_integer().then(|| value.numer().to_u32()).flatten().filter(|value| *value <= most)
}

/// `n!`
pub(super) fn factorial(value: &BigRational) -> Option<BigRational> {
    let product: BigInt = (1..=whole(value, FACTORIAL)?).map(BigInt::from).product();
    Some(BigRational::from_integer(product))
}

/// Ways to choose some of a number.
pub(super) fn binomial(of: &BigRational, chosen: &BigRational) -> Option<BigRational> {
    let (of, chosen) = (whole(of, CHOICES)?, whole(chosen, CHOICES)?);
    let chosen = chosen.min(of.checked_sub(chosen)?);
    let ways = (0..chosen).fold(BigInt::one(), |ways, step| ways * (of - step) / (step + 1));
    Some(BigRational::from_integer(ways))
}

/// `base^exponent`, where it is a fraction. `0^0` is nothing, nor is a fraction's power of a negative number.
pub(super) fn power(base: &BigRational, exponent: &BigRational) -> Option<BigRational> {
    let degree = exponent.denom().to_u32()?;
    let base = match degree {
        1 => base.clone(),
        // Whether that is a real number, books do not agree on.
        _ if base.is_negative() => return None,
        _ => root(base, degree)?,
    };
    let size = exponent.numer().abs().to_u32().filter(|size| u64::from(*size) <= BITS)?;
    if base.is_zero() {
        return exponent.is_positive().then_some(base);
    }
    let bits = base.numer().bits().max(base.denom().bits());
    if bits * u64::from(size) > BITS {
        return None;
    }
    let raised = BigRational::new(base.numer().pow(size), base.denom().pow(size));
    Some(if exponent.is_negative() { raised.recip() } else { raised })
}

/// The real root of a number, where there is one and it is a fraction.
pub(super) fn root(value: &BigRational, degree: u32) -> Option<BigRational> {
    if !(2..=64).contains(&degree) || value.is_negative() && degree.is_multiple_of(2) {
        return None;
    }
    let exact = |number: &BigInt| {
        let root = number.nth_root(degree);
        (root.pow(degree) == *number).then_some(root)
    };
    Some(BigRational::new(exact(value.numer())?, exact(value.denom())?))
}
