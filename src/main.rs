//! The `fullmarks` command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    fullmarks::cli::main()
}
