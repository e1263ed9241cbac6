//! A HumanEval-like solution with seven cases, and what runs it: fresh instances, and fresh subprocesses.

use fullmarks_sandbox::{
    Cache,
    python::{Answer, Arguments, Limits, Prepared, Program, Python, Tested, Tests},
};
use std::{
    process::{Command, Stdio},
    sync::LazyLock,
};

pub(crate) const SOLUTION: &str = "
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

pub(crate) static PYTHON: LazyLock<Python> = LazyLock::new(|| {
    Python::load(cores(), Cache::user().ok().as_ref()).unwrap_or_else(|why| {
        eprintln!("{why}");
        std::process::exit(1)
    })
});

/// The interpreter itself: what is called `python3` may be a script that looks for it first.
pub(crate) static INTERPRETER: LazyLock<String> = LazyLock::new(|| {
    let output = Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output();
    let output = output.expect("python3 is installed");
    String::from_utf8(output.stdout).expect("its path is text").trim().to_owned()
});

/// Threads that can run at once.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The cases as arguments, and what to return.
pub(crate) fn cases() -> [(Arguments, bool); 7] {
    CASES.map(|(numbers, threshold, expected)| {
        (Arguments::new(vec![numbers.to_vec().into(), threshold.into()]).unwrap(), expected)
    })
}

/// Loads the solution in a fresh instance and calls it with every case.
pub(crate) fn calls(cases: &[(Arguments, bool)]) {
    let right = PYTHON.session(0, &Limits::default(), |session| {
        session.load(SOLUTION)?;
        cases.iter().try_fold(true, |right, (arguments, expected)| {
            let answer = session.call("has_close_elements", arguments)?;
            Ok(right && answer == Answer::Returned { value: (*expected).into(), arguments: None })
        })
    });
    assert_eq!(right, Ok(true));
}

/// The cases as test code.
pub(crate) fn prepared() -> Prepared {
    let source = program().replace(SOLUTION, "");
    let tests = Tests { source, function: Some("has_close_elements".into()), ..Tests::default() };
    PYTHON.prepare(&tests).expect("a judge starts").expect("they are fine")
}

/// Runs them in a judge's instance, against the solution in another.
pub(crate) fn tests(tests: &Prepared) {
    let tested = PYTHON.tests(SOLUTION, tests, 0, &Limits::default());
    assert_eq!(tested, Ok(Tested::Ran { run: 7, passed: 7, failure: None, doubtful: Vec::new(), its_own: false }));
}

/// Runs a program in a fresh instance.
pub(crate) fn run(source: &str) {
    let ended = PYTHON.run(&Program { source, ..Program::default() }, &Limits::default());
    assert_eq!(ended.map(|ended| ended.status), Ok(0));
}

/// Runs a program in a fresh process.
pub(crate) fn subprocess(options: &[&str], source: &str) {
    let mut command = Command::new(&*INTERPRETER);
    let status = command.args(options).args(["-c", source]).stdin(Stdio::null()).status();
    assert!(status.expect("python3 is installed").success());
}

/// The solution and its cases as one program.
pub(crate) fn program() -> String {
    let python = |value: bool| if value { "True" } else { "False" };
    let cases = CASES.map(|(numbers, threshold, expected)| {
        format!("assert has_close_elements({numbers:?}, {threshold:?}) == {}\n", python(expected))
    });
    SOLUTION.to_owned() + &cases.concat()
}
