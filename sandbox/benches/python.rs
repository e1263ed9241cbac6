//! A fresh instance that loads and calls a HumanEval-like solution, beside a fresh `python3` that does the same.

#![allow(missing_docs)]

use divan::Bencher;
use fullmarks_sandbox::{
    Cache,
    python::{Answer, Arguments, Limits, Program, Python, Tested, Tests},
};
use std::{
    process::{Command, Stdio},
    sync::LazyLock,
};

const SOLUTION: &str = "
from typing import List

def has_close_elements(numbers: List[float], threshold: float) -> bool:
    for idx, elem in enumerate(numbers):
        for idx2, elem2 in enumerate(numbers):
            if idx != idx2:
                if abs(elem - elem2) < threshold:
                    return True
    return False
";

/// Arguments and what to return.
const CASES: [(&[f64], f64, bool); 7] = [
    (&[1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.3, true),
    (&[1.0, 2.0, 3.9, 4.0, 5.0, 2.2], 0.05, false),
    (&[1.0, 2.0, 5.9, 4.0, 5.0], 0.95, true),
    (&[1.0, 2.0, 5.9, 4.0, 5.0], 0.8, false),
    (&[1.0, 2.0, 3.0, 4.0, 5.0, 2.0], 0.1, true),
    (&[1.1, 2.2, 3.1, 4.1, 5.1], 1.0, true),
    (&[1.1, 2.2, 3.1, 4.1, 5.1], 0.5, false),
];

static PYTHON: LazyLock<Python> = LazyLock::new(|| {
    Python::load(2, Cache::user().ok().as_ref()).unwrap_or_else(|why| {
        eprintln!("{why}");
        std::process::exit(1)
    })
});

/// The interpreter itself: what is called `python3` may be a script that looks for it first.
static INTERPRETER: LazyLock<String> = LazyLock::new(|| {
    let output = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output();
    let output = output.expect("python3 is installed");
    String::from_utf8(output.stdout).expect("its path is text").trim().to_owned()
});

fn main() {
    LazyLock::force(&PYTHON);
    LazyLock::force(&INTERPRETER);
    divan::main();
}

#[divan::bench(sample_count = 200, threads = [1, 2])]
fn sandbox_calls(bencher: Bencher<'_, '_>) {
    let cases = CASES.map(|(numbers, threshold, expected)| {
        (Arguments::new(vec![numbers.to_vec().into(), threshold.into()]).unwrap(), expected)
    });
    bencher.bench(|| {
        let right = PYTHON.session(0, &Limits::default(), |session| {
            session.load(SOLUTION)?;
            cases.iter().try_fold(true, |right, (arguments, expected)| {
                let answer = session.call("has_close_elements", arguments)?;
                Ok(right && answer == Answer::Returned { value: (*expected).into(), arguments: None })
            })
        });
        assert_eq!(right, Ok(true));
    });
}

/// The same cases as test code in a judge's instance, against the solution in another.
#[divan::bench(sample_count = 200, threads = [1, 2])]
fn sandbox_tests(bencher: Bencher<'_, '_>) {
    let source = program().replace(SOLUTION, "");
    let tests = Tests { source, function: Some("has_close_elements".into()), ..Tests::default() };
    let tests = PYTHON.prepare(&tests).expect("a judge starts").expect("they are fine");
    bencher.bench(|| {
        let tested = PYTHON.tests(SOLUTION, &tests, 0, &Limits::default());
        assert_eq!(tested, Ok(Tested::Ran { run: 7, passed: 7, failure: None }));
    });
}

#[divan::bench(sample_count = 200)]
fn sandbox_program(bencher: Bencher<'_, '_>) {
    let source = program();
    bencher.bench_local(|| {
        let ended = PYTHON.run(&Program { source: &source, ..Program::default() }, &Limits::default());
        assert_eq!(ended.map(|ended| ended.status), Ok(0));
    });
}

#[divan::bench(sample_count = 200)]
fn sandbox_empty_program(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| PYTHON.run(&Program::default(), &Limits::default()).map(|ended| ended.status));
}

#[divan::bench(sample_count = 50, threads = [1, 2], args = [&["-I", "-S"][..], &[]])]
fn subprocess(bencher: Bencher<'_, '_>, options: &[&str]) {
    let source = program();
    bencher.bench(|| {
        let mut command = Command::new(&*INTERPRETER);
        let status = command.args(options).args(["-c", &source]).stdin(Stdio::null()).status();
        assert!(status.expect("python3 is installed").success());
    });
}

/// The solution and its cases as one program.
fn program() -> String {
    let python = |value: bool| if value { "True" } else { "False" };
    let cases = CASES.map(|(numbers, threshold, expected)| {
        format!("assert has_close_elements({numbers:?}, {threshold:?}) == {}\n", python(expected))
    });
    SOLUTION.to_owned() + &cases.concat()
}
