//! A validated spec and a completion → verdicts. The only caller of the sandbox.

mod bind;
mod blank;
mod brought;
mod code_blocks;
#[cfg_attr(
    not(feature = "switchable-defences"),
    allow(dead_code, unreachable_pub, reason = "all of it is for the build in which defences can be switched off")
)]
mod defence;
mod judge;
mod library;
mod python;
mod python_literal;
mod surface;
mod thinking;
mod verifier;
mod views;

pub use bind::{Plan, PlanError, Row};
#[cfg(feature = "switchable-defences")]
pub use defence::Defence;
pub use library::{Library, LibraryError, keep_signals, look_for_python_in};
pub use python::{ShownCall, ShownRun};
pub use surface::Surface;
pub use verifier::Verifier;
