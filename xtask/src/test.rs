//! Everything CI runs, cheap steps first.

use crate::{
    defences, own_checker, python_guest,
    run::{cargo, checkers_target, root, run},
};
use std::process::Command;

pub(crate) fn test() -> Result<(), String> {
    let inside = |command: &mut Command| {
        run(command.current_dir(root().join("checkers")).env("CARGO_TARGET_DIR", checkers_target()))
    };
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    inside(&mut cargo(&["fmt", "--all", "--check"]))?;
    python_guest::build()?;
    run(&mut cargo(&["clippy", "--release", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    inside(&mut cargo(&["clippy", "--release", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    // One profile throughout: wasmtime is compiled once.
    run(&mut cargo(&["test", "--release", "--locked", "--workspace"]))?;
    // Heavy: simulations of how often intervals cover, thousands of real completions, every attack against a careless judge.
    let heavy = ["test", "--release", "--locked", "--workspace", "--", "--ignored", "--skip", own_checker::TEST];
    run(&mut cargo(&heavy))?;
    // Each defence switched off in turn, which only a copy of the sources can do.
    defences::test()?;
    inside(&mut cargo(&["test", "--release", "--locked", "--workspace"]))?;
    let mut docs = cargo(&["doc", "--release", "--locked", "--workspace", "--no-deps"]);
    run(docs.env("RUSTDOCFLAGS", "-D warnings"))?;
    println!("all steps passed; `--own-checker`, `--browser` and `--trainers` are steps by themselves");
    Ok(())
}
