//! The main job on the rollouts that ship with the repository.

use crate::{
    python_guest,
    run::{cargo, root, run, target},
};
use std::process::Command;

const EXAMPLE: &str = "examples/commit-messages";
const CODE: &str = "examples/sort-with-style";

pub(crate) fn demo() -> Result<(), String> {
    eprintln!("building (a first build takes some minutes) …");
    // All packages: what they ask of dependencies together is what tests and wheel ask, so that wasmtime is compiled once.
    run(&mut cargo(&["build", "--release", "--locked", "--workspace"]))?;
    let spec = format!("{EXAMPLE}/spec.yaml");
    let rollouts = format!("{EXAMPLE}/rollouts.jsonl");
    fullmarks(&["check", "--run", &spec])?;
    fullmarks(&["advise", &spec, "--rollouts", &rollouts])?;
    if let Err(why) = python_guest::build() {
        eprintln!("constraints on Python code need its runtime, which could not be built:\n{why}");
        return Ok(());
    }
    let spec = format!("{CODE}/spec.yaml");
    fullmarks(&["check", "--run", &spec])?;
    fullmarks(&["advise", &spec, "--rollouts", &format!("{CODE}/rollouts.jsonl")])
}

fn fullmarks(arguments: &[&str]) -> Result<(), String> {
    let program = target().join("release").join(format!("fullmarks{}", std::env::consts::EXE_SUFFIX));
    println!();
    run(Command::new(program).args(arguments).current_dir(root()))
}
