//! Whether a value is the expected one. Types count: `True` is not `1`, a tuple is not a list, `1.0` is not `1`, unless the
//! spec says otherwise.

use super::{
    numbers::{float, near, one_form, same_float, whole},
    pairing::pairs_up,
};
use fullmarks_sandbox::python::{Int, Value};
use sha2::{Digest, Sha256};
use std::{cell::Cell, collections::HashMap};

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

/// What is left of [`WORK`].
struct Work(Cell<usize>);

impl Work {
    fn spend(&self, bytes: usize) -> bool {
        let left = self.0.get().checked_sub(bytes);
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }
}

impl Comparison {
    /// Whether what came is what was expected.
    pub(super) fn equal(&self, expected: &Value, got: &Value) -> bool {
        let work = Work(Cell::new(WORK));
        if self.unordered
            && let (Some(a), Some(b)) = (items(expected), items(got))
            && self.same_kind(expected, got)
        {
            return a.len() == b.len() && self.same_in_some_order(&each(a), &each(b), &work);
        }
        self.same(expected, got, &work)
    }

    /// Whether each has one of its own: exactly, or as far as the tolerance goes.
    fn same_in_some_order(&self, expected: &[Entry<'_>], got: &[Entry<'_>], work: &Work) -> bool {
        let (mut a, mut b): (Vec<_>, Vec<_>) = (
            expected.iter().map(|entry| self.hash(entry)).collect(),
            got.iter().map(|entry| self.hash(entry)).collect(),
        );
        a.sort_unstable();
        b.sort_unstable();
        a == b || (self.tolerance.is_some() && self.paired(expected, got, work))
    }

    /// Values that are near each other have no order, but what is no number in them is equal, and their first numbers are near: only such are
    /// looked at.
    fn paired(&self, expected: &[Entry<'_>], got: &[Entry<'_>], work: &Work) -> bool {
        let key = |entry: &Entry<'_>| {
            let mut first = None;
            let mut form = Sha256::new();
            self.form(entry.0, &mut form, &mut first);
            if let Some(value) = entry.1 {
                self.form(value, &mut form, &mut first);
            }
            (<[u8; 32]>::from(form.finalize()), first.unwrap_or(0.0))
        };
        let order = |(a, x): &([u8; 32], f64), (b, y): &([u8; 32], f64)| a.cmp(b).then_with(|| x.total_cmp(y));
        let mut sorted: Vec<_> = got.iter().map(|entry| (key(entry), entry)).collect();
        sorted.sort_by(|(a, _), (b, _)| order(a, b));
        let tolerance = self.tolerance.unwrap_or(0.0);
        let mut places = Vec::with_capacity(expected.len());
        for entry in expected {
            let (form, first) = key(entry);
            let most = tolerance * first.abs().max(1.0) * (1.0 + 1e-9);
            // An infinite or missing number is met by its like alone.
            let (least, most) = if first.is_finite() { (first - most, first + most) } else { (first, first) };
            let from = sorted.partition_point(|(key, _)| order(key, &(form, least)).is_lt());
            let mut own = Vec::new();
            for (place, ((other, number), candidate)) in sorted.iter().enumerate().skip(from) {
                if *other != form || number.total_cmp(&most).is_gt() {
                    break;
                }
                if !work.spend(entry.size() + candidate.size()) {
                    return false;
                }
                if self.same_entry(entry, candidate, work) {
                    own.push(place);
                }
            }
            places.push(own);
        }
        pairs_up(&places, WORK)
    }

    /// The parts of a value that a tolerance leaves alone, and its first number.
    fn form(&self, value: &Value, form: &mut Sha256, first: &mut Option<f64>) {
        let number = match value {
            Value::Int(int) => Some(float(int)),
            Value::Float(float) | Value::Complex(float, _) => Some(*float),
            _ => None,
        };
        if let Some(number) = number {
            first.get_or_insert(one_form(number));
            return form.update(b"n");
        }
        match value {
            Value::List(items) | Value::Tuple(items) => {
                let tuple = matches!(value, Value::Tuple(_)) && !self.tuple_equals_list;
                form.update(if tuple { b"t" } else { b"l" });
                form.update(items.len().to_le_bytes());
                items.iter().for_each(|item| self.form(item, form, first));
            }
            Value::Set(items) => form.update([b"S", &items.len().to_le_bytes()[..]].concat()),
            Value::Frozenset(items) => form.update([b"F", &items.len().to_le_bytes()[..]].concat()),
            Value::Dict(pairs) => form.update([b"d", &pairs.len().to_le_bytes()[..]].concat()),
            _ => form.update(self.canonical(value)),
        }
    }

    fn same_entry(&self, expected: &Entry<'_>, got: &Entry<'_>, work: &Work) -> bool {
        self.same(expected.0, got.0, work)
            && match (expected.1, got.1) {
                (Some(a), Some(b)) => self.same(a, b, work),
                _ => true,
            }
    }

    fn hash(&self, entry: &Entry<'_>) -> [u8; 32] {
        match entry.1 {
            None => self.canonical(entry.0),
            Some(value) => Sha256::digest([self.canonical(entry.0), self.canonical(value)].concat()).into(),
        }
    }

    fn same(&self, expected: &Value, got: &Value, work: &Work) -> bool {
        match (expected, got) {
            (Value::None, Value::None) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            // A tolerance is for what is rounded.
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => self.same_number(*a, *b),
            (Value::Int(a), Value::Float(b)) => self.mixed(a, *b) || self.near(float(a), *b),
            (Value::Float(a), Value::Int(b)) => self.mixed(b, *a) || self.near(*a, float(b)),
            (Value::Complex(a, b), Value::Complex(c, d)) => self.same_number(*a, *c) && self.same_number(*b, *d),
            (Value::Set(a), Value::Set(b)) | (Value::Frozenset(a), Value::Frozenset(b)) => {
                let near = Self { tolerance: self.tolerance.filter(|_| self.distinct(b)), ..*self };
                a.len() == b.len() && near.same_in_some_order(&each(a), &each(b), work)
            }
            (Value::Dict(a), Value::Dict(b)) => {
                if a.len() != b.len() {
                    return false;
                }
                let found: HashMap<_, _> = b.iter().map(|(key, value)| (self.canonical(key), value)).collect();
                if found.len() != b.len() {
                    return false;
                }
                let keys: Vec<_> = a.iter().map(|(key, value)| (found.get(&self.canonical(key)), value)).collect();
                if keys.iter().all(|(found, _)| found.is_some()) {
                    return keys.iter().all(|(found, value)| self.same(value, found.expect("all are"), work));
                }
                self.tolerance.is_some() && self.paired(&entries(a), &entries(b), work)
            }
            _ => match (items(expected), items(got)) {
                (Some(a), Some(b)) if self.same_kind(expected, got) => {
                    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.same(a, b, work))
                }
                _ => false,
            },
        }
    }

    /// Whether nothing is there twice: only a forged message has a set like that.
    fn distinct(&self, items: &[Value]) -> bool {
        let mut hashes: Vec<_> = items.iter().map(|item| self.canonical(item)).collect();
        hashes.sort_unstable();
        hashes.windows(2).all(|two| two[0] != two[1])
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
            Value::Float(float) if self.int_equals_float && whole(*float).is_some() => {
                return self.canonical(&Value::Int(whole(*float).expect("it is")));
            }
            Value::Float(float) => hash.update([b"f", &one_form(*float).to_le_bytes()[..]].concat()),
            Value::Complex(real, imaginary) => {
                hash.update([b"c", &one_form(*real).to_le_bytes()[..], &one_form(*imaginary).to_le_bytes()].concat());
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
                let tag = if matches!(value, Value::Set(_)) { b"S" } else { b"F" };
                all(tag, &mut sorted(items.iter().map(|item| self.canonical(item)).collect()))
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

    fn same_number(&self, expected: f64, got: f64) -> bool {
        same_float(expected, got) || self.near(expected, got)
    }

    fn near(&self, expected: f64, got: f64) -> bool {
        self.tolerance.is_some_and(|tolerance| near(expected, got, tolerance))
    }

    /// Exactly: a whole float has one whole number that it is.
    fn mixed(&self, int: &Int, float: f64) -> bool {
        self.int_equals_float && whole(float).is_some_and(|whole| whole == *int)
    }
}

/// A value, or a key of a dict with its value.
struct Entry<'a>(&'a Value, Option<&'a Value>);

impl Entry<'_> {
    fn size(&self) -> usize {
        size(self.0) + self.1.map_or(0, size)
    }
}

fn each(items: &[Value]) -> Vec<Entry<'_>> {
    items.iter().map(|item| Entry(item, None)).collect()
}

fn entries(pairs: &[(Value, Value)]) -> Vec<Entry<'_>> {
    pairs.iter().map(|(key, value)| Entry(key, Some(value))).collect()
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
#[path = "compare_tests.rs"]
mod tests;
