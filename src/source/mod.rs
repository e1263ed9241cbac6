//! Texts that people write → values, each with its place, or mistakes with a place and a remedy. Knows no format.

mod at;
mod diagnostic;
mod regular;
mod suggest;
mod unfit;
mod yaml;

pub use at::At;
pub use diagnostic::{Diagnostic, SpecError};
pub use regular::{open_regular, read_regular};
pub use suggest::closest;
pub(crate) use suggest::help as suggestion;
pub use unfit::Unfit;
pub(crate) use yaml::read as read_yaml;
