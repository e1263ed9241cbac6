//! Whether a value is the expected one. Types count: `True` is not `1`, a tuple is not a list, `1.0` is not `1`, unless the
//! spec says otherwise.

use super::pairing::pairs_up;
use fullmarks_sandbox::python::{Int, Value};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// What pairing values that only a tolerance makes equal may take, in bytes that are looked at: no fuel counts it, and the completion chose half
/// of them.
const WORK: usize = 32 << 20;

/// What may differ.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Comparison {
    /// Numbers may differ by this much, absolutely or relative to the expected one; whole numbers then equal floats.
    pub(super) tolerance: Option<f64>,
    /// Whether `1.0` equals `1`.
    pub(super) int_equals_float: bool,
    /// Whether a tuple equals a list of the same items.
    pub(super) tuple_equals_list: bool,
    /// Whether the items of the outermost list or tuple may come in any order.
    pub(super) unordered: bool,
}

impl Comparison {
    /// Whether what came is what was expected.
    pub(super) fn equal(&self, expected: &Value, got: &Value) -> bool {
        if self.unordered
            && let (Some(a), Some(b)) = (items(expected), items(got))
            && self.same_kind(expected, got)
        {
            return a.len() == b.len() && self.same_in_some_order(a, b);
        }
        self.same(expected, got)
    }

    fn same_in_some_order(&self, expected: &[Value], got: &[Value]) -> bool {
        let (expected, got) = (self.in_order(expected), self.in_order(got));
        if expected.iter().zip(&got).all(|(a, b)| self.same(a, b)) {
            return true;
        }
        // Values that are near each other have no order to be put in.
        let nested = expected.iter().any(|value| !matches!(value, Value::Int(_) | Value::Float(_)));
        let work = || expected.len().saturating_mul(expected.iter().chain(&got).map(|value| size(value)).sum());
        self.tolerance.is_some() && nested && work() <= WORK && pairs_up(&expected, &got, |a, b| self.same(a, b))
    }

    fn same(&self, expected: &Value, got: &Value) -> bool {
        match (expected, got) {
            (Value::None, Value::None) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            // A tolerance is for what is rounded.
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => same_float(*a, *b) || self.near(*a, *b),
            (Value::Int(a), Value::Float(b)) => self.mixed(a, *b) || self.near(float(a), *b),
            (Value::Float(a), Value::Int(b)) => self.mixed(b, *a) || self.near(*a, float(b)),
            (Value::Complex(a, b), Value::Complex(c, d)) => {
                (same_float(*a, *c) || self.near(*a, *c)) && (same_float(*b, *d) || self.near(*b, *d))
            }
            (Value::Set(a), Value::Set(b)) | (Value::Frozenset(a), Value::Frozenset(b)) => {
                if a.len() != b.len() {
                    return false;
                }
                let (mut a, mut b): (Vec<_>, Vec<_>) = (
                    a.iter().map(|item| self.canonical(item)).collect(),
                    b.iter().map(|item| self.canonical(item)).collect(),
                );
                a.sort();
                b.sort();
                a == b
            }
            (Value::Dict(a), Value::Dict(b)) => {
                if a.len() != b.len() {
                    return false;
                }
                let found: HashMap<_, _> = b.iter().map(|(key, value)| (self.canonical(key), value)).collect();
                let same = |(key, value): &(Value, Value)| {
                    found.get(&self.canonical(key)).is_some_and(|found| self.same(value, found))
                };
                found.len() == b.len() && a.iter().all(same)
            }
            _ => match (items(expected), items(got)) {
                (Some(a), Some(b)) if self.same_kind(expected, got) => {
                    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(a, b))
                }
                _ => false,
            },
        }
    }

    /// In an order that depends on the values alone: numbers by size, everything else by its form.
    fn in_order<'a>(&self, items: &'a [Value]) -> Vec<&'a Value> {
        let number = |value: &Value| match value {
            Value::Int(int) => Some(float(int)),
            Value::Float(float) => Some(*float),
            _ => None,
        };
        let mut keyed: Vec<_> = items.iter().map(|item| (number(item), self.canonical(item), item)).collect();
        keyed.sort_by(|(a, x, _), (b, y, _)| match (a, b) {
            (Some(a), Some(b)) => a.total_cmp(b).then_with(|| x.cmp(y)),
            (a, b) => a.is_some().cmp(&b.is_some()).then_with(|| x.cmp(y)),
        });
        keyed.into_iter().map(|(_, _, item)| item).collect()
    }

    /// A hash of a value, the same for those that are equal but for a tolerance. It takes time in proportion to the value, which a completion chose.
    fn canonical(&self, value: &Value) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut all = |tag: &[u8], parts: &mut dyn Iterator<Item = [u8; 32]>| {
            hash.update(tag);
            parts.for_each(|part| hash.update(part));
        };
        let sorted = |mut parts: Vec<[u8; 32]>| {
            parts.sort_unstable();
            parts.into_iter()
        };
        match value {
            Value::None => hash.update(b"N"),
            Value::Bool(bool) => hash.update([b'B', u8::from(*bool)]),
            Value::Int(int) => {
                hash.update(b"i");
                hash.update(int.as_le_bytes());
            }
            Value::Float(float) if self.int_equals_float && float.abs() < 9.2e18 && *float == float.trunc() => {
                return self.canonical(&Value::from(*float as i64));
            }
            // Zeros of both signs are one.
            Value::Float(float) => hash.update([b"f", &(float + 0.0).to_le_bytes()[..]].concat()),
            Value::Complex(real, imaginary) => {
                hash.update([b"c", &(real + 0.0).to_le_bytes()[..], &(imaginary + 0.0).to_le_bytes()].concat());
            }
            Value::Str(text) => {
                hash.update(b"s");
                hash.update(text.as_bytes());
            }
            Value::Bytes(bytes) => {
                hash.update(b"b");
                hash.update(bytes);
            }
            Value::Tuple(items) if !self.tuple_equals_list => {
                all(b"t", &mut items.iter().map(|item| self.canonical(item)))
            }
            Value::List(items) | Value::Tuple(items) => all(b"l", &mut items.iter().map(|item| self.canonical(item))),
            Value::Set(items) | Value::Frozenset(items) => {
                all(b"S", &mut sorted(items.iter().map(|item| self.canonical(item)).collect()))
            }
            Value::Dict(pairs) => {
                let pair = |(key, value): &(Value, Value)| -> [u8; 32] {
                    Sha256::digest([self.canonical(key), self.canonical(value)].concat()).into()
                };
                all(b"d", &mut sorted(pairs.iter().map(pair).collect()));
            }
        }
        hash.finalize().into()
    }

    fn same_kind(&self, a: &Value, b: &Value) -> bool {
        self.tuple_equals_list || matches!(a, Value::List(_)) == matches!(b, Value::List(_))
    }

    fn near(&self, expected: f64, got: f64) -> bool {
        let Some(tolerance) = self.tolerance else { return false };
        let most = tolerance * expected.abs().max(1.0);
        // Nothing is near what is infinite or no number.
        expected.is_finite() && got.is_finite() && (expected - got).abs() <= most
    }

    fn mixed(&self, int: &Int, float: f64) -> bool {
        // Exactly: a float that is whole and within 64 bits has one whole number that it is.
        self.int_equals_float
            && int.to_i64().is_some_and(|int| float.abs() < 9.2e18 && float == float.trunc() && float as i64 == int)
    }
}

/// An expected NaN is met by a NaN: nothing else could meet it.
fn same_float(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

/// The nearest float, infinite when there is none.
fn float(int: &Int) -> f64 {
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
            let unsigned = bytes.iter().rev().fold(0.0, |sum, byte| sum * 256.0 + f64::from(*byte));
            if negative { unsigned - 256.0_f64.powi(bytes.len() as i32) } else { unsigned }
        }
    }
}

fn items(value: &Value) -> Option<&[Value]> {
    match value {
        Value::List(items) | Value::Tuple(items) => Some(items),
        _ => None,
    }
}

/// What comparing a value takes, roughly, in bytes.
fn size(value: &Value) -> usize {
    match value {
        Value::None | Value::Bool(_) | Value::Float(_) | Value::Complex(..) => 64,
        Value::Int(int) => 64 + int.as_le_bytes().len(),
        Value::Str(text) => 64 + text.as_bytes().len(),
        Value::Bytes(bytes) => 64 + bytes.len(),
        Value::List(items) | Value::Tuple(items) | Value::Set(items) | Value::Frozenset(items) => {
            64 + items.iter().map(size).sum::<usize>()
        }
        Value::Dict(pairs) => 64 + pairs.iter().map(|(key, value)| size(key) + size(value)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(items)
    }

    #[test]
    fn types_count() {
        let strict = Comparison::default();
        assert!(strict.equal(&1.into(), &1.into()));
        for (a, b) in [
            (1.into(), true.into()),
            (1.into(), 1.0.into()),
            (0.into(), Value::None),
            (vec![1].into(), tuple(vec![1.into()])),
            ("1".into(), 1.into()),
            (Value::Set(vec![]), Value::Frozenset(vec![])),
            (Value::Set(vec![]), Value::Dict(vec![])),
            (vec![1, 2].into(), vec![2, 1].into()),
        ] {
            assert!(!strict.equal(&a, &b) && !strict.equal(&b, &a), "{a:?} {b:?}");
        }
    }

    #[test]
    fn what_the_spec_allows_may_differ() {
        let loose = Comparison { int_equals_float: true, tuple_equals_list: true, ..Comparison::default() };
        assert!(loose.equal(&1.into(), &1.0.into()));
        assert!(!loose.equal(&1.into(), &1.1.into()));
        assert!(!loose.equal(&i64::MAX.into(), &9.3e18.into()));
        assert!(!loose.equal(&1.into(), &true.into()));
        assert!(loose.equal(&vec![1].into(), &tuple(vec![1.0.into()])));
        let near = Comparison { tolerance: Some(1e-6), ..Comparison::default() };
        assert!(near.equal(&vec![1_000_000.0].into(), &vec![1_000_000.5].into()));
        assert!(!near.equal(&1.0.into(), &1.00001.into()));
        assert!(!near.equal(&1.0.into(), &f64::NAN.into()));
        assert!(near.equal(&3.into(), &3.0.into()));
        let unordered = Comparison { unordered: true, ..Comparison::default() };
        assert!(unordered.equal(&vec![1, 2, 2].into(), &vec![2, 1, 2].into()));
        assert!(!unordered.equal(&vec![1, 2, 2].into(), &vec![2, 1, 1].into()));
        assert!(!unordered.equal(&vec![1].into(), &vec![true].into()));
        assert!(!unordered.equal(&vec![1].into(), &tuple(vec![1.into()])));
    }

    #[test]
    fn any_order_holds_for_what_else_may_differ() {
        let pairs =
            |pairs: &[[f64; 2]]| Value::from(pairs.iter().map(|pair| Value::from(pair.to_vec())).collect::<Vec<_>>());
        let tuples = |pairs: &[[i64; 2]]| {
            Value::from(pairs.iter().map(|pair| tuple(pair.iter().map(|&n| n.into()).collect())).collect::<Vec<_>>())
        };
        let unordered = Comparison { unordered: true, ..Comparison::default() };
        let loose = Comparison { int_equals_float: true, tuple_equals_list: true, ..unordered };
        let expected = pairs(&[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0], [7.0, 8.0]]);
        for shuffled in
            [[[7, 8], [5, 6], [1, 2], [3, 4]], [[3, 4], [1, 2], [7, 8], [5, 6]], [[1, 2], [7, 8], [3, 4], [5, 6]]]
        {
            assert!(loose.equal(&expected, &tuples(&shuffled)) && loose.equal(&tuples(&shuffled), &expected));
            assert!(!unordered.equal(&expected, &tuples(&shuffled)));
        }
        assert!(!loose.equal(&expected, &tuples(&[[1, 2], [3, 4], [5, 6], [5, 6]])));
        // 1.0 is near 0.9 and 1.1, which are not near each other: whichever is tried first, both find a place.
        let near = Comparison { tolerance: Some(0.11), ..unordered };
        assert!(near.equal(&pairs(&[[1.0, 0.0], [1.1, 0.0]]), &pairs(&[[1.05, 0.0], [0.95, 0.0]])));
        assert!(near.equal(&pairs(&[[1.1, 0.0], [1.0, 0.0]]), &pairs(&[[1.0, 0.0], [1.2, 0.0]])));
        assert!(!near.equal(&pairs(&[[1.0, 0.0], [1.1, 0.0]]), &pairs(&[[1.05, 0.0], [1.3, 0.0]])));
        // What takes too much work is not equal: here two hundred sets of five thousand, each against each.
        let many = Value::Set((0..5000).map(Value::from).collect());
        let few = |n: i64| Value::Set(vec![n.into(), (n + 1).into()]);
        let expected = Value::from((0..200).map(few).collect::<Vec<_>>());
        assert!(!near.equal(&expected, &Value::from(vec![many; 200])));
        let sets = |value: Value| Value::Set(vec![value]);
        assert!(loose.equal(&sets(1.into()), &sets(1.0.into())));
    }

    #[test]
    fn sets_and_dicts_have_no_order_and_no_doubles() {
        let strict = Comparison::default();
        let pair = |a: i64, b: i64| (Value::from(a), Value::from(b));
        assert!(strict.equal(&Value::Set(vec![1.into(), 2.into()]), &Value::Set(vec![2.into(), 1.into()])));
        assert!(strict.equal(&Value::Dict(vec![pair(1, 2), pair(3, 4)]), &Value::Dict(vec![pair(3, 4), pair(1, 2)])));
        // Only a forged message has a key twice.
        assert!(!strict.equal(&Value::Dict(vec![pair(1, 2), pair(3, 4)]), &Value::Dict(vec![pair(1, 2), pair(1, 2)])));
        assert!(!strict.equal(&Value::Set(vec![1.into(), 2.into()]), &Value::Set(vec![1.into(), 1.into()])));
    }
}
