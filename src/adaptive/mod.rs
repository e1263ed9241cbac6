//! groups in, credit out: the controller behind the scheme `adaptive`, which forecasts as `advise` does.

mod belief;
mod checkpoint;
mod controller;
mod evidence;
mod forecast;
mod reason;
mod rewarder;
mod state;

pub use crate::checkpoint::StateError;
pub use controller::{Controller, GroupRewards};
pub use reason::Reason;
pub use rewarder::{RewardedGroup, Rewarder};
