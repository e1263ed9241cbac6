//! Functions of a completion called with plain data.

use crate::python::{LIMITS, call, loaded, python, returns};
use fullmarks_sandbox::python::{Answer, Arguments, Exception, Int, Stop, Text, Value};

fn returned(value: Value) -> Result<Answer, Stop> {
    Ok(Answer::Returned { value, arguments: None })
}

fn raised(kind: &str, message: &str) -> Result<Answer, Stop> {
    Ok(Answer::Raised(Exception { kind: kind.into(), message: message.into() }))
}

#[test]
fn arguments_of_every_type_arrive_and_come_back() {
    let python = python();
    let values = vec![
        Value::None,
        true.into(),
        false.into(),
        0.into(),
        (-129).into(),
        i64::MIN.into(),
        Value::Int(Int::from_le_bytes(&[0x5a; 1000])),
        1.5.into(),
        f64::INFINITY.into(),
        (-0.0).into(),
        Value::Complex(1.0, -2.0),
        "naïve 😀".into(),
        Value::Str(Text::from_bytes(b"a\xed\xa0\x80".to_vec()).unwrap()),
        Value::Bytes(vec![0, 255]),
        Value::List(vec![1.into(), Value::List(vec![])]),
        Value::Tuple(vec![1.into(), "x".into()]),
        Value::Dict(vec![("k".into(), 1.into()), (Value::Tuple(vec![2.into()]), Value::None)]),
        Value::Set(vec![7.into()]),
        Value::Frozenset(vec!["only".into()]),
    ];
    for value in values {
        let answer = call(python, "def f(x): return x", vec![value.clone()]);
        assert_eq!(answer, returned(value));
    }
    let types = "def f(*a): return [type(x).__name__ for x in a]";
    let arguments =
        vec![Value::None, true.into(), 1.into(), 1.0.into(), Value::Tuple(vec![]), Value::Frozenset(vec![])];
    assert_eq!(
        call(python, types, arguments),
        returned(vec!["NoneType", "bool", "int", "float", "tuple", "frozenset"].into())
    );
    match call(python, "def f(x): return x", vec![f64::NAN.into()]) {
        Ok(Answer::Returned { value: Value::Float(float), .. }) => assert!(float.is_nan()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn mutated_arguments_come_back_when_asked_for() {
    let python = python();
    let arguments = Arguments::new(vec![vec![3, 1, 2].into(), 5.into()]).unwrap();
    let answers = python.session(0, &LIMITS, |session| {
        session.load("def f(x, y):\n    x.sort()\n    y += 1")?;
        Ok((session.call("f", &arguments)?, session.call_mutating("f", &arguments)?))
    });
    let mutated = Answer::Returned { value: Value::None, arguments: Some(vec![vec![1, 2, 3].into(), 5.into()]) };
    assert_eq!(answers, Ok((loaded(), mutated)));
}

#[test]
fn an_instance_answers_many_calls_and_keeps_its_globals() {
    let python = python();
    let none = Arguments::new(vec![]).unwrap();
    let answer = python.session(0, &LIMITS, |session| {
        session.load("n = 0\ndef f():\n    global n\n    n += 1\n    return n")?;
        session.call("f", &none)?;
        session.call("f", &none)
    });
    assert_eq!(answer, returned(2.into()));
    assert_eq!(call(python, "n = 0\ndef f():\n    global n\n    n += 1\n    return n", vec![]), returned(1.into()));
}

#[test]
fn exceptions_cross_as_builtin_names() {
    let python = python();
    assert_eq!(call(python, "def f(): raise ValueError('why', 2)", vec![]), raised("ValueError", "('why', 2)"));
    assert_eq!(call(python, "def f(): return {}['k']", vec![]), raised("KeyError", "'k'"));
    assert_eq!(call(python, "class E(KeyError): pass\ndef f(): raise E('k')", vec![]), raised("KeyError", "'k'"));
    assert_eq!(call(python, "class E(Exception): pass\ndef f(): raise E('k')", vec![]), raised("Exception", "k"));
    assert_eq!(
        call(python, "import unittest\ndef f(): raise unittest.SkipTest('s')", vec![]),
        raised("Exception", "s")
    );
    assert_eq!(call(python, "class E(BaseException): pass\ndef f(): raise E", vec![]), raised("CandidateError", ""));
    assert_eq!(call(python, "def f(): raise GeneratorExit", vec![]), raised("CandidateError", ""));
    let nasty = "class E(ValueError):\n    def __str__(self): raise SystemExit\ndef f(): raise E";
    assert_eq!(call(python, nasty, vec![]), raised("ValueError", ""));
    let forged = "class ValueError(Exception): pass\ndef f(): raise ValueError('x')";
    assert_eq!(call(python, forged, vec![]), raised("Exception", "x"));
    assert_eq!(
        call(python, "def f(): pass", vec![1.into()]),
        raised("TypeError", "f() takes 0 positional arguments but 1 was given")
    );
    assert_eq!(call(python, "g = 1", vec![]), Ok(Answer::Missing));
    let syntax = python.session(0, &LIMITS, |session| session.load("def f(:"));
    assert!(matches!(syntax, Ok(Answer::Raised(Exception { kind, .. })) if kind == "SyntaxError"));
}

#[test]
fn leaving_early_is_never_success() {
    let python = python();
    for body in [
        "import sys; sys.exit(0)",
        "import sys; sys.exit()",
        "raise SystemExit",
        "exit()",
        "quit()",
        "import os; os._exit(0)",
        "raise KeyboardInterrupt",
        "import os; os.abort()",
    ] {
        let inside = call(python, &format!("def f():\n    {}", body.replace("; ", "\n    ")), vec![]);
        let outside = python.session(0, &LIMITS, |session| session.load(&body.replace("; ", "\n")));
        for result in [inside, outside] {
            match (body, result) {
                ("import os; os.abort()", Err(Stop::Trap(_))) | (_, Err(Stop::Exited)) => {}
                // `site` is not loaded, so these two are no builtins.
                ("exit()" | "quit()", Ok(Answer::Raised(why))) if why.kind == "NameError" => {}
                (_, other) => panic!("{body}: {other:?}"),
            }
        }
    }
    let after = python.session(0, &LIMITS, |session| {
        session.load("import sys\ndef f(): sys.exit()\ndef g(): return 1")?;
        let none = Arguments::new(vec![]).unwrap();
        let _ = session.call("f", &none);
        session.call("g", &none)
    });
    assert_eq!(after, Err(Stop::Exited));
    assert_eq!(
        call(python, "import atexit, os\natexit.register(os._exit, 0)\ndef f(): return 1", vec![]),
        returned(1.into())
    );
}

#[test]
fn limits_hold_in_calls() {
    let python = python();
    assert_eq!(call(python, "def f():\n    while True: pass", vec![]), Err(Stop::Fuel));
    assert_eq!(
        call(
            python,
            "def f():\n    while True:\n        try: raise ValueError\n        except BaseException: pass",
            vec![]
        ),
        Err(Stop::Fuel)
    );
    assert_eq!(
        call(python, "def f():\n    x = []\n    while True: x.append(bytearray(1 << 20))", vec![]),
        Err(Stop::Memory)
    );
    assert_eq!(returns(python, "def f():\n    for _ in range(100): print('x' * 100000)\n    return 1"), 1.into());
    let endless = "def f():\n    while True: yield 1";
    assert_eq!(call(python, endless, vec![]), Ok(Answer::Refused("generator is not plain data".into())));
}

#[test]
fn values_beyond_the_budgets_are_refused() {
    let python = python();
    let refused = |why: &str| Ok(Answer::Refused(why.into()));
    let deep = "def f():\n    x = []\n    for _ in range(1000): x = [x]\n    return x";
    assert_eq!(call(python, deep, vec![]), refused("nested more than 200 deep"));
    assert_eq!(
        call(python, "def f():\n    x = []\n    x.append(x)\n    return x", vec![]),
        refused("nested more than 200 deep")
    );
    assert_eq!(call(python, "def f(): return 1 << (1 << 29)", vec![]), refused("an integer of too many digits"));
    assert_eq!(call(python, "def f(): return 'x' * (33 << 20)", vec![]), refused("more bytes than may cross"));
    assert_eq!(call(python, "def f(): return [None] * 3000000", vec![]), refused("more values than may cross"));
    match returns(python, "def f(): return -(1 << 100000)") {
        Value::Int(int) => assert_eq!(int.as_le_bytes().len(), 12501),
        other => panic!("{other:?}"),
    }
    let wide = returns(python, "def f(): return [[1] * 100] * 1000");
    assert_eq!(wide, vec![vec![1; 100]; 1000].into());
    assert_eq!(call(python, "def f(): return object()", vec![]), refused("object is not plain data"));
    assert_eq!(call(python, "def f(): return [range(3)]", vec![]), refused("range is not plain data"));
}

#[test]
fn subclasses_come_back_as_what_they_extend() {
    let python = python();
    for (source, value) in [
        (
            "class A(int):\n    def __eq__(self, o): return True\n    def __hash__(self): return 1\n    def bit_length(self): return 0\n    def to_bytes(self, *a, **k): return b''\ndef f(): return A(7)",
            7.into(),
        ),
        (
            "class A(float):\n    def __eq__(self, o): return True\n    def __float__(self): return 9.0\ndef f(): return A(2.5)",
            2.5.into(),
        ),
        (
            "class A(str):\n    def __eq__(self, o): return True\n    def encode(self, *a): return b'no'\n    def __str__(self): return 'no'\ndef f(): return A('yes')",
            "yes".into(),
        ),
        (
            "class A(list):\n    def __iter__(self): return iter([9])\n    def __len__(self): return 1\ndef f(): return A([1, 2])",
            vec![1, 2].into(),
        ),
        (
            "class A(dict):\n    def items(self): return [(9, 9)]\n    def __iter__(self): return iter([9])\ndef f(): return A({1: 2})",
            Value::Dict(vec![(1.into(), 2.into())]),
        ),
        (
            "class A(bytes):\n    def __bytes__(self): return b'no'\n    def __getitem__(self, i): return b'no'\ndef f(): return A(b'yes')",
            Value::Bytes(b"yes".to_vec()),
        ),
        (
            "class A(complex):\n    real = 9.0\n    def __complex__(self): return 9j\ndef f(): return A(1, 2)",
            Value::Complex(1.0, 2.0),
        ),
        (
            "from collections import namedtuple\nP = namedtuple('P', 'x y')\ndef f(): return P(1, 2)",
            Value::Tuple(vec![1.into(), 2.into()]),
        ),
        (
            "from collections import Counter\ndef f(): return Counter('aab')",
            Value::Dict(vec![("a".into(), 2.into()), ("b".into(), 1.into())]),
        ),
        ("from enum import IntEnum\nE = IntEnum('E', 'A B')\ndef f(): return E.B", 2.into()),
        ("def f(): return bytearray(b'x')", Value::Bytes(b"x".to_vec())),
    ] {
        assert_eq!(returns(python, source), value, "{source}");
    }
    let liars = [
        "class A:\n    __class__ = int\n    def __index__(self): return 7\ndef f(): return A()",
        "class M(type):\n    def mro(cls): return [cls, object]\n    def __subclasscheck__(c, s): return True\n    def __instancecheck__(c, s): return True\nclass A(metaclass=M):\n    def __eq__(self, o): return True\ndef f(): return A()",
    ];
    for source in liars {
        assert_eq!(call(python, source, vec![]), Ok(Answer::Refused("A is not plain data".into())), "{source}");
    }
}

#[test]
fn changed_builtins_change_nothing_for_the_channel() {
    let python = python();
    let source = "import builtins, json, struct, itertools, sys, gc\n\
        for name in dir(builtins):\n    \
            if name not in ('__build_class__', '__import__') and not name.startswith('__'):\n        \
                try: setattr(builtins, name, lambda *a, **k: 42)\n        except BaseException: pass\n\
        json.dumps = lambda *a, **k: '42'\nstruct.Struct = struct.pack = itertools.chain = None\nsys.stdout = None\n\
        def f(x): return [x, {'a': (1.5, {2})}, 3j, b'b', -300]";
    let expected = Value::List(vec![
        "in".into(),
        Value::Dict(vec![("a".into(), Value::Tuple(vec![1.5.into(), Value::Set(vec![2.into()])]))]),
        Value::Complex(0.0, 3.0),
        Value::Bytes(b"b".to_vec()),
        (-300).into(),
    ]);
    assert_eq!(call(python, source, vec!["in".into()]), returned(expected));
}

#[test]
fn a_captured_channel_says_nothing_the_host_would_believe() {
    let python = python();
    // Finds the encoder among all functions and makes it write what it likes.
    let forge = |bytes: &str| {
        format!(
            "import sys\ndef f():\n    frame = sys._getframe()\n    while frame:\n        report = frame.f_globals.get('report')\n        \
             if report is not None:\n            report.said = lambda *a: {bytes}\n        frame = frame.f_back\n    return 1"
        )
    };
    for (bytes, why) in [
        ("b''", "it ends too early"),
        ("b'?'", "it has an unknown tag"),
        ("b'N'", "it is no tuple"),
        (r"b't\x00\x00\x00\x00'", "it is empty"),
        (r"b't\xff\xff\xff\xff'", "it ends too early"),
        (r"b't\x01\x00\x00\x00' + b'N'", "it has no kind"),
        (r"b't\x01\x00\x00\x00s\x02\x00\x00\x00ok'", "it is of no known kind"),
        (r"b'l\x01\x00\x00\x00' * 100000", "it is nested too deeply"),
        (r"b't\x03\x00\x00\x00s\x08\x00\x00\x00returnedNT'", "its arguments are no list"),
    ] {
        let answer = call(python, &forge(bytes), vec![]);
        assert_eq!(answer, Err(Stop::Protocol(format!("a report that is not one: {why}"))), "{bytes}");
    }
    // The most it can do is to answer, as it could have without.
    let answer = call(python, &forge(r"b't\x03\x00\x00\x00s\x08\x00\x00\x00returnedTN'"), vec![]);
    assert_eq!(answer, returned(true.into()));
    assert!(matches!(call(python, &forge("b'x' * (60 << 20)"), vec![]), Err(Stop::Trap(_) | Stop::Protocol(_))));
    assert!(matches!(call(python, &forge("None"), vec![]), Err(Stop::Trap(_))));
}
