//! The Python constraints as a spec's author meets them: what is refused, what is said, what is kept to oneself.

use crate::python;
use fullmarks::{
    scoring::run_cases,
    spec::Document,
    task::{Source, Task},
    verdict::{FailureKind, Verdict},
    verify::{Library, Row, Verifier},
};
use serde_json::{Value, json};

/// The message with which a constraint is refused.
fn refused(constraint: &Value) -> String {
    let spec = json!({
        "fullmarks": 1, "name": "made", "extract": {"code": "python"}, "constraints": [constraint],
        "reward": {"scheme": "binary"},
    });
    let document = Document::parse("made.yaml", spec.to_string().as_bytes()).expect("YAML");
    match Verifier::new(&document, Library::builtin().expect("the sandbox runs here")) {
        Ok(_) => panic!("accepted: {constraint}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_cannot_be_checked_is_refused() {
    for (constraint, message) in [
        (json!({"check": "python.calls", "with": {"function": "f"}}), "needs `cases`"),
        (json!({"check": "python.calls", "with": {"function": "f", "cases": []}}), "there are no cases"),
        (json!({"check": "python.calls", "with": {"function": "f", "cases": [{"arg": [1]}]}}), "unknown key `arg`"),
        (
            json!({"check": "python.calls", "with": {"function": "f", "cases": [{"args": [1]}]}}),
            "neither `returns` nor `raises`",
        ),
        (
            json!({"check": "python.calls", "with": {"function": "f", "cases": [{"args": [1], "returns": {"python": "1 +"}}]}}),
            "`1 +` is no value: SyntaxError",
        ),
        (
            json!({"check": "python.calls", "with": {"function": "f", "cases": [{"stdin": "", "stdout": "1"}]}}),
            "check it with `python.stdio`",
        ),
        (
            json!({"check": "python.calls", "with": {"function": "f", "cases": [{"args": [1]}], "reference": "def g(x): return x"}}),
            "the `reference` solution defines no `f`",
        ),
        (json!({"check": "python.stdio", "with": {"cases": "{"}}), "is text that is no JSON"),
        (
            json!({"check": "python.stdio", "with": {"cases": [{"stdout": "1"}], "compare": "exact", "tolerance": 0.1}}),
            "a `tolerance` needs `compare: tokens`",
        ),
        (json!({"check": "python.tests", "with": {"tests": " "}}), "`tests` are empty"),
        (json!({"check": "python.tests", "with": {"tests": "assert f( == 1"}}), "the tests do not parse"),
        (
            json!({"check": "python.tests", "with": {"tests": "import nothing_like_it\nassert f(1) == 1"}}),
            "`tests` import what is not there",
        ),
        (json!({"check": "python.tests", "with": {"tests": "x = 1"}}), "the tests use nothing that they do not define"),
        (
            json!({"check": "python.calls", "with": {"function": "f", "cases": [{"args": [], "returns": 1e20}]}}),
            "lost digits",
        ),
        (json!({"check": "python.forbids", "with": {}}), "forbids nothing"),
        (json!({"check": "python.forbids", "with": {"nodes": ["recursions"]}}), "did you mean `recursion`?"),
        (json!({"check": "python.check", "with": {"code": "def chek(c, p, q): pass"}}), "defines no function `check"),
        (
            json!({"check": "python.check", "with": {"code": "def check(c, p q): pass", "params": {"column": "x"}}}),
            "its code fails: SyntaxError",
        ),
        (
            json!({"check": "python.tests", "with": {"tests": "assert f() == 1"}, "limits": {"memory": "32MiB"}}),
            "less than Python needs",
        ),
    ] {
        let found = refused(&constraint);
        assert!(found.contains(message), "{constraint}\n{found}");
    }
}

fn verdict(constraint: Value, completion: &str) -> Verdict {
    let verifier = python::verifier(json!([constraint]));
    python::judge(&verifier, &Row::new(), completion).verdicts()[0].clone()
}

fn code(code: &str) -> String {
    format!("```python\n{code}\n```")
}

/// As APPS, TACO, PRIME, CodeContests and EvalPlus store them.
#[test]
fn cases_in_published_layouts_are_read() {
    let stdio = |cases: Value| json!({"check": "python.stdio", "with": {"cases": cases, "tolerance": 1e-5, "ignore_case": true}});
    let text = |cases: &str| stdio(json!(cases));
    let reference = "def f(x): return x[0] / 2";
    for (constraint, right, wrong) in [
        // Every expected value in a list of one, or not; both are taken by the graders of these sets.
        (
            text(r#"{"fn_name": "f", "inputs": [[1], [2]], "outputs": [[false], [true]]}"#),
            "def f(x): return x > 1",
            "def f(x): return [x]",
        ),
        (
            text(r#"{"fn_name": "f", "inputs": [[1], [2]], "outputs": [[1], [2]]}"#),
            "def f(x): return [x]",
            "def f(x): return [[x]]",
        ),
        (
            text(r#"{"fn_name": "f", "inputs": [[1], [2]], "outputs": [[1], [2, 2]]}"#),
            "def f(x): return [x] * x",
            "def f(x): return x",
        ),
        (
            text(r#"{"fn_name": "f", "inputs": [[1]], "outputs": [10000000000000000000000001]}"#),
            "def f(x): return 10**25 + 1",
            "def f(x): return 10**25",
        ),
        (
            text(r#"{"fn_name": "f", "inputs": ["[1]\n2"], "outputs": ["[1, 2]"]}"#),
            "def f(x, y): return x + [y]",
            "def f(x, y): return x",
        ),
        (
            text(r#"{"fn_name": "f", "inputs": [[{"1": "a"}]], "outputs": [{"2": "a"}]}"#),
            "def f(x): return {k + 1: v for k, v in x.items()}",
            "def f(x): return {'2': 'a'}",
        ),
        (
            text(r#"{"fn_name": "f", "inputs": [[{"1": "a", "b": 2}]], "outputs": ["1b"]}"#),
            "def f(x): return ''.join(x)",
            "def f(x): return x",
        ),
        (
            text(r#"{"inputs": ["1\n2\n", ["1", "2"]], "outputs": ["3\n", ["3"]]}"#),
            "print(int(input()) + int(input()))",
            "print(4)",
        ),
        (
            stdio(
                json!([{"input": ["2"], "output": ["Yes 0.5"]}, {"input": [], "output": []}, {"input": ["4"], "output": ["yes 0.25"]}]),
            ),
            "print('YES', 1 / int(input()))",
            "print('YES 0.5')",
        ),
        (
            json!({"check": "python.calls", "with": {"function": "f", "cases": [[[3, 1]], [[4]]], "reference": reference}}),
            "def f(x): return sum(x[:1]) / 2",
            "def f(x): return 1.5",
        ),
    ] {
        assert_eq!(verdict(constraint.clone(), &code(right)), Verdict::Passed, "{constraint}");
        let Verdict::Failed(failure) = verdict(constraint.clone(), &code(wrong)) else {
            panic!("{constraint}: {wrong}")
        };
        assert_eq!(failure.kind, FailureKind::WrongAnswer, "{constraint}");
    }
    // What the reference cannot take is not what was meant.
    let hashed = json!({"check": "python.calls", "with": {"function": "f", "cases": [[[[1], [2]]]], "reference": "def f(x): return set(x)"}});
    assert!(
        refused(&hashed).contains("`cases[0]` does not suit the `reference` solution: it raised TypeError"),
        "{}",
        refused(&hashed)
    );
}

#[test]
fn a_hidden_case_shows_nothing() {
    let cases =
        json!([{"args": ["open"], "returns": "open"}, {"args": ["secret"], "returns": "treasure", "hidden": true}]);
    let calls = json!({"check": "python.calls", "with": {"function": "f", "cases": cases}});
    for body in ["return x", "raise ValueError(x)", "return object()"] {
        let source = format!("def f(x):\n    if x == 'open': return x\n    {body}");
        let Verdict::Failed(failure) = verdict(calls.clone(), &code(&source)) else { panic!("{body}") };
        assert_eq!((failure.kind, failure.public.as_str()), (FailureKind::Unmet, "a hidden case fails"), "{body}");
        assert!(failure.private.contains("case 2 of 2") && failure.private.contains("secret"), "{}", failure.private);
        assert_eq!(failure.score, 0.5);
    }
    let Verdict::Failed(failure) = verdict(calls, &code("def f(x): return 1")) else { panic!() };
    assert_eq!(failure.public, "case 1 of 2: f(\"open\") gave 1, not \"open\"; 0 of 2 cases pass");
    let stdio = json!({"check": "python.stdio", "with": {"hidden_cases": [{"stdin": "secret", "stdout": "treasure"}], "cases": [{"stdout": "x"}]}});
    let Verdict::Failed(failure) = verdict(stdio, &code("print('x')")) else { panic!() };
    assert_eq!((failure.kind, failure.public.as_str()), (FailureKind::Unmet, "a hidden case fails"));
    assert!(failure.private.contains("treasure"), "{}", failure.private);
}

#[test]
fn a_broken_checker_is_our_fault_and_an_exhausted_one_the_completions() {
    let check =
        |body: &str| json!({"check": "python.check", "with": {"code": format!("def check(c, p, q):\n    {body}")}});
    assert_eq!(verdict(check("return c == 'yes', 'say yes'"), "yes"), Verdict::Passed);
    let Verdict::Failed(failure) = verdict(check("return 0.25, 'a quarter'"), "no") else { panic!() };
    assert_eq!((failure.score, failure.public.as_str()), (0.25, "a quarter"));
    for body in ["return None", "return 2", "return c.nothing", "raise SystemExit", "return float('nan')"] {
        assert!(matches!(verdict(check(body), "no"), Verdict::Unscored(_)), "{body}");
    }
    let Verdict::Failed(failure) = verdict(check("\n    while c == 'loop': pass\n    return True"), "loop") else {
        panic!()
    };
    assert_eq!(failure.kind, FailureKind::Timeout);
    assert!(matches!(verdict(check("\n    while True: pass"), "loop"), Verdict::Unscored(_)));
}

/// A checker that raises on what a completion may well be has to say no instead. A case shows it, also where the reward is known without.
#[test]
fn a_checker_that_raises_on_a_case_is_found() {
    let spec = |body: &str| {
        json!({
            "fullmarks": 1, "name": "made",
            "constraints": [
                {"check": "json.valid", "required": true},
                {"id": "long", "check": "python.check", "with": {"code": format!("import json\ndef check(c, p, q):\n{body}")}},
            ],
            "reward": {"scheme": "binary"}, "cases": {"accept": ["[1, 2]"], "reject": ["[1, 2"]},
        })
    };
    let failures = |body: &str| {
        let source = Source::from_yaml(&spec(body).to_string());
        run_cases(&Task::load(source).expect("a valid spec")).failures
    };
    let raises = failures("    return len(json.loads(c)) == q['wanted']");
    let [failure, _] = raises.as_slice() else { panic!("{raises:?}") };
    assert!(failure.message.contains("`long` cannot judge it: `check` raised KeyError"), "{}", failure.message);
    assert!(failure.message.ends_with("have `check` catch it and return False"), "{}", failure.message);
    let catches = "    try:\n        return len(json.loads(c)) == 2\n    except ValueError:\n        return False";
    assert_eq!(failures(catches), []);
    // What raises on this text and reads others leaves it to the completion.
    assert_eq!(failures("    return len(json.loads(c)) == 2"), []);
}

#[test]
fn published_layouts_are_understood() {
    let sums = code("print(sum(map(int, input().split())))");
    let private = include_str!("../data/livecodebench_private.txt");
    let public = r#"[{"input": "4 5\n", "output": "9", "testtype": "stdin"}]"#;
    let live = json!({"check": "python.stdio", "with": {"cases": public, "hidden_cases": private}});
    assert_eq!(verdict(live.clone(), &sums), Verdict::Passed);
    assert_ne!(verdict(live, &code("print(9)")), Verdict::Passed);
    let apps =
        json!({"check": "python.stdio", "with": {"cases": {"inputs": ["1 2", ["3 4"]], "outputs": ["3\n", ["7"]]}}});
    assert_eq!(verdict(apps, &sums), Verdict::Passed);
    let functional = r#"[{"input": "[1, 2]\n3", "output": "6", "testtype": "functional"}]"#;
    let metadata = r#"{"func_name": "total"}"#;
    let live = json!({"check": "python.stdio", "with": {"cases": functional, "function": metadata}});
    assert_eq!(
        verdict(live, &code("class Solution:\n    def total(self, xs, y): return sum(xs) + y")),
        Verdict::Passed
    );
    let mbpp = json!({"check": "python.tests", "with": {"tests": ["assert total([1]) == 1"], "setup": "import math"}});
    assert_eq!(verdict(mbpp, &code("def total(xs): return sum(xs)")), Verdict::Passed);
}

#[test]
fn tests_that_can_hardly_fail_are_found() {
    for (tests, what) in [
        ("assert f([1]) is not False", Some("returns nothing")),
        ("assert f([1])", Some("always returns True")),
        ("xs = [2, 1]\nassert f(xs) == sorted(xs)", Some("empties its arguments")),
        ("assert f([2, 1]) == [1, 2]", None),
    ] {
        let spec = json!({
            "fullmarks": 1, "name": "made", "extract": {"code": "python"},
            "constraints": [{"check": "python.tests", "with": {"tests": tests, "mutates": true}}],
            "reward": {"scheme": "binary"}, "cases": {"accept": [code("def f(xs): return sorted(xs)")]},
        });
        let task = Task::load(Source::from_yaml(&spec.to_string())).expect("a valid spec");
        let failures = run_cases(&task).failures;
        match what {
            Some(what) => {
                assert!(failures.iter().any(|failure| failure.message.contains(what)), "{tests}: {failures:?}")
            }
            None => assert!(failures.is_empty(), "{failures:?}"),
        }
    }
}

fn tests(source: &str) -> Value {
    json!({"check": "python.tests", "with": {"tests": source, "function": "f"}})
}

/// Completions that break the tests they are run against: that must not excuse them.
#[test]
fn no_completion_excuses_itself() {
    let check = "def check(candidate):\n    assert candidate(1) == 2\n    assert candidate(2) == 3\n";
    let nested = "f = []\nfor _ in range(300): f = [f]";
    let late = "import time\nwhile time.monotonic() < 1.9998: pass\ndef f(x): return 1";
    let skips = "import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n        try: f([])\n        \
                 except NotImplementedError: self.skipTest('no')\n        self.assertEqual(f([1]), 1)";
    for (source, completion) in [
        (check, "class Solution:\n    def __init__(self): raise ValueError\n    def f(self, x): return x"),
        (check, nested),
        (check, late),
        ("assert f(1) == 2, f(1)", "def f(x): return 10**5000"),
        ("assert {2: 1}[f(1)] == 1", "def f(x): return 10**5000"),
        ("t = TABLE['a']\nassert f('a') == t", "def TABLE(): pass\ndef f(x): return x"),
        (skips, "def f(x): raise NotImplementedError"),
        ("assert f(lambda p: p[0], 1) == 2", "import sys\ndef f(g, x): return g(g)"),
    ] {
        match verdict(tests(source), &code(completion)) {
            Verdict::Failed(failure) => assert_eq!(failure.score, 0.0, "{completion}"),
            other => panic!("{completion}: {other:?}"),
        }
    }
    // The tests' own fault stays theirs.
    assert!(matches!(verdict(tests("1 / 0\nassert f(1) == 1"), &code("def f(x): return x")), Verdict::Unscored(_)));
    let picky = json!({"check": "python.check", "with": {"code": "import ast\ndef check(c, p, q):\n    return c == 'ok' or ast.literal_eval(c) == [1]"}});
    assert!(matches!(verdict(picky.clone(), &"(".repeat(300)), Verdict::Failed(_)));
    assert_eq!(verdict(picky, "[1]"), Verdict::Passed);
}

/// A name that a checker's own code does not have is its author's mistake, on whatever text it shows; a completion that the checker runs
/// cannot bring it about.
#[test]
fn a_checkers_mistake_is_not_the_completions() {
    let checker = |body: &str| json!({"check": "python.check", "with": {"code": format!("def check(c, p, q):\n    if c == 'ok': return True\n    {body}")}});
    for (body, why) in [
        (
            "return c in wnted",
            "`check` raised NameError: \"name 'wnted' is not defined\" (line 3): a mistake in the checker itself",
        ),
        (
            "import numpi",
            "`check` raised ModuleNotFoundError: \"No module named 'numpi'\" (line 3): a mistake in the checker itself",
        ),
        (
            "n += 1\n    n = 0",
            "`check` raised UnboundLocalError: \"cannot access local variable 'n' where it is not associated with a value\" (line 3): \
             a mistake in the checker itself",
        ),
    ] {
        match verdict(checker(body), "a text") {
            Verdict::Unscored(cause) => assert_eq!(cause.detail, why),
            other => panic!("{body}: {other:?}"),
        }
    }
    // A local that a completion decides on, and names that it brings, are its own doing.
    let conditional = "for line in c.splitlines():\n        if line.startswith('Answer:'): answer = line[7:].strip()\n    return answer == '5'";
    let named = "return hasattr(__import__(c.strip()), 'pi')";
    for (body, passes, fails) in [
        (conditional, "Answer: 5", "I will not say."),
        (named, "math", "no_such_module"),
        ("return eval(c)", "1", "wnted"),
    ] {
        for guard in ["if c == 'ok': return True\n    ", ""] {
            let check = |text: &str| {
                verdict(
                    json!({"check": "python.check", "with": {"code": format!("def check(c, p, q):\n    {guard}{body}")}}),
                    text,
                )
            };
            assert_eq!(check(passes), Verdict::Passed, "{body}");
            match check(fails) {
                Verdict::Failed(failure) => assert_eq!(failure.public, "the checker cannot make sense of it"),
                other => panic!("{body}: {other:?}"),
            }
        }
    }
    for completion in [
        "x",
        "import numpi",
        "def f(): return wnted\nf()",
        "raise NameError('x')",
        "raise ImportError",
        "exec(compile('wnted', 'checker.py', 'exec'))",
        "del check, c\nprint(c)",
    ] {
        match verdict(checker("exec(c)"), completion) {
            Verdict::Failed(failure) => {
                assert_eq!(failure.public, "the checker cannot make sense of it");
                assert!(failure.private.ends_with("(line 3)"), "{}", failure.private);
            }
            other => panic!("{completion}: {other:?}"),
        }
    }
}

/// Shares of credit are of all tests, and nothing that is no test counts.
#[test]
fn leaving_early_or_defining_nothing_earns_no_share() {
    let score = |source: &str, completion: &str| verdict(tests(source), &code(completion)).score();
    let many = "'a docstring'\nimport random\nrandom.seed(0)\nprint('start')\nassert f(1) == 1\nassert f(2) == 2\nassert f(3) == 3\nassert f(4) == 4";
    assert_eq!(score(many, "x = 1"), Some(0.0));
    assert_eq!(
        score(many, "class B(BaseException): pass\ndef f(x):\n    if x == 1: return 1\n    raise B"),
        Some(0.25)
    );
    let guarded = "if __name__ == '__main__':\n    assert f(1) == 1";
    assert_eq!(score(guarded, "def f(x): return 1"), Some(1.0));
    assert_eq!(score(guarded, "def f(x): return 2"), Some(0.0));
    let skips = "import unittest\nclass T(unittest.TestCase):\n    def test_a(self): self.assertEqual(f(1), 1)\n    \
                 def test_b(self):\n        if f(2) is None: raise unittest.SkipTest\n        self.assertEqual(f(2), 2)";
    assert_eq!(score(skips, "def f(x): return 1 if x == 1 else None"), Some(0.5));
    assert_eq!(score(skips, "def f(x): return x"), Some(1.0));
}

/// What nearly equals: nothing is near the infinite, and to our numpy an empty list is close to nothing else.
#[test]
fn tolerances_are_met_by_numbers_alone() {
    let calls = |returns: Value| json!({"check": "python.calls", "with": {"function": "f", "tolerance": 1e-6, "cases": [{"args": [1], "returns": returns}]}});
    for (expected, gives) in
        [("inf", "0.0"), ("10**400", "0"), ("1.0", "float('nan')"), ("[inf]", "[1e308]"), ("5", "6")]
    {
        let completion = code(&format!("def f(x): return {gives}"));
        assert_ne!(verdict(calls(json!({"python": expected})), &completion), Verdict::Passed, "{expected} {gives}");
    }
    let close = "import numpy as np\nassert np.allclose(f(1), EXPECTED)\nassert np.isclose(f(1), EXPECTED)";
    for (expected, gives) in [("2.5", "[]"), ("2.5", "[2.5]"), ("[1.0]", "[[]]"), ("[1.0, 2.0]", "1.0"), ("4.0", "[0]")]
    {
        let completion = code(&format!("def f(x): return {gives}"));
        assert_ne!(
            verdict(tests(&close.replace("EXPECTED", expected)), &completion),
            Verdict::Passed,
            "{expected} {gives}"
        );
    }
    assert_eq!(
        verdict(tests(&close.replace("EXPECTED", "2.5")), &code("def f(x): return 2.5 + 1e-12")),
        Verdict::Passed
    );
}

/// What the tests draw is not what the candidate draws, and a callback that asserts in vain fails the tests.
#[test]
fn the_judge_keeps_its_own_counsel() {
    let guess = "import random, hashlib\nn = random.randint(1, 10**12)\nassert f(hashlib.sha256(str(n).encode()).hexdigest()) == n";
    let foresees = "import random\ndef f(h): return random.randint(1, 10**12)";
    assert_ne!(verdict(tests(guess), &code(foresees)), Verdict::Passed);
    let callback = "def emit(x):\n    assert x == 5, f'expected 5, got {x}'\nf(emit)\nassert True";
    let swallows = "def f(emit):\n    try: emit(0)\n    except AssertionError: pass";
    assert_ne!(verdict(tests(callback), &code(swallows)), Verdict::Passed);
    assert_eq!(verdict(tests(callback), &code("def f(emit): emit(5)")), Verdict::Passed);
    let helper = json!({"check": "python.tests", "with": {
        "tests": "def check(candidate):\n    assert poly(candidate(3)) == 9", "function": "f",
        "prefix": "def poly(x):\n    return x * x\n\ndef f(x):\n    # only a comment\n",
    }});
    assert_ne!(verdict(helper, &code("    return x + 1\n\ndef poly(x):\n    return 9")), Verdict::Passed);
}

/// Limits that suit checkers of text are no mistake where prompts bring the constraints; too little for Python is one then.
#[test]
fn limits_of_brought_constraints_fit_what_is_brought() {
    let brought = json!({"from_prompt": {"ids": "ids", "params": "params"}, "limits": {"memory": "32MiB"}});
    let verifier = python::verifier(json!([brought]));
    let row = |id: &str, params: Value| -> Row {
        json!({"ids": [id], "params": [params]}).as_object().expect("an object").clone()
    };
    assert!(verifier.plan(&row("punctuation:no_comma", json!({}))).is_ok());
    let calls = json!({"function": "f", "cases": [{"args": [], "returns": 1}]});
    let why = verifier.plan(&row("python.calls", calls)).err().expect("too little memory").to_string();
    assert!(why.contains("at least 96MiB"), "{why}");
}

/// What a case uses up, those after it lack; those before it keep their share.
#[test]
fn an_endless_case_costs_only_what_comes_after_it() {
    let cases: Vec<Value> = (0..4).map(|number| json!({"args": [number], "returns": number})).collect();
    let calls = json!({"check": "python.calls", "with": {"function": "f", "cases": cases, "isolate": "case"}});
    let Verdict::Failed(failure) = verdict(calls, &code("def f(x):\n    while x == 2: pass\n    return x")) else {
        panic!()
    };
    assert_eq!((failure.kind, failure.score), (FailureKind::Timeout, 0.5));
}

/// One case has its own limit, of the whole, and one that exceeds it ends the check. It is counted in fuel.
#[test]
fn a_case_has_a_limit_of_its_own() {
    let calls = |limits: Value, cases: Value| json!({"check": "python.calls", "with": {"function": "f", "cases": cases}, "limits": limits});
    let cases: Vec<Value> = (0..4).map(|number| json!({"args": [number], "returns": number})).collect();
    let late = |constraint: Value, source: &str| match verdict(constraint, &code(source)) {
        Verdict::Failed(failure) => (failure.kind, failure.score),
        other => panic!("{other:?}"),
    };
    let endless = "def f(x):\n    while x == 1: pass\n    return x";
    assert_eq!(
        late(calls(json!({"time": "30s", "case": "100ms"}), json!(cases)), endless),
        (FailureKind::Timeout, 0.25)
    );
    // What is enough for all is not enough for one.
    let slow = "def f(x):\n    sum(range(10**6))\n    return x";
    assert_eq!(late(calls(json!({"time": "30s", "case": "1ms"}), json!(cases)), slow), (FailureKind::Timeout, 0.0));
    assert_eq!(verdict(calls(json!({"time": "30s", "case": "1s"}), json!(cases)), &code(slow)), Verdict::Passed);
    let runs = json!([{"stdin": "0", "stdout": "0"}, {"stdin": "1", "stdout": "1"}, {"stdin": "2", "stdout": "2"}]);
    let stdio = |limits: Value| json!({"check": "python.stdio", "with": {"cases": runs}, "limits": limits});
    let program = "n = input()\nwhile n == '1': pass\nprint(n)";
    assert_eq!(late(stdio(json!({"time": "30s", "case": "100ms"})), program), (FailureKind::Timeout, 1.0 / 3.0));
    for (constraint, message) in [
        (
            json!({"check": "python.tests", "with": {"tests": "assert f() == 1"}, "limits": {"case": "1s"}}),
            "`case` is the time of one case, which `python.tests` does not count",
        ),
        (
            json!({"check": "length.max_words", "with": {"words": 1}, "limits": {"case": "1s"}}),
            "which `length.max_words` does not count",
        ),
        (
            json!({"from_prompt": {"ids": "ids", "params": "params"}, "limits": {"case": "1s"}}),
            "which `from_prompt` does not count",
        ),
        (calls(json!({"time": "1s", "case": "2s"}), json!(cases)), "`2s` is outside what one case can have"),
        (calls(json!({"case": "0s"}), json!(cases)), "`0s` is outside what one case can have"),
    ] {
        let found = refused(&constraint);
        assert!(found.contains(message), "{constraint}\n{found}");
    }
}
