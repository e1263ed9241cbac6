//! Memory of the process does not grow with the number of runs. Alone in its binary, so that nothing runs beside it.
#![cfg(target_os = "linux")]

#[path = "common/python.rs"]
mod common;

use common::{LIMITS, prints, python, run};
use fullmarks_sandbox::python::{Answer, Arguments, Stop, Tests};

/// Resident memory of this process that no file backs, in KiB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let anonymous = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    anonymous.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).expect("it is a number")
}

#[test]
fn a_thousand_runs_leave_no_trace() {
    runs_leave_no_trace(1_000);
}

#[test]
#[ignore = "heavy: 10,000 runs; `cargo xtask test` runs it"]
fn ten_thousand_runs_leave_no_trace() {
    runs_leave_no_trace(10_000);
}

fn runs_leave_no_trace(all: usize) {
    let python = python();
    let tests = Tests { source: "assert f([2, 1]) == [2, 1]".into(), ..Tests::default() };
    let tests = python.prepare(&tests).unwrap().unwrap();
    let arguments = Arguments::new(vec![vec![1, 2, 3].into()]).unwrap();
    let some = |count: usize| {
        for number in 0..count {
            let answer = python.session(0, &LIMITS, |session| {
                session.load("def f(x): return sorted(x, reverse=True)")?;
                session.call("f", &arguments)
            });
            assert_eq!(answer, Ok(Answer::Returned { value: vec![3, 2, 1].into(), arguments: None }));
            match number % 50 {
                0 => assert_eq!(prints(python, "print(len(bytearray(100 << 20)))"), "104857600\n"),
                1 => assert_eq!(run(python, "x = [bytearray(150 << 20), bytearray(150 << 20)]"), Err(Stop::Memory)),
                2 => assert!(matches!(run(python, "import os; os.abort()"), Err(Stop::Trap(_)))),
                3 => assert!(python.tests("def f(x): return x", &tests, 0, &LIMITS).is_ok()),
                4 => assert_eq!(python.tests("def f(x): exit()", &tests, 0, &LIMITS), Err(Stop::Exited)),
                _ => {}
            }
        }
    };
    some(100);
    let warm = resident();
    some(all - 100);
    let grown = resident().saturating_sub(warm);
    println!("{warm} KiB after 100 runs, {grown} KiB more after {all}");
    // A leak of a page a run would be 3,600 for a thousand.
    assert!(grown < 2000, "{grown} KiB more after {all} runs");
}
