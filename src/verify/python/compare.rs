//! Whether a value is the expected one. Types count: `True` is not `1`, a tuple is not a list, `1.0` is not `1`, unless the
//! spec says otherwise.

use super::{
    numbers::{float, near, one_form, same_float, whole},
    pairing::pairs_up,
    work::{HASH, Hash, LOOK, Work, together},
};
use fullmarks_sandbox::python::{Int, Value};
use std::collections::HashMap;

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
    /// Whether what came is what was expected. Where the work ends before that is known, the answer means nothing.
    pub(super) fn equal<'a>(&self, expected: &'a Value, got: &'a Value, work: &Work<'a>) -> bool {
        if self.unordered
            && let (Some(a), Some(b)) = (items(expected), items(got))
            && self.same_kind(expected, got)
        {
            return a.len() == b.len() && self.same_in_some_order(&each(a), &each(b), work);
        }
        self.same(expected, got, work)
    }

    /// Whether each has one of its own: exactly, or as far as the tolerance goes.
    fn same_in_some_order<'a>(&self, expected: &[Entry<'a>], got: &[Entry<'a>], work: &Work<'a>) -> bool {
        let sorted = |entries: &[Entry<'a>]| {
            let mut hashes: Vec<_> = entries.iter().map(|entry| self.canonical(entry.0, work)).collect();
            hashes.sort_unstable();
            hashes
        };
        sorted(expected) == sorted(got) || (self.tolerance.is_some() && self.paired(expected, got, work))
    }

    /// Values that are near each other have no order, but what is no number in them is equal, and their first numbers are near: only such are
    /// looked at.
    fn paired<'a>(&self, expected: &[Entry<'a>], got: &[Entry<'a>], work: &Work<'a>) -> bool {
        let key = |entry: &Entry<'a>| {
            let mut first = None;
            let mut form = Hash::new(b'e');
            self.form(entry.0, &mut form, &mut first, work);
            if let Some(value) = entry.1 {
                self.form(value, &mut form, &mut first, work);
            }
            (form.of(), first.unwrap_or(0.0))
        };
        let order = |(a, x): &(u128, f64), (b, y): &(u128, f64)| a.cmp(b).then_with(|| x.total_cmp(y));
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
                if !work.pair() {
                    return false;
                }
                if self.same_entry(entry, candidate, work) {
                    own.push(place);
                }
            }
            places.push(own);
        }
        let mut steps = usize::try_from(work.left() / LOOK).unwrap_or(usize::MAX);
        let given = steps;
        let paired = pairs_up(&places, &mut steps);
        work.spend((given - steps) as u64 * LOOK + u64::from(steps == 0) * LOOK) && paired
    }

    /// The parts of a value that a tolerance leaves alone, and its first number.
    fn form<'a>(&self, value: &'a Value, form: &mut Hash, first: &mut Option<f64>, work: &Work<'a>) {
        if !work.spend(LOOK) {
            return;
        }
        let number = match value {
            Value::Int(int) => Some(float(int)),
            Value::Float(float) | Value::Complex(float, _) => Some(*float),
            _ => None,
        };
        if let Some(number) = number {
            first.get_or_insert(one_form(number));
            return form.add(b"n");
        }
        let mut sized = |tag: u8, length: usize| {
            form.add(&[tag]);
            form.add(&length.to_le_bytes());
        };
        match value {
            Value::List(items) | Value::Tuple(items) => {
                let tuple = matches!(value, Value::Tuple(_)) && !self.tuple_equals_list;
                sized(if tuple { b't' } else { b'l' }, items.len());
                items.iter().for_each(|item| self.form(item, form, first, work));
            }
            Value::Set(items) => sized(b'S', items.len()),
            Value::Frozenset(items) => sized(b'F', items.len()),
            Value::Dict(pairs) => sized(b'd', pairs.len()),
            _ => form.add(&self.canonical(value, work).to_le_bytes()),
        }
    }

    fn same_entry<'a>(&self, expected: &Entry<'a>, got: &Entry<'a>, work: &Work<'a>) -> bool {
        self.same(expected.0, got.0, work)
            && match (expected.1, got.1) {
                (Some(a), Some(b)) => self.same(a, b, work),
                _ => true,
            }
    }

    fn same<'a>(&self, expected: &'a Value, got: &'a Value, work: &Work<'a>) -> bool {
        if !work.spend(LOOK + bytes(got) / 8) {
            return false;
        }
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
                if a.len() != b.len() {
                    return false;
                }
                let ((hash, _), (other, distinct)) = (self.of_set(a, work), self.of_set(b, work));
                // Only a forged message has something twice, and a tolerance is not for that.
                hash == other || (distinct && self.tolerance.is_some() && self.paired(&each(a), &each(b), work))
            }
            (Value::Dict(a), Value::Dict(b)) => {
                if a.len() != b.len() {
                    return false;
                }
                let found: HashMap<_, _> = b.iter().map(|(key, value)| (self.canonical(key, work), value)).collect();
                if found.len() != b.len() {
                    return false;
                }
                let own = |(key, value): &'a (Value, Value)| (found.get(&self.canonical(key, work)).copied(), value);
                let keys: Vec<_> = a.iter().map(own).collect();
                if keys.iter().all(|(found, _)| found.is_some()) {
                    return keys.iter().all(|(found, value)| found.is_some_and(|found| self.same(value, found, work)));
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

    /// The hash of a set's items, and whether nothing is there twice.
    fn of_set<'a>(&self, items: &'a [Value], work: &Work<'a>) -> (u128, bool) {
        work.of_set(items, || {
            let mut hashes: Vec<_> = items.iter().map(|item| self.canonical(item, work)).collect();
            hashes.sort_unstable();
            let distinct = hashes.windows(2).all(|two| two[0] != two[1]);
            (together(b'S', hashes), distinct)
        })
    }

    /// A hash of a value, the same for those that are equal but for a tolerance.
    fn canonical<'a>(&self, value: &'a Value, work: &Work<'a>) -> u128 {
        if !work.spend(HASH + 10 * bytes(value)) {
            return 0;
        }
        match value {
            Value::Float(float) if self.int_equals_float => match whole(*float) {
                Some(int) => hashed(b'i', &[int.as_le_bytes()]),
                None => of_float(*float),
            },
            Value::Float(float) => of_float(*float),
            Value::None => hashed(b'N', &[]),
            Value::Bool(bool) => hashed(b'B', &[&[u8::from(*bool)]]),
            Value::Int(int) => hashed(b'i', &[int.as_le_bytes()]),
            Value::Complex(real, imaginary) => {
                hashed(b'c', &[&one_form(*real).to_le_bytes(), &one_form(*imaginary).to_le_bytes()])
            }
            Value::Str(text) => hashed(b's', &[text.as_bytes()]),
            Value::Bytes(bytes) => hashed(b'b', &[bytes]),
            Value::Tuple(items) if !self.tuple_equals_list => {
                together(b't', items.iter().map(|item| self.canonical(item, work)))
            }
            Value::List(items) | Value::Tuple(items) => {
                together(b'l', items.iter().map(|item| self.canonical(item, work)))
            }
            Value::Set(items) => self.of_set(items, work).0,
            Value::Frozenset(items) => together(b'F', [self.of_set(items, work).0]),
            Value::Dict(pairs) => {
                let pair = |(key, value): &'a (Value, Value)| {
                    together(b'p', [self.canonical(key, work), self.canonical(value, work)])
                };
                let mut pairs: Vec<_> = pairs.iter().map(pair).collect();
                pairs.sort_unstable();
                together(b'd', pairs)
            }
        }
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

fn of_float(float: f64) -> u128 {
    hashed(b'f', &[&one_form(float).to_le_bytes()])
}

fn hashed(tag: u8, parts: &[&[u8]]) -> u128 {
    let mut hash = Hash::new(tag);
    parts.iter().for_each(|part| hash.add(part));
    hash.of()
}

/// Bytes of a value that is looked at as a whole.
fn bytes(value: &Value) -> u64 {
    match value {
        Value::Int(int) => int.as_le_bytes().len() as u64,
        Value::Str(text) => text.as_bytes().len() as u64,
        Value::Bytes(bytes) => bytes.len() as u64,
        _ => 0,
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
