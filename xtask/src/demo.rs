//! The main job on the rollouts that ship with the repository.

use crate::run::{cargo, root, run};
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
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let program = target.join("release").join(format!("fullmarks{}", std::env::consts::EXE_SUFFIX));
    println!();
    run(Command::new(program).args(arguments).current_dir(root()))
}
