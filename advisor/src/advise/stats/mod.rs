//! The statistics behind the numbers. Each names its source.

mod gamma_sum;
mod groups;
mod holm;
mod interval;
mod mixture;
mod odds_ratio;
mod prompt_mean;
mod prompt_ratio;
mod staying;
mod tally;
mod unbiased;

pub use groups::{GroupShares, PromptLevels, Share};
pub use holm::holm;
pub use interval::Interval;
pub use mixture::Mixture;
pub use odds_ratio::{OddsRatio, Table};
pub use prompt_mean::PromptMean;
pub use prompt_ratio::PromptRatio;
pub use staying::Staying;
pub use tally::Tally;
pub use unbiased::{all_alike, pass_at};
