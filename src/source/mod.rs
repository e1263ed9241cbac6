//! Texts that people write → values, each with its place, and all mistakes with their places and remedies. Knows no format.
//!
//! A text becomes a tree (`syntax`), which is read as a type (`typed`) and mended behind each mistake (`mend`), so that reading goes on.

mod at;
mod diagnostic;
mod fault;
mod mend;
mod node;
mod regular;
mod remedy;
mod slip;
mod suggest;
mod syntax;
mod typed;
mod unfit;
mod yaml;

pub use at::At;
pub use diagnostic::{Diagnostic, SpecError};
pub use regular::{open_regular, read_regular};
pub(crate) use slip::{Given, Means, Slip, Slips, Within, Wrapped};
pub use suggest::closest;
pub(crate) use suggest::help as suggestion;
pub use unfit::Unfit;
pub(crate) use yaml::{Reading, read as read_yaml, value as yaml_value};
