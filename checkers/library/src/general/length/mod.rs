//! `length.min_*` and `length.max_*`: limits on how much text there is, each unit in a file of its own.

mod characters;
mod limit;
mod lines;
mod paragraphs;
mod sentences;
mod words;

pub use characters::Characters;
use limit::Unit;
pub use limit::{Max, Min};
pub use lines::Lines;
pub use paragraphs::Paragraphs;
pub use sentences::Sentences;
pub use words::Words;
