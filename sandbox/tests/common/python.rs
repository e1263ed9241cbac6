//! Python for the tests: one interpreter for all of a binary's tests.
#![allow(dead_code, reason = "every test binary uses a part of it")]

use fullmarks_sandbox::{
    Cache,
    python::{Answer, Arguments, Ended, Limits, Program, Python, Stop, Value},
};
use std::{sync::LazyLock, time::Duration};

static PYTHON: LazyLock<Python> =
    LazyLock::new(|| Python::load(4, Cache::user().ok().as_ref()).unwrap_or_else(|why| panic!("{why}")));

/// The interpreter.
pub(crate) fn python() -> &'static Python {
    &PYTHON
}

/// Limits of the tests: fuel that is gone in a second or so, and a clock that does not matter.
pub(crate) const LIMITS: Limits =
    Limits { fuel: 3_000_000_000, memory: 256 << 20, output: 1 << 20, deadline: Duration::from_secs(120) };

pub(crate) fn run(python: &Python, source: &str) -> Result<Ended, Stop> {
    python.run(&Program { source, ..Program::default() }, &LIMITS)
}

/// What a program that must end well prints.
pub(crate) fn prints(python: &Python, source: &str) -> String {
    let ended = run(python, source).unwrap_or_else(|stop| panic!("{stop}\n{source}"));
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status, 0, "{stderr}\n{source}");
    String::from_utf8(ended.stdout).expect("it prints text")
}

/// What `f` of a source that must load answers.
pub(crate) fn call(python: &Python, source: &str, arguments: Vec<Value>) -> Result<Answer, Stop> {
    let arguments = Arguments::new(arguments).expect("the arguments can be sent");
    python.session(0, &LIMITS, |session| {
        assert_eq!(session.load(source)?, loaded(), "{source}");
        session.call("f", &arguments)
    })
}

/// What `f` of a source returns, without arguments.
pub(crate) fn returns(python: &Python, source: &str) -> Value {
    match call(python, source, vec![]) {
        Ok(Answer::Returned { value, arguments: None }) => value,
        other => panic!("{other:?}\n{source}"),
    }
}

/// The answer of a source that raises nothing.
pub(crate) fn loaded() -> Answer {
    Answer::Returned { value: Value::None, arguments: None }
}
