//! verdicts → rewards: pure functions, one scheme per file.

mod binary;
mod partial;
mod scheme;

pub use binary::Binary;
pub use partial::Partial;
pub use scheme::{Reward, Scheme};
