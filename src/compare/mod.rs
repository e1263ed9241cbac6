//! Several rewards on the same rollouts: which of them teaches more, and who is paid differently (docs/compare.md). Pure, but for
//! [`Comparing::read`], which has rows judged.
//!
//! Prompts are the sampling unit, as in [`mod@crate::advise`], and both rewards see the same completions: prompts are compared with themselves.

mod alternative;
mod choice;
mod differences;
mod gathered;
mod gradients;
mod read;
mod report;
mod shown;

pub use alternative::{Alternative, AlternativeError};
pub use choice::Choice;
pub use differences::{ByConstraint, Differences};
pub use gathered::Gathered;
pub use gradients::Lead;
pub use read::{ComparedRow, Comparing};
pub use report::{CompareError, Compared, Weighed};
pub use shown::{Shown, ShownReward};
