//! groups in, credit out: the controller behind the scheme `adaptive`, which forecasts as `advise` does.

mod belief;
mod changes;
mod checkpoint;
mod controller;
mod evidence;
mod forecast;
mod grid;
mod reason;
mod record;
mod rewarder;
mod solve;
mod start;
mod state;

pub use crate::checkpoint::StateError;
pub use controller::{Controller, GroupRewards};
pub use reason::Reason;
pub use rewarder::Rewarder;
