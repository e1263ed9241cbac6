//! A validated spec and a completion → verdicts. The only caller of the sandbox.

mod bind;
mod blank;
mod brought;
mod check;
mod code_blocks;
mod end_tokens;
mod fences;
mod judge;
mod library;
mod plan;
mod plan_error;
mod python;
mod python_literal;
mod row;
mod surface;
mod thinking;
mod tool;
mod verifier;
mod views;
mod watch;

pub use library::{Library, LibraryError, keep_signals, look_for_python_in};
pub use plan::Plan;
pub use plan_error::PlanError;
pub use python::{Asked, ShownCall, ShownRun};
pub use row::Row;
pub use surface::Surface;
pub use tool::ToolError;
pub use verifier::Verifier;
pub use views::Thought;
