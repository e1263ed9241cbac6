//! A checker of one's own, made, tested, built and used as a user would. A step by itself, since it needs a target of Rust.

use crate::run::{cargo, root, run};
use std::{path::Path, process::Command};

const TARGET: &str = "wasm32-unknown-unknown";

/// The one test, which the other steps leave out.
pub(crate) const TEST: &str = "a_new_checker_in_rust_builds_and_is_used";

/// The binary with that test.
const BINARY: &str = "commands";

pub(crate) fn test() -> Result<(), String> {
    if !is_installed() {
        return Err(format!("Rust's target {TARGET} is not installed: run `rustup target add {TARGET}`"));
    }
    run(&mut cargo(&["test", "--release", "--locked", "--workspace", "--test", BINARY, "--", "--ignored", TEST]))
}

fn is_installed() -> bool {
    let asked =
        Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).current_dir(root()).output();
    asked.is_ok_and(|folder| Path::new(String::from_utf8_lossy(&folder.stdout).trim()).is_dir())
}
