//! Tests of `compare.rs`.
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
        assert!(near.equal(&expected, &got) && !strict.equal(&expected, &got), "{expected:?} {got:?}");
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
        assert!(!near.equal(&expected, &got), "{expected:?} {got:?}");
    }
    // Thousands are paired as quickly as they are sorted.
    let points = |off: f64| {
        Value::Set(
            (0..20_000_i64).map(|n| tuple(vec![(n as f64 + off).into(), "p".into(), (0.3 + off).into()])).collect(),
        )
    };
    assert!(near.equal(&points(0.0), &points(1e-9)));
    assert!(!near.equal(&points(0.0), &points(1e-3)));
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
        assert!(loose.equal(&a, &b) && loose.equal(&b, &a) && !Comparison::default().equal(&a, &b), "{a:?} {b:?}");
        assert!(loose.equal(&Value::Set(vec![a.clone()]), &Value::Set(vec![b.clone()])));
    }
    assert!(!loose.equal(&int(large + 1), &1e20.into()));
    assert!(!loose.equal(&int(large), &f64::INFINITY.into()));
}
