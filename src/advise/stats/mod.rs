//! The statistics behind the numbers. Each names its source.

mod groups;
mod interval;
mod joint;
mod planner;
mod prompt_mean;
mod tally;
mod unbiased;

pub use groups::{GroupShares, PromptLevels, Share};
pub use interval::Interval;
pub use joint::pairs;
pub use planner::Halving;
pub use prompt_mean::PromptMean;
pub use tally::Tally;
pub use unbiased::all_alike;
