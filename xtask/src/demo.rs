//! The main job on the rollouts that ship with the repository.

use crate::run::{cargo, root, run, target};
use std::process::Command;

const EXAMPLE: &str = "examples/commit-messages";

pub(crate) fn demo() -> Result<(), String> {
    eprintln!("building (a first build takes some minutes) …");
    run(&mut cargo(&["build", "--release", "--locked"]))?;
    let spec = format!("{EXAMPLE}/spec.yaml");
    let rollouts = format!("{EXAMPLE}/rollouts.jsonl");
    fullmarks(&["check", "--run", &spec])?;
    fullmarks(&["advise", &spec, "--rollouts", &rollouts])
}

fn fullmarks(arguments: &[&str]) -> Result<(), String> {
    let program = target().join("release").join(format!("fullmarks{}", std::env::consts::EXE_SUFFIX));
    println!();
    run(Command::new(program).args(arguments).current_dir(root()))
}
