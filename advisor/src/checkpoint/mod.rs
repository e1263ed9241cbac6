//! States that a trainer's checkpoint keeps: groups of verdicts as JSON, inside an envelope that says what they are of.

mod envelope;
mod groups;

pub use envelope::{StateError, open, seal};
pub use groups::{WireConstraint, WireGroup, WireGroups};
