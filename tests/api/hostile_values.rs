//! What a completion can put into reasons, and what it can make the host do.

use crate::python;
use fullmarks::{
    printable::is_odd,
    verdict::{Failure, FailureKind, LONGEST_DETAIL, LONGEST_PUBLIC, Verdict},
    verify::Row,
};
use serde_json::{Value, json};

fn failed(constraint: Value, source: &str) -> Failure {
    let verifier = python::verifier(json!([constraint]));
    let outcome = python::judge(&verifier, &Row::new(), &format!("~~~python\n{source}\n~~~"));
    match &outcome.verdicts()[0] {
        Verdict::Failed(failure) => (**failure).clone(),
        other => panic!("{source}: {other:?}"),
    }
}

fn calls(more: Value) -> Value {
    let mut with = json!({"function": "f", "cases": [{"args": [1], "returns": 2}]});
    with.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    json!({"check": "python.calls", "with": with, "limits": {"memory": "1GiB"}})
}

/// Names, messages and values of any length and any characters: the reason is short, on one line, and shows what is in it.
#[test]
fn reasons_are_short_and_show_what_is_in_them() {
    let one = json!({});
    let forged = "import sys\ndef f(x):\n    r = sys._getframe(1).f_globals['report']\n    e = r.encode\n    \
                  r.raised = lambda error, *_: e(('raised', 'K\\x1b' * 500000, ''))\n    raise ValueError";
    let long = "A".repeat(20_000);
    for (constraint, source, kind, public) in [
        (
            calls(one.clone()),
            forged.to_owned(),
            FailureKind::Raised,
            "case 1 of 1: f(1) raised CandidateError; 0 of 1 cases pass",
        ),
        (
            calls(one.clone()),
            "def f(x): raise type('E\\x1b[31m' * 100000, (KeyError,), {})('\\x1b' * 100000)".into(),
            FailureKind::Raised,
            "case 1 of 1: f(1) raised KeyError; 0 of 1 cases pass",
        ),
        (
            calls(one.clone()),
            "def f(x): return 'a\\x1b[2J\\u202e\\n\\x9b'".into(),
            FailureKind::WrongAnswer,
            "case 1 of 1: f(1) gave \"a\\u{1b}[2J\\u{202e}\\n\\u{9b}\", not 2; 0 of 1 cases pass",
        ),
        (
            json!({"check": "python.stdio", "with": {"cases": [{"stdout": "x"}]}}),
            "print('\\x1b[31mx\\u2066')".into(),
            FailureKind::WrongAnswer,
            "case 1 of 1: line 1 of its output is `\\u{1b}[31mx\\u{2066}`, not `x`; 0 of 1 cases pass",
        ),
    ] {
        let failure = failed(constraint, &source);
        assert_eq!((failure.kind, failure.public.as_str()), (kind, public), "{source}");
        assert!(!failure.private.contains(is_odd), "{}", failure.private);
    }
    for (constraint, source) in [
        (calls(one.clone()), "def f(x): return type('A' * 30_000_000, (), {})()".to_owned()),
        (calls(one.clone()), "def f(x): return type('\\x1b\\u202e' * 1_000_000, (), {})()".to_owned()),
        (json!({"check": "python.forbids", "with": {"imports": ["*"]}}), format!("import {long}, {long}x, {long}y")),
        (json!({"check": "python.forbids", "with": {"nodes": ["recursion"]}}), format!("def {long}(): {long}()")),
        (
            json!({"check": "python.requires", "with": {"docstrings": "all", "max_complexity": 1}}),
            format!("def {long}(a):\n    if a: pass"),
        ),
        (
            json!({"check": "python.tests", "with": {"tests": "assert f(1) == 2"}}),
            "def f(x): raise ValueError('\\x1b\\n' * 100000)".into(),
        ),
        (
            json!({"check": "python.tests", "with": {"tests": "assert f(1) == 2, f(1)"}}),
            "def f(x): return '\\u202e' * 100000".into(),
        ),
        (
            json!({"check": "python.stdio", "with": {"cases": [{"stdout": "x"}]}}),
            "import sys\nsys.exit('\\x1b\\u202e' * 60000)".into(),
        ),
        (
            json!({"check": "python.stdio", "with": {"cases": [{"stdout": "x"}]}}),
            "raise ValueError('\\x1b' * 60000)".into(),
        ),
        (
            json!({"check": "python.check", "with": {"code": "def check(c, p, q): return False, c * 1000"}}),
            "\u{1b}[2J\u{202e}".into(),
        ),
    ] {
        let failure = failed(constraint, &source);
        for (text, most) in [(&failure.public, LONGEST_PUBLIC), (&failure.private, LONGEST_DETAIL)] {
            assert!(text.chars().count() <= most && !text.contains(is_odd), "{source:.60}: {text}");
        }
    }
}

/// What is shown of a value is all that is written of it, and what is compared is paid for.
#[test]
fn large_wrong_values_cost_no_more_than_the_limit() {
    let cases: Vec<Value> = (0..20).map(|n| json!({"args": [n], "returns": 2})).collect();
    let long = failed(calls(json!({"cases": cases})), "S = '\\x01' * 31_000_000\ndef f(x): return S");
    assert_eq!(long.kind, FailureKind::WrongAnswer);
    assert!(
        long.public.starts_with("case 1 of 20: f(0) gave \"\\u{1}\\u{1}")
            && long.public.ends_with("…, not 2; 0 of 20 cases pass")
    );
    // The answer is written once, and given to every call: reading it takes more than there is.
    let forged = "import sys\nr = sys._getframe(1).f_globals['report']\n\
                  a = b't\\x03\\0\\0\\0s\\x08\\0\\0\\0returnedl\\x40\\x42\\x0f\\0' + b'N' * 1_000_001\n\
                  r.said = r.returned = lambda *_: a\ndef f(x): pass";
    let cases: Vec<Value> = (0..200).map(|n| json!({"args": [n], "returns": 2})).collect();
    let failure = failed(calls(json!({"cases": cases.clone()})), forged);
    let late = "it takes longer than the limit; 0 of 200 cases pass";
    assert!(failure.public.ends_with("; 0 of 200 cases pass"), "{}", failure.public);
    assert!(failure.private.contains("case") || failure.public.contains("gave [None"), "{}", failure.public);
    // The same in instances of their own: one budget.
    let failure = failed(calls(json!({"cases": cases, "isolate": "case", "unordered": true})), forged);
    assert!(failure.public.contains("gave [None") || failure.public.contains(late), "{}", failure.public);
}

/// What hidden cases are called with reaches no reason that is shown, whatever a completion remembers and however it fails.
#[test]
fn hidden_cases_leave_no_trace() {
    let cases = json!([{"args": [1], "returns": 2}, {"args": [500], "returns": 501, "hidden": true}, {"args": [3], "returns": 4}]);
    let hidden = json!([{"args": [41], "returns": 42}, {"args": [77], "returns": 78}, {"args": [99], "returns": 100}]);
    for more in [json!({}), json!({"shuffle": true}), json!({"isolate": "case"})] {
        let mut with = json!({"cases": cases, "hidden_cases": hidden});
        with.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let failure = failed(calls(with.clone()), "S = []\ndef f(x):\n    S.append(x)\n    return S");
        assert!(
            failure.public.starts_with("case 1 of 6: f(1) gave [")
                && failure.public.ends_with(", not 2; 0 of 6 cases pass"),
            "{}",
            failure.public
        );
        for seen in ["41", "77", "99", "500"] {
            assert!(!failure.public.contains(seen), "{more}: {}", failure.public);
        }
        for way in [
            "return 0",
            "raise KeyError(x)",
            "return object()",
            "exit()",
            "import os; os._exit(3)",
            "while True: pass",
            "return bytearray(10**9)",
            "def g(): g()\n    g()",
            "return [x] * 10**7",
            "raise KeyboardInterrupt",
            "global f; del f",
            "import sys; sys._getframe(1).f_globals.clear()",
        ] {
            let source = format!("def f(x):\n    if x < 10: return x + 1\n    {way}");
            let failure = failed(calls(with.clone()), &source);
            assert_eq!((failure.kind, failure.public.as_str()), (FailureKind::Unmet, "a hidden case fails"), "{way}");
            assert!((failure.score - 2.0 / 6.0).abs() < 1e-9, "{way}: {}", failure.score);
        }
    }
    let runs = json!({"cases": [{"stdin": "7", "stdout": "x", "hidden": true}, {"stdin": "1", "stdout": "1"}]});
    for way in
        ["print(0)", "exit(int(n))", "raise KeyError(n)", "while True: pass", "print('y' * 10**7)", "bytearray(10**10)"]
    {
        let source = format!("n = input()\nif n == '1':\n    print(n)\nelse:\n    {way}");
        let failure = failed(json!({"check": "python.stdio", "with": runs}), &source);
        assert_eq!(
            (failure.kind, failure.public.as_str(), failure.score),
            (FailureKind::Unmet, "a hidden case fails", 0.5),
            "{way}"
        );
    }
}
