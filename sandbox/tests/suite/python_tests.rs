//! Existing test code, run unchanged against a candidate in another instance.

use crate::python::{LIMITS, python};
use fullmarks_sandbox::python::{Answer, Limits, Stop, Tested, Tests};

fn tests(function: &str, source: &str) -> Tests {
    Tests { source: source.into(), function: Some(function.into()), ..Tests::default() }
}

/// How tests went: `passed`, the kind of the first failure, or another end.
fn run(candidate: &str, tests: &Tests) -> String {
    let python = python();
    let prepared = match python.prepare(tests).unwrap() {
        Ok(prepared) => prepared,
        Err(why) => return format!("broken: {why}"),
    };
    match python.tests(candidate, &prepared, 0, &LIMITS) {
        Ok(Tested::Ran { failure: None, run, passed, .. }) => {
            assert_eq!(run, passed);
            "passed".into()
        }
        Ok(Tested::Ran { failure: Some(failure), .. }) => failure.kind,
        Ok(Tested::Load(Answer::Raised(error))) => format!("load: {}", error.kind),
        Ok(Tested::Load(other)) => panic!("{other:?}"),
        Ok(Tested::Broken(why)) => format!("broken: {why}"),
        Err(stop) => format!("{stop:?}"),
    }
}

fn all(cases: &[(&str, &Tests, &str)]) {
    for (candidate, tests, expected) in cases {
        assert_eq!(&run(candidate, tests), expected, "{candidate}\n---\n{}", tests.source);
    }
}

#[test]
fn every_layout_runs() {
    let add = "def add(a, b):\n    return a + b\n";
    let sub = "def add(a, b):\n    return a - b\n";
    for source in [
        "def check(candidate):\n    assert candidate(1, 2) == 3\n    assert candidate(a=2, b=2) == 4\n",
        "assert add(1, 2) == 3\nassert add(2, b=2) == 4\n",
        "import unittest\nclass T(unittest.TestCase):\n    def test_add(self):\n        self.assertEqual(add(1, 2), 3)\n",
        "def test_add():\n    assert add(1, 2) == 3\n",
    ] {
        let tests = tests("add", source);
        all(&[
            (add, &tests, "passed"),
            (sub, &tests, "wrong_answer"),
            ("def add(a, b):\n    raise KeyError(a)", &tests, "raised"),
            ("def plus(a, b): return a + b", &tests, "missing"),
            ("def add(a, b): return object()", &tests, "wrong_answer"),
            ("def add(a, b:\n", &tests, "load: SyntaxError"),
            ("1 / 0", &tests, "load: ZeroDivisionError"),
            ("def add(a, b):\n    exit()", &tests, "Exited"),
            ("import os\ndef add(a, b):\n    os._exit(0)", &tests, "Exited"),
            ("exit()", &tests, "Exited"),
            ("def add(a, b):\n    while True: pass", &tests, "Fuel"),
            ("class E(BaseException): pass\ndef add(a, b):\n    raise E", &tests, "raised"),
            ("import unittest\ndef add(a, b):\n    raise unittest.SkipTest('no')", &tests, "raised"),
        ]);
    }
}

#[test]
fn objects_cross_as_handles_both_ways() {
    all(&[
        ("def f(n):\n    yield from range(n)", &tests("f", "assert list(f(3)) == [0, 1, 2]"), "passed"),
        (
            "def f(g, xs): return [g(x) for x in xs]",
            &tests("f", "assert f(lambda x: x + 1, iter([1, 2])) == [2, 3]"),
            "passed",
        ),
        ("def f(x): return lambda y: x + y", &tests("f", "assert f(1)(2) == 3"), "passed"),
        (
            "class Stack:\n    def __init__(self): self.items = []\n    def push(self, x): self.items.append(x)",
            &tests("Stack", "s = Stack()\ns.push(4)\nassert s.items == [4]"),
            "passed",
        ),
        ("async def f(x): return x", &tests("f", "import asyncio\nassert asyncio.run(f(3)) == 3"), "passed"),
        ("def f(g): return g.__globals__", &tests("f", "assert f(lambda: 1) == 3"), "raised"),
        ("def f(g): return g()", &tests("f", "assert f(lambda: f(lambda: 2)) == 2"), "passed"),
        ("def f(x): return x", &tests("f", "def g(): pass\nassert f(g) is g"), "passed"),
    ]);
}

#[test]
fn what_always_compares_equal_does_not() {
    let liar = "class Y:\n    def __eq__(self, o): return True\n    def __ne__(self, o): return False\n    __hash__ = object.__hash__\n";
    let subclass = "class Y(int):\n    def __eq__(self, o): return True\n    __hash__ = int.__hash__\n";
    for class in [liar, subclass] {
        let candidate = format!("{class}def f(x): return Y()");
        for source in [
            "assert f(1) == 3",
            "assert 3 == f(1)",
            "assert f(1) in [3]",
            "assert not f(1) != 3",
            "assert {f(1)} == {3}",
        ] {
            all(&[(&candidate, &tests("f", source), "wrong_answer")]);
        }
    }
}

#[test]
fn builtins_modules_and_helpers_are_the_judges() {
    let candidate = "def f(x): return 5\ndef abs(x): return 0\nclass math: fabs = staticmethod(lambda x: 0.0)\ndef poly(x): return 0";
    let prefixed = Tests {
        prefix: "def poly(x):\n    return x * x\n\ndef f(x):\n    '''doc'''\n".into(),
        ..tests("f", "assert poly(f(3)) == 9")
    };
    all(&[
        (candidate, &tests("f", "assert abs(f(3) - 9) < 1"), "wrong_answer"),
        (candidate, &tests("f", "assert math.fabs(f(3) - 9) < 1"), "wrong_answer"),
        (candidate, &prefixed, "wrong_answer"),
        (candidate, &tests("f", "assert poly(f(3)) == 0"), "passed"),
        (
            "import builtins\nbuiltins.len = lambda x: 3\ndef f(x): return []",
            &tests("f", "assert len(f(3)) == 3"),
            "wrong_answer",
        ),
    ]);
}

#[test]
fn mutated_arguments_are_copied_back_where_tests_look_at_them() {
    let source = "xs = [3, 1, 2]\nassert f(xs) is None\nassert xs == [1, 2, 3]";
    let apart = Tests { mutates: Some(false), ..tests("f", source) };
    let sorts = "def f(xs): xs.sort()";
    let empties = "def f(xs):\n    xs.clear()\n    return xs";
    all(&[
        (sorts, &tests("f", source), "passed"),
        (sorts, &apart, "wrong_answer"),
        (empties, &tests("f", "xs = [3, 1]\nassert f(xs) == sorted(xs)"), "wrong_answer"),
    ]);
}

#[test]
fn a_stand_in_says_nothing_of_itself() {
    let made = "class O: pass\nf = lambda a: O()";
    let full = "def f(a, b=2):\n    'doc'\n    return O()\nclass O:\n    def __len__(self): return 1\n    def __getitem__(self, i): return i\n    \
                def __call__(self): return 3\n    def __iter__(self): return iter([1])\n    def __next__(self): return 1";
    for (question, of_made) in [
        ("f.__doc__", "wrong_answer"),
        ("f.__name__ == 'f'", "wrong_answer"),
        ("len(inspect.signature(f).parameters) == 2", "wrong_answer"),
        ("list(inspect.signature(f).parameters) == ['a', 'b']", "wrong_answer"),
        ("hasattr(f(1), '__len__')", "wrong_answer"),
        ("hasattr(f(1), '__getitem__')", "wrong_answer"),
        ("callable(f(1))", "wrong_answer"),
        ("isinstance(f(1), abc.Callable)", "wrong_answer"),
        ("isinstance(f(1), abc.Iterator)", "wrong_answer"),
        ("isinstance(f(1), abc.Iterable)", "wrong_answer"),
        ("isinstance(f(1), abc.Sized)", "wrong_answer"),
        ("callable(f) and inspect.isfunction(f)", "passed"),
        ("type(f(1)).__name__ == 'O' and type(f(1)) == type(f(2))", "passed"),
    ] {
        let tests = tests("f", &format!("import inspect, collections.abc as abc\nf(1)\nassert {question}"));
        all(&[(made, &tests, of_made), (full, &tests, "passed")]);
    }
}

#[test]
fn what_an_object_is_comes_from_its_owner() {
    let node = "class Node:\n    def __init__(s, v): s.v = v\n    def clone(s): return s\n    def copy(s): return Node(s.v)\n    \
                def __eq__(s, o): return isinstance(o, Node) and s.v == o.v\n    def __hash__(s): return hash(s.v)\n    \
                def __str__(s): return f'<{s.v}>'\nclass Leaf(Node): pass\nfrom decimal import Decimal\ndef f(x): return Decimal(x)";
    for (asserted, expected) in [
        ("a = Node(1); assert a.clone() is a", "passed"),
        ("a = Node(1); assert a.clone() is not a", "wrong_answer"),
        ("a = Node(1); assert a != a.clone()", "wrong_answer"),
        ("a = Node(1); assert a.copy() is not a and a.copy() == a", "passed"),
        ("a = Node(1); assert a.copy() != a", "wrong_answer"),
        ("assert Node(1) != Node(2) and len({Node(1), Node(1), Node(2)}) == 2", "passed"),
        ("assert isinstance(Node(1), Node) and not isinstance(Node(1), Leaf) and isinstance(Leaf(1), Node)", "passed"),
        ("assert isinstance(Node(1), Leaf)", "wrong_answer"),
        ("Node(1); assert not isinstance(3, Node) and issubclass(Leaf, Node)", "passed"),
        ("assert type(Node(1)) == Node and type(Node(1)) != Leaf", "passed"),
        ("assert str(Node(1)) == '<1>' and f'{Node(2)}' == '<2>'", "passed"),
        ("import decimal; assert isinstance(f('1.5'), decimal.Decimal) and not isinstance(f('1'), int)", "passed"),
        ("assert Node(1) == 1", "wrong_answer"),
        ("assert not hasattr(Node(1), '_secret') and Node(3).__dict__ == {'v': 3}", "passed"),
    ] {
        all(&[(node, &Tests { function: None, ..tests("", asserted) }, expected)]);
    }
}

#[test]
fn a_copy_is_told_from_the_same_object() {
    let same = "def f(xs): return xs";
    let outer = "def f(xs): return list(xs)";
    let deep = "import copy\ndef f(xs): return copy.deepcopy(xs)";
    let apart = tests(
        "f",
        "data = [[1], [2]]\nr = f(data)\nassert r == [[1], [2]]\nassert r is not data and r[0] is not data[0]",
    );
    let here = tests("f", "data = [[1], [2]]\nassert f(data) is data");
    let rows = tests("f", "grid = f(2)\ngrid[0][0] = 1\nassert grid == [[1, 0], [0, 0]]");
    let in_place = tests("f", "data = [3, 1, 2]\nassert f(data) == [1, 2, 3]\nassert data == [3, 1, 2]");
    all(&[
        (same, &apart, "wrong_answer"),
        (outer, &apart, "wrong_answer"),
        (deep, &apart, "passed"),
        (same, &here, "passed"),
        (deep, &here, "wrong_answer"),
        ("def f(n): return [[0] * n] * n", &rows, "wrong_answer"),
        ("def f(n): return [[0] * n for _ in range(n)]", &rows, "passed"),
        ("def f(xs):\n    xs.sort()\n    return xs", &in_place, "wrong_answer"),
        ("def f(xs): return sorted(xs)", &in_place, "passed"),
    ]);
}

#[test]
fn broken_tests_are_not_the_candidates_fault() {
    let f = "def f(x): return x";
    for (source, why) in [
        ("assert f(1) ==", "the tests do not parse"),
        ("import nothing_like_it\nassert f(1) == 1", "the tests fail before they call anything: ModuleNotFoundError"),
        ("x = 1", "the tests hold no test in the layout `asserts`"),
        ("while True: pass", "the tests stop before they call anything: it used up its time limit"),
    ] {
        let found = run(f, &tests("f", source));
        assert!(found.starts_with(&format!("broken: {why}")), "{found}");
    }
    all(&[(f, &tests("f", "assert 1 == 1"), "uncalled")]);
}

#[test]
fn the_two_share_one_budget() {
    let python = python();
    let tests = python.prepare(&tests("f", "for _ in range(10_000): f(0)\nassert f(1) == 1")).unwrap().unwrap();
    let limits = Limits { fuel: 500_000_000, ..LIMITS };
    assert_eq!(
        python.tests("def f(x):\n    for _ in range(1000): pass\n    return x", &tests, 0, &limits),
        Err(Stop::Fuel)
    );
}

#[test]
fn recursion_between_the_two_ends_by_a_limit() {
    let recursive = "import sys\nsys.setrecursionlimit(10**9)\ndef f(g):\n    return g(f)";
    let deep = "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __init__(self, g): self.g = g\n    def __repr__(self):\n        return self.g() + repr([self])\ndef f(g): return repr(A(g))";
    let python = python();
    for (candidate, source) in [
        (recursive, "def g(h): return h(g)\nassert f(g) == 1"),
        (deep, "assert f(lambda: 'x') == 1"),
        (
            recursive,
            "import sys\nsys.setrecursionlimit(10**9)\nclass B:\n    def __call__(self, h): return h(self)\nassert f(B()) == 1",
        ),
    ] {
        let tests = python.prepare(&tests("f", source)).unwrap().unwrap();
        let run = || python.tests(candidate, &tests, 0, &LIMITS);
        let first = run();
        println!("{first:?}");
        assert!(!matches!(first, Err(Stop::Host(_)) | Ok(Tested::Ran { failure: None, .. })), "{first:?}");
        assert_eq!(run(), first);
        assert_eq!(
            python
                .tests("def f(g): return 1", &tests, 0, &LIMITS)
                .map(|tested| matches!(tested, Tested::Ran { failure: None, .. })),
            Ok(true)
        );
    }
}

#[test]
fn the_clock_stops_either_of_the_two() {
    let python = python();
    let limits = Limits { fuel: u64::MAX, deadline: std::time::Duration::from_millis(20), ..LIMITS };
    for (candidate, source) in [
        ("def f(x):\n    while True: pass", "assert f(1) == 1"),
        ("def f(x): return x", "f(1)\nwhile True: pass"),
        ("def f(g): return g()", "def g():\n    while True: pass\nassert f(g) == 1"),
    ] {
        let tests = python.prepare(&tests("f", source)).unwrap().unwrap();
        assert_eq!(python.tests(candidate, &tests, 0, &limits), Err(Stop::Deadline), "{candidate}\n---\n{source}");
    }
}

#[test]
fn fuel_is_the_same_on_every_run_and_thread() {
    let python = python();
    let tests = tests("f", "assert [f(x) for x in range(20)] == list(range(20))\nassert f('a') == 'a'");
    let tests = python.prepare(&tests).unwrap().unwrap();
    let run =
        || python.tests_counting("import random\ndef f(x):\n    random.random()\n    return x", &tests, 7, &LIMITS);
    let (tested, fuel) = run().unwrap();
    assert_eq!(tested, Tested::Ran { run: 2, passed: 2, failure: None, doubtful: Vec::new(), its_own: false });
    let again: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| (0..5).map(|_| run()).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(again.iter().all(|result| *result == Ok((tested.clone(), fuel))), "{again:?}");
}

/// A candidate can read the seed of its own instance, and all of this file: neither gives it the judge's.
#[test]
fn a_candidate_cannot_find_out_what_the_judge_draws() {
    let python = python();
    let draws = |source: &str| tests("find", source);
    let guess = draws(
        "import random\nsecret = random.randrange(10**9)\nassert find(lambda q: (q > secret) - (q < secret)) == secret",
    );
    let urandom =
        draws("import os\nsecret = os.urandom(8)\nassert find(lambda q: (q > secret) - (q < secret)) == secret");
    let own = "import sys, random\ndef own():\n    fr = sys._getframe()\n    while fr:\n        \
               if 'seed' in fr.f_locals: return fr.f_locals['seed']\n        fr = fr.f_back\n";
    for (tests, find) in [
        (&guess, "random.seed(own() ^ 0x9E3779B97F4A7C15)\nS = random.randrange(10**9)\ndef find(o): return S"),
        (&guess, "random.seed(own())\nS = random.randrange(10**9)\ndef find(o): return S"),
        (&guess, "random.seed(0)\nS = random.randrange(10**9)\ndef find(o): return S"),
        (
            &guess,
            "import hashlib\ndef to(b): return int.from_bytes(b[:8], 'big')\n\
             random.seed(to(hashlib.sha256(b'judge' + own().to_bytes(8, 'little')).digest()))\n\
             S = random.randrange(10**9)\ndef find(o): return S",
        ),
        (&urandom, "import os\nS = os.urandom(8)\ndef find(o): return S"),
    ] {
        assert_eq!(run(&format!("{own}{find}"), tests), "wrong_answer", "{find}");
    }
    // An honest search finds it, and the same candidate always meets the same numbers.
    let search = "def find(o):\n    a, b = 0, 10**9\n    while a < b:\n        m = (a + b) // 2\n        \
                  if o(m) < 0: a = m + 1\n        else: b = m\n    return a";
    assert_eq!(run(search, &guess), "passed");
    let tests = python.prepare(&guess).unwrap().unwrap();
    let fuel = || python.tests_counting(search, &tests, 7, &LIMITS).unwrap();
    assert_eq!(fuel(), fuel());
}
