//! Programs run as `__main__`.

use crate::python::{LIMITS, prints, python, run};
use fullmarks_sandbox::python::{Limits, Program, Stop};

#[test]
fn a_program_reads_and_writes() {
    let python = python();
    let program = Program { source: "print('hello', input()[::-1])", stdin: b"abc\nrest", seed: 0 };
    let ended = python.run(&program, &LIMITS).unwrap();
    assert_eq!((ended.status, ended.exception, &ended.stdout[..]), (0, None, &b"hello cba\n"[..]));
    assert_eq!(prints(python, "import sys; print(sys.stdin.read() == '', __name__)"), "True __main__\n");
    let bytes = Program { source: "import sys; sys.stdout.write(sys.stdin.read())", stdin: b"\xff\xfe", seed: 0 };
    assert_eq!(python.run(&bytes, &LIMITS).unwrap().stdout, b"\xff\xfe");
}

#[test]
fn a_program_ends_as_it_would_anywhere() {
    let python = python();
    for (source, status, kind) in [
        ("", 0, None),
        ("import sys; sys.exit()", 0, None),
        ("import sys; sys.exit(5)", 5, None),
        ("import sys; sys.exit('no')", 1, None),
        ("raise KeyboardInterrupt", 130, None),
        ("import os; os._exit(0)", 0, None),
        ("import os; os._exit(1)", 1, None),
        ("1/0", 1, Some("ZeroDivisionError")),
        ("def f(): return f()\nf()", 1, Some("RecursionError")),
        ("x = = 1", 1, Some("SyntaxError")),
        ("import json; json.loads('{')", 1, Some("ValueError")),
        ("class E(Exception): pass\nraise E", 1, Some("Exception")),
        ("class E(BaseException): pass\nraise E", 1, Some("CandidateError")),
    ] {
        let ended = run(python, source).unwrap_or_else(|stop| panic!("{stop}\n{source}"));
        let found = ended.exception.map(|exception| exception.kind);
        assert_eq!((ended.status, found.as_deref()), (status, kind), "{source}");
    }
    let ended = run(python, "print('before')\nraise ValueError('secret')").unwrap();
    assert_eq!(ended.stdout, b"before\n");
    let exception = ended.exception.unwrap();
    assert_eq!(exception.public(), "it raised ValueError");
    assert_eq!(exception.private(), "it raised ValueError: secret");
    assert!(String::from_utf8_lossy(&ended.stderr).contains("line 2, in <module>"));
}

#[test]
fn exit_functions_run_and_output_is_not_lost() {
    let python = python();
    assert_eq!(prints(python, "import atexit; atexit.register(print, 'bye'); print('hi', end=' ')"), "hi bye\n");
    assert_eq!(run(python, "import os; print('flushed', flush=True); os._exit(0)").unwrap().stdout, b"flushed\n");
}

#[test]
fn limits_hold() {
    let python = python();
    for (source, stop) in [
        ("while True: pass", Stop::Fuel),
        (
            "def g():\n    while True:\n        try: yield 1\n        except BaseException: pass\nlist(zip(g(), g()))",
            Stop::Fuel,
        ),
        ("x = []\nwhile True: x.append(bytearray(1 << 20))", Stop::Memory),
        ("print(len('a' * (300 << 20)))", Stop::Memory),
        ("while True: print('x' * 10000)", Stop::Output),
        ("print('x' * (2 << 20))", Stop::Output),
        ("9 ** 9 ** 9", Stop::Fuel),
        ("import re; re.match(r'(a+)+$', 'a' * 40 + 'b')", Stop::Fuel),
        ("import time\nwhile True: time.sleep(1e6)", Stop::Fuel),
    ] {
        assert_eq!(run(python, source), Err(stop), "{source}");
    }
    let little = Limits { output: 10, ..LIMITS };
    let program = |source| python.run(&Program { source, ..Program::default() }, &little);
    assert_eq!(program("print('123456789')").unwrap().stdout, b"123456789\n");
    assert_eq!(program("print('1234567890')"), Err(Stop::Output));
    let ended = run(python, "import sys\nfor i in range(10**5): print(i, file=sys.stderr)").unwrap();
    assert!(ended.stderr.ends_with(b"99999\n") && ended.stderr.len() <= 256 << 10, "{}", ended.stderr.len());
}

#[test]
fn a_caught_memory_error_is_no_stop() {
    let python = python();
    let source = "try: x = 'a' * (300 << 20)\nexcept MemoryError: print('caught')";
    assert_eq!(prints(python, source), "caught\n");
}

#[test]
fn recursion_goes_deep() {
    let python = python();
    let plain =
        "import sys\nsys.setrecursionlimit(20000)\ndef f(n): return 0 if n == 0 else 1 + f(n - 1)\nprint(f(10000))";
    assert_eq!(prints(python, plain), "10000\n");
    let cached = "import sys\nfrom functools import lru_cache, cache\nsys.setrecursionlimit(10**6)\n\
        @lru_cache(None)\ndef f(n): return 0 if n == 0 else 1 + f(n - 1)\n\
        @cache\ndef g(n): return 0 if n == 0 else 1 + g(n - 1)\nprint(f(10000), g(10000), f.cache_info().misses)";
    assert_eq!(prints(python, cached), "10000 10000 10001\n");
}

#[test]
fn time_is_virtual_and_randomness_seeded() {
    let python = python();
    assert_eq!(
        prints(python, "import time\nt = time.time(); time.sleep(1000)\nprint(round(time.time() - t))"),
        "1000\n"
    );
    let asynchronous = "import asyncio\nasync def main():\n    await asyncio.sleep(500)\n    \
        return await asyncio.gather(*[asyncio.sleep(3 - i, i) for i in range(3)])\nprint(asyncio.run(main()))";
    assert_eq!(prints(python, asynchronous), "[0, 1, 2]\n");
    let random = "import random, os, uuid, time\nprint(random.random(), os.urandom(4), uuid.uuid4(), hash('a'), id(object()), time.time_ns())";
    let first = prints(python, random);
    assert_eq!(prints(python, random), first);
    let other = python.run(&Program { source: random, seed: 1, stdin: b"" }, &LIMITS).unwrap();
    assert_ne!(String::from_utf8(other.stdout).unwrap(), first);
}

#[test]
fn the_outside_world_is_refused() {
    let python = python();
    for source in [
        "open('/etc/passwd')",
        "open('new', 'w')",
        "import os; os.listdir('/')",
        "import os; os.mkdir('x')",
        "import tempfile; tempfile.TemporaryFile()",
        "import socket; socket.create_connection(('127.0.0.1', 80))",
        "import socket; socket.socket().bind(('127.0.0.1', 80))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import urllib.request; urllib.request.urlopen('http://localhost')",
        "import subprocess; subprocess.run(['ls'])",
        "import os; os.system('ls')",
        "import os; os.fork()",
        "import multiprocessing; multiprocessing.Pool(2)",
        "import ctypes",
    ] {
        let source =
            format!("try:\n    {}\nexcept Exception as error:\n    print('refused')", source.replace("; ", "\n    "));
        assert_eq!(prints(python, &source), "refused\n", "{source}");
    }
    assert_eq!(prints(python, "import os, sys\nprint(dict(os.environ), sys.argv)"), "{} ['program.py']\n");
    assert_eq!(
        prints(
            python,
            "import importlib.util\nprint([m for m in ('plain', 'report', 'guest_', 'solution', 'program') if importlib.util.find_spec(m)])"
        ),
        "[]\n"
    );
}

#[test]
fn the_standard_library_is_there() {
    let python = python();
    let source = "import abc, argparse, array, bisect, calendar, cmath, collections, contextlib, copy, csv, dataclasses, datetime, \
        decimal, difflib, enum, fractions, functools, hashlib, heapq, io, itertools, json, logging, math, numbers, operator, os, \
        pathlib, pprint, queue, random, re, statistics, string, struct, sys, textwrap, time, types, typing, unicodedata, unittest, \
        uuid, zlib\n\
        @dataclasses.dataclass(order=True)\nclass P:\n    x: int\n    y: int = 2\n\
        print(max(P(1), P(3)), datetime.datetime.strptime('2024-02-29', '%Y-%m-%d').weekday(), decimal.Decimal('0.1') * 3, hashlib.sha256(b'a').hexdigest()[:8])";
    assert_eq!(prints(python, source), "P(x=3, y=2) 3 0.3 ca978112\n");
}
