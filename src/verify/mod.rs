//! A validated spec and a completion → verdicts. The only caller of the sandbox.

mod bind;
mod blank;
mod code_blocks;
mod judge;
mod library;
mod python;
mod thinking;
mod verifier;
mod views;

pub use bind::{Plan, PlanError, Row};
pub use library::{Library, LibraryError};
pub use verifier::Verifier;
