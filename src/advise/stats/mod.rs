//! The statistics behind the numbers. Each names its source.

mod dirichlet_groups;
mod interval;
mod joint;
mod planner;
mod prompt_mean;
mod tally;
mod unbiased;

pub use dirichlet_groups::{GroupShares, PromptLevels, ShareOf};
pub use interval::Interval;
pub use joint::pairs;
pub use planner::Halving;
pub use prompt_mean::PromptMean;
pub use tally::Tally;
pub use unbiased::all_alike;
