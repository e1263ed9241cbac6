//! Project tasks. `cargo xtask` alone lists them.

mod bench;
mod browser;
mod checkers;
mod defences;
mod demo;
mod dist;
mod hex;
#[path = "../../sandbox/python-guest/merge/mod.rs"]
mod merge;
mod own_checker;
mod package;
mod python_guest;
mod run;
mod test;
mod trainers;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask TASK

  demo          build fullmarks and advise on the rollouts that ship with it
  test          format, lints, docs, tests, drift of generated files
  test --own-checker
                a checker of one's own in Rust, from the template to its use (needs the target wasm32-unknown-unknown)
  test --defences
                attacks against a judge without one of its defences, in a copy of the sources
  test --trainers
                the Python package with the trainers it is for (needs python3 with venv, a C compiler, and PyPI)
  test --browser [--screenshots FOLDER]
                the HTML reports in headless Chromium (needs python3; installs Debian's chromium where it is missing)
  package       package the crates that are published, and build each from its package
  dist          build what is shipped: the program and the wheel, optimised and stripped (needs python3 with pip)
  checkers      rebuild the built-in checkers' WebAssembly (needs the target wasm32-unknown-unknown)
  python-guest  build the Python runtime into the cache folder (needs python3 with venv, and PyPI)
  bench         measure the cost of a sandboxed check and the memory of a long run";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["demo"] => demo::demo(),
        ["test"] => test::test(),
        ["test", "--own-checker"] => own_checker::test(),
        ["test", "--defences"] => defences::test(),
        ["test", "--trainers"] => trainers::test(),
        ["test", "--browser"] => browser::test(None),
        ["test", "--browser", "--screenshots", folder] => browser::test(Some(folder)),
        ["package"] => package::package(),
        ["dist"] => dist::dist(),
        ["checkers"] => checkers::build(),
        ["python-guest"] => python_guest::build(),
        ["python-guest", "--print-path"] => python_guest::print_path(),
        ["bench"] => bench::bench(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => Err(format!("no such task\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
