//! verdicts → rewards: pure functions, one scheme per file.
//!
//! A [`Reward`] is one completion's; a [`GroupAdvantage`] is of a whole group, and never mixed with it.

mod adaptive;
mod advantage_rule;
mod algorithm;
mod annealed;
mod binary;
mod decoupled;
mod density;
mod difficulty;
mod function;
mod group_advantage;
mod group_reward;
mod kleene;
mod named;
mod overlong;
mod param;
mod partial;
mod scheme;
mod scores;
mod unmodelled;
mod value;

pub use adaptive::{Adaptive, Per};
pub use advantage_rule::AdvantageRule;
pub use algorithm::Algorithm;
pub use annealed::{Annealed, Shape};
pub use binary::Binary;
pub use decoupled::Decoupled;
pub use density::Density;
pub use difficulty::Difficulty;
pub use function::{Gate, RewardFunction, Rewarded};
pub(crate) use group_advantage::EPSILON;
pub use group_advantage::{Advantage, AdvantagePart, GroupAdvantage};
pub use group_reward::{GroupReward, Pay};
pub use overlong::{Length, Overlong, Unit};
pub use param::{Param, Takes};
pub use partial::Partial;
pub use scheme::Scheme;
pub use unmodelled::Unmodelled;
pub use value::{NoReward, Reward};
