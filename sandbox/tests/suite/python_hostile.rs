//! Programs that attack the interpreter and, through it, this process, which survives all of them.

use crate::python::{LIMITS, call, prints, python, run};
use fullmarks_sandbox::python::{Answer, Arguments, Limits, Program, Python, Stop};

/// Nothing but the completion may be to blame for how a program ends, and it ends the same way every time.
fn survives(python: &Python, source: &str) -> String {
    let outcome = || match run(python, source) {
        Err(Stop::Host(why)) => panic!("{why}\n{source}"),
        outcome => format!("{outcome:?}"),
    };
    let first = outcome();
    assert_eq!(outcome(), first, "{source}");
    assert_eq!(prints(python, "print(1 + 1)"), "2\n", "after {source}");
    first
}

#[test]
fn deep_recursion_from_every_side() {
    let python = python();
    for source in [
        "def f(n): return f(n + 1)\nf(0)",
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(n): return f(n + 1)\nf(0)",
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self): return repr([self])\nrepr(A())",
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().a",
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __lt__(self, o): return sorted([A(), A()])\nsorted([A(), A()])",
        "import json; json.loads('[' * 1000000)",
        "eval('(' * 5000 + ')' * 5000)",
        "eval('-' * 100000 + '1')",
        "eval('+'.join(['1'] * 100000))",
        "x = []\nfor _ in range(10**5): x = [x]\nrepr(x)",
        "x = []\nfor _ in range(10**6): x = [x]\ndel x",
        "x = ()\nfor _ in range(10**5): x = (x,)\nhash(x)",
        "x = ()\nfor _ in range(10**5): x = (x,)\ny = ()\nfor _ in range(10**5): y = (y,)\nx == y",
        "import copy\nx = []\nfor _ in range(10**4): x = [x]\ncopy.deepcopy(x)",
        "f = int\nfor _ in range(10**5): f = [f].__class__.__mro__ and (lambda g: lambda: g())(f)\nf()",
        "import itertools\nx = iter([1])\nfor _ in range(10**5): x = itertools.chain(x, [1])\nlist(x)",
        "import re; re.compile('(' * 10000 + ')' * 10000)",
        "import functools\nf = print\nfor _ in range(10**5): f = functools.partial(functools.partial, f)\nf()",
        // The host is called where the stack is nearly used up.
        "import os, sys, time\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self):\n        os.urandom(1000); time.time(); os.write(2, b'x')\n        return repr([self])\nrepr(A())",
        "import os, sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __getattr__(self, name):\n        try: os.listdir('/')\n        except OSError: pass\n        return sorted([self], key=lambda a: getattr(a, name + 'x'))\nA().a",
    ] {
        let outcome = survives(python, source);
        println!("{}: {}", source.lines().last().unwrap_or_default(), outcome.chars().take(150).collect::<String>());
    }
}

#[test]
fn memory_bombs_and_broken_bytecode() {
    let python = python();
    for source in [
        "[0] * 10**12",
        "bytearray(1 << 31)",
        "x = 'a'\nwhile True: x += x",
        "d = {}\nfor i in range(10**9): d[i] = [i]",
        "f'{1:>{1 << 30}}'",
        "'%1000000000d' % 1",
        "import os; os.urandom(1 << 28)",
        "import os; os.abort()",
        "import types\nc = (lambda: 0).__code__\ntypes.FunctionType(c.replace(co_code=b'\\xff' * 200, co_stacksize=2**30 - 1), {})()",
        "import types\nc = (lambda: 0).__code__\nfor i in range(256):\n    types.FunctionType(c.replace(co_code=bytes([i, 255] * 50)), {})()",
        "import marshal\nfor i in range(256):\n    try: eval(marshal.loads(bytes([i]) + b'\\xff' * 50))\n    except Exception: pass",
        "import sys, gc\nfor o in gc.get_objects():\n    if isinstance(o, dict): o.clear()",
        "import sys\nsys.modules.clear()\nimport json",
        "import builtins\nvars(builtins).clear()\nprint(1)",
        "import sys\nsys.stdout.close()\nprint(1)",
        "import os\nos.close(1); os.close(2); os.close(0)\nprint(1)",
        "import sys\nsys.settrace(lambda *a: exec('raise SystemExit'))\ndef f(): pass\nf()",
        "import os\nfor fd in range(100):\n    try: os.write(fd, b'x' * 100)\n    except OSError: pass",
        "import signal; signal.raise_signal(signal.SIGINT)",
        "import _testcapi",
        "import faulthandler; faulthandler._sigsegv()",
    ] {
        let outcome = survives(python, source);
        println!("{}: {}", source.lines().last().unwrap_or_default(), outcome.chars().take(150).collect::<String>());
    }
}

/// The programs in `hostile/`, the first that the sandbox was tried with.
#[test]
fn a_folder_of_hostile_programs() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile");
    let python = python();
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert_eq!(paths.len(), 49);
    for path in paths {
        let outcome = survives(python, &std::fs::read_to_string(&path).unwrap());
        println!("{}: {}", path.file_name().unwrap().display(), outcome.chars().take(150).collect::<String>());
    }
}

#[test]
fn the_same_run_burns_the_same_fuel_on_any_thread() {
    let python = python();
    let source =
        "import random, time\ndef f(n): return [random.random() for _ in range(n)] + [time.time(), hash('x'), id(f)]";
    let arguments = Arguments::new(vec![100.into()]).unwrap();
    let measure = || {
        python.session(7, &LIMITS, |session| {
            session.load(source)?;
            let answer = session.call("f", &arguments)?;
            Ok((answer, session.fuel(), session.memory()))
        })
    };
    let first = measure().unwrap();
    assert!(matches!(first.0, Answer::Returned { .. }), "{first:?}");
    println!("{} fuel, {} bytes", first.1, first.2);
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..2).map(|_| scope.spawn(|| (0..20).for_each(|_| assert_eq!(measure().unwrap(), first)))).collect();
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    });
}

#[test]
fn the_least_fuel_that_is_enough_is_always_enough() {
    let python = python();
    let fuel = |fuel| {
        let program = Program { source: "print(sum(range(1000)))", ..Program::default() };
        python.run(&program, &Limits { fuel, ..LIMITS })
    };
    let (mut little, mut enough) = (0, LIMITS.fuel);
    while enough - little > 1 {
        let middle = u64::midpoint(little, enough);
        match fuel(middle) {
            Ok(_) => enough = middle,
            Err(Stop::Fuel) => little = middle,
            other => panic!("{other:?}"),
        }
    }
    println!("{enough} fuel for a small program");
    for _ in 0..5 {
        assert!(fuel(enough).is_ok());
        assert_eq!(fuel(enough - 1), Err(Stop::Fuel));
    }
}

#[test]
fn the_clock_is_only_a_backstop() {
    let python = python();
    let deadline = std::time::Duration::from_millis(150);
    let limits = Limits { fuel: u64::MAX, deadline, ..LIMITS };
    let program = Program { source: "while True: pass", ..Program::default() };
    assert_eq!(python.run(&program, &limits), Err(Stop::Deadline));
    // Fuel ends what is ordinary, long before the clock does.
    let nominal = Limits::new(std::time::Duration::from_millis(300), LIMITS.memory);
    assert_eq!(python.run(&program, &nominal), Err(Stop::Fuel));
    // What misses every cache burns little fuel, on a slow machine less than the clock allows. It ends all the same, and what lives on the
    // same budget has nothing left.
    let strided = Program { source: "b = bytearray(200_000_000)\nwhile True: b[::4096]", ..Program::default() };
    let mut budget = Limits { memory: 512 << 20, ..limits };
    assert_eq!(python.run_on(&strided, &mut budget), Err(Stop::Deadline));
    assert!(budget.deadline.is_zero() && budget.fuel > 0, "{budget:?}");
    let next = Program { source: "while True: pass", ..Program::default() };
    assert_eq!(python.run_on(&next, &mut budget), Err(Stop::Deadline));
}

#[test]
fn instances_share_nothing() {
    let python = python();
    let evil =
        "import builtins, math, sys\nbuiltins.evil = 1\nmath.pi = 4\nsys.modules['json'] = None\ndef f(): return 1";
    assert!(matches!(call(python, evil, vec![]), Ok(Answer::Returned { .. })));
    let next = "import json, math, builtins\nprint(math.pi < 4, hasattr(builtins, 'evil'), json.dumps([]))";
    assert_eq!(prints(python, next), "True False []\n");
}

/// A clock that stops one run lets all others go on, also while it is stopped: nothing waits for it.
#[test]
fn what_the_clock_ends_holds_up_nobody() {
    let python = python();
    let strided = Program { source: "b = bytearray(200_000_000)\nwhile True: b[::4096]", ..Program::default() };
    let deadline = std::time::Duration::from_millis(1000);
    let limits = Limits { memory: 512 << 20, fuel: u64::MAX, deadline, ..LIMITS };
    let ended = std::sync::atomic::AtomicBool::new(false);
    let beside = std::thread::scope(|scope| {
        scope.spawn(|| {
            assert_eq!(python.run(&strided, &limits), Err(Stop::Deadline));
            ended.store(true, std::sync::atomic::Ordering::SeqCst);
        });
        let mut beside = 0;
        while !ended.load(std::sync::atomic::Ordering::SeqCst) {
            assert_eq!(prints(python, "print(1)"), "1\n");
            beside += 1;
        }
        beside
    });
    println!("{beside} short runs beside one that the clock ended");
    assert!(beside > 3, "{beside}");
}

/// Memory is paid for where the system has to map it, and values where the host has to make them.
#[test]
fn memory_and_values_are_paid_for() {
    let python = python();
    let fuel = |source: &str| {
        let call = |session: &mut fullmarks_sandbox::python::Session<'_>| {
            session.load(source)?;
            session.call("f", &Arguments::new(vec![]).unwrap())?;
            Ok(session.fuel())
        };
        python.session(0, &LIMITS, call).unwrap()
    };
    let (small, large) = (fuel("b = bytes(1000)\ndef f(): pass"), fuel("b = bytes(100_000_000)\ndef f(): pass"));
    // A byte of memory that is set costs one already.
    assert!(large - small > 100_000_000 + 20_000 * 2000, "{small} {large}");
    // Bytes that were written once are forged as the answer to every call; each takes what reading it takes.
    let forged = "import sys\nr = sys._getframe(1).f_globals['report']\n\
                  a = b't\\x03\\0\\0\\0s\\x08\\0\\0\\0returnedl\\x40\\x42\\x0f\\0' + b'N' * 1_000_001\n\
                  r.said = r.returned = lambda *_: a\ndef f(): pass";
    let (one, other) = (fuel(forged), fuel("def f(): pass"));
    assert!(one - other > 2 * 1_000_000 * 250, "{one} {other}");
}
