//! Tests of `compare.rs`.
use super::*;

/// Fuel of a second or so.
const FUEL: u64 = 5_000_000_000;

impl Comparison {
    fn are(&self, expected: &Value, got: &Value) -> bool {
        let work = Work::new(FUEL);
        let equal = self.equal(expected, got, &work);
        assert!(work.spent() <= FUEL, "it took more than there was");
        equal
    }
}

fn tuple(items: Vec<Value>) -> Value {
    Value::Tuple(items)
}

#[test]
fn types_count() {
    let strict = Comparison::default();
    assert!(strict.are(&1.into(), &1.into()));
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
        assert!(!strict.are(&a, &b) && !strict.are(&b, &a), "{a:?} {b:?}");
    }
}

#[test]
fn what_the_spec_allows_may_differ() {
    let loose = Comparison { int_equals_float: true, tuple_equals_list: true, ..Comparison::default() };
    assert!(loose.are(&1.into(), &1.0.into()));
    assert!(!loose.are(&1.into(), &1.1.into()));
    assert!(!loose.are(&i64::MAX.into(), &9.3e18.into()));
    assert!(!loose.are(&1.into(), &true.into()));
    assert!(loose.are(&vec![1].into(), &tuple(vec![1.0.into()])));
    let near = Comparison { tolerance: Some(1e-6), ..Comparison::default() };
    assert!(near.are(&vec![1_000_000.0].into(), &vec![1_000_000.5].into()));
    assert!(!near.are(&1.0.into(), &1.00001.into()));
    assert!(!near.are(&1.0.into(), &f64::NAN.into()));
    assert!(near.are(&3.into(), &3.0.into()));
    let unordered = Comparison { unordered: true, ..Comparison::default() };
    assert!(unordered.are(&vec![1, 2, 2].into(), &vec![2, 1, 2].into()));
    assert!(!unordered.are(&vec![1, 2, 2].into(), &vec![2, 1, 1].into()));
    assert!(!unordered.are(&vec![1].into(), &vec![true].into()));
    assert!(!unordered.are(&vec![1].into(), &tuple(vec![1.into()])));
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
        assert!(loose.are(&expected, &tuples(&shuffled)) && loose.are(&tuples(&shuffled), &expected));
        assert!(!unordered.are(&expected, &tuples(&shuffled)));
    }
    assert!(!loose.are(&expected, &tuples(&[[1, 2], [3, 4], [5, 6], [5, 6]])));
    // 1.0 is near 0.9 and 1.1, which are not near each other: whichever is tried first, both find a place.
    let near = Comparison { tolerance: Some(0.11), ..unordered };
    assert!(near.are(&pairs(&[[1.0, 0.0], [1.1, 0.0]]), &pairs(&[[1.05, 0.0], [0.95, 0.0]])));
    assert!(near.are(&pairs(&[[1.1, 0.0], [1.0, 0.0]]), &pairs(&[[1.0, 0.0], [1.2, 0.0]])));
    assert!(!near.are(&pairs(&[[1.0, 0.0], [1.1, 0.0]]), &pairs(&[[1.05, 0.0], [1.3, 0.0]])));
    let sets = |value: Value| Value::Set(vec![value]);
    assert!(loose.are(&sets(1.into()), &sets(1.0.into())));
}

#[test]
fn sets_and_dicts_have_no_order_and_no_doubles() {
    let strict = Comparison::default();
    let pair = |a: i64, b: i64| (Value::from(a), Value::from(b));
    assert!(strict.are(&Value::Set(vec![1.into(), 2.into()]), &Value::Set(vec![2.into(), 1.into()])));
    assert!(strict.are(&Value::Dict(vec![pair(1, 2), pair(3, 4)]), &Value::Dict(vec![pair(3, 4), pair(1, 2)])));
    // Only a forged message has a key twice.
    assert!(!strict.are(&Value::Dict(vec![pair(1, 2), pair(3, 4)]), &Value::Dict(vec![pair(1, 2), pair(1, 2)])));
    assert!(!strict.are(&Value::Set(vec![1.into(), 2.into()]), &Value::Set(vec![1.into(), 1.into()])));
}

#[test]
fn a_tolerance_holds_in_sets_and_keys() {
    let near = Comparison { tolerance: Some(1e-6), ..Comparison::default() };
    let strict = Comparison::default();
    let sum = 0.1 + 0.2;
    let set = |items: &[f64]| Value::Set(items.iter().copied().map(Value::from).collect());
    let frozen = |items: &[f64]| Value::Frozenset(items.iter().copied().map(Value::from).collect());
    let dict =
        |pairs: &[(f64, f64)]| Value::Dict(pairs.iter().map(|&(key, value)| (key.into(), value.into())).collect());
    let nested =
        |items: &[f64]| Value::Set(items.iter().map(|&item| tuple(vec!["a".into(), frozen(&[item])])).collect());
    for (expected, got) in [
        (set(&[0.3, 1.0]), set(&[1.0, sum])),
        (vec![frozen(&[0.3])].into(), vec![frozen(&[sum])].into()),
        (dict(&[(0.3, 1.0), (2.0, 0.3)]), dict(&[(2.0, sum), (sum, 1.0)])),
        (
            Value::Dict(vec![(tuple(vec![0.3.into()]), 1.into())]),
            Value::Dict(vec![(tuple(vec![sum.into()]), 1.into())]),
        ),
        (nested(&[0.3, 0.5]), nested(&[0.5, sum])),
        (set(&[5.0]), Value::Set(vec![5.into()])),
        (set(&[f64::NAN, 0.3]), set(&[sum, -f64::NAN])),
    ] {
        assert!(near.are(&expected, &got) && !strict.are(&expected, &got), "{expected:?} {got:?}");
    }
    for (expected, got) in [
        (set(&[0.3, 1.0]), set(&[0.3, 1.1])),
        (set(&[0.3, 0.300_000_1]), set(&[0.3, 0.3])),
        (set(&[0.3, 1.0]), frozen(&[0.3, 1.0])),
        (set(&[0.3, f64::INFINITY]), set(&[sum, 1e308])),
        (dict(&[(0.3, 1.0), (0.4, 2.0)]), dict(&[(sum, 2.0), (0.4, 1.0)])),
        (Value::Set(vec![1.into(), 0.3.into()]), Value::Set(vec![2.into(), 0.3.into()])),
        (vec![Value::Set(vec![])].into(), vec![Value::Frozenset(vec![])].into()),
    ] {
        assert!(!near.are(&expected, &got), "{expected:?} {got:?}");
    }
    // Thousands are paired as quickly as they are sorted.
    let points = |off: f64| {
        Value::Set(
            (0..20_000_i64).map(|n| tuple(vec![(n as f64 + off).into(), "p".into(), (0.3 + off).into()])).collect(),
        )
    };
    assert!(near.are(&points(0.0), &points(1e-9)));
    assert!(!near.are(&points(0.0), &points(1e-3)));
}

#[test]
fn whole_numbers_of_any_size_equal_their_floats() {
    let loose = Comparison { int_equals_float: true, ..Comparison::default() };
    let int = |value: i128| Value::Int(Int::from_le_bytes(&value.to_le_bytes()));
    let large = 100_000_000_000_000_000_000;
    for (a, b) in [
        (int(large), 1e20.into()),
        (int(1 << 64), 2.0_f64.powi(64).into()),
        (int(-(1 << 100)), (-2.0_f64.powi(100)).into()),
    ] {
        assert!(loose.are(&a, &b) && loose.are(&b, &a) && !Comparison::default().are(&a, &b), "{a:?} {b:?}");
        assert!(loose.are(&Value::Set(vec![a.clone()]), &Value::Set(vec![b.clone()])));
    }
    assert!(!loose.are(&int(large + 1), &1e20.into()));
    assert!(!loose.are(&int(large), &f64::INFINITY.into()));
}

/// A set is hashed once, whatever it is compared with, and what would take longer than there is fuel ends.
#[test]
fn work_is_counted_and_ends() {
    let near = Comparison { tolerance: Some(1e-9), unordered: true, ..Comparison::default() };
    let set = |from: i64, count: i64| Value::Set((from..from + count).map(Value::from).collect());
    let halves = Value::from((0..200).map(|n| Value::Set(vec![(n as f64 + 0.5).into()])).collect::<Vec<_>>());
    let sets = Value::from((0..200).map(|n| set(9000 * n, 2000)).collect::<Vec<_>>());
    let taken = |comparison: &Comparison, expected: &Value, got: &Value, fuel: u64| {
        let work = Work::new(fuel);
        (comparison.equal(expected, got, &work), work.spent())
    };
    let (equal, spent) = taken(&near, &halves, &sets, FUEL);
    assert!(!equal && spent < 400_000 * 3 * HASH, "{spent}");
    // Each against each, a set of as many: twice as many pairs, and no more hashes of what was hashed.
    let (mine, theirs) = (vec![set(0, 1000); 60], vec![Value::Set((0..1000).map(|n| (n as f64).into()).collect()); 60]);
    let (equal, spent) = taken(&near, &mine.into(), &theirs.into(), FUEL);
    assert!(equal && spent < FUEL, "{spent}");
    // Zeros of which each may stand for all others are given up where they are too many to keep.
    let zeros = |count: usize, off: f64| Value::from(vec![off; count]);
    assert!(near.are(&zeros(1000, 0.0), &zeros(1000, 1e-12)));
    let (_, spent) = taken(&near, &zeros(3000, 0.0), &zeros(3000, 1e-12), FUEL);
    assert_eq!(spent, FUEL + 1);
    let long = Value::from("x".repeat(1 << 20).as_str());
    for fuel in [0, 49, 100_000] {
        assert_eq!(taken(&Comparison::default(), &long, &long, fuel), (false, fuel + 1));
    }
}
