//! Everything CI runs, cheap steps first.

use crate::run::{cargo, root, run};
use std::process::Command;

pub(crate) fn test() -> Result<(), String> {
    let checkers = root().join("checkers");
    let inside = |command: &mut Command| -> Result<(), String> {
        // A target folder of its own: another workspace, other settings.
        run(command.current_dir(&checkers).env("CARGO_TARGET_DIR", checkers.join("target")))
    };
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    inside(&mut cargo(&["fmt", "--all", "--check"]))?;
    // One profile throughout: wasmtime is compiled once.
    run(&mut cargo(&["test", "--release", "--locked", "--workspace"]))?;
    inside(&mut cargo(&["test", "--release", "--locked", "--workspace"]))?;
    run(&mut cargo(&["clippy", "--release", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    inside(&mut cargo(&["clippy", "--release", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    let mut docs = cargo(&["doc", "--release", "--locked", "--workspace", "--no-deps"]);
    run(docs.env("RUSTDOCFLAGS", "-D warnings"))?;
    println!("all steps passed");
    Ok(())
}
