//! Forecasts: from samples of the initial policy, and from short pilots where there are any, how p_full would grow under each
//! scheme, averaged over what is not known.

mod apart;
mod classes;
mod cost;
mod curve;
mod duel;
mod gaps;
mod hypotheses;
mod keys;
mod losses;
mod lost;
#[cfg(test)]
mod many;
mod mobility;
mod odds;
mod outlook;
mod pilot;
mod posterior;
mod race;
mod raced;
mod recommendation;
mod samples;
mod seeds;
mod space;

pub use cost::Cost;
pub use curve::{Curve, horizon};
pub use duel::{Duel, SURE};
pub use gaps::Gaps;
pub use hypotheses::hypotheses;
pub use losses::{Losses, RARE};
pub use lost::Lost;
pub use mobility::mobility;
pub use odds::Odds;
pub use outlook::{Outlook, Racing, SHOWN, SchemeOutlook};
pub use pilot::{Pilot, Snapshot};
pub use posterior::Posterior;
pub use race::{Course, Pace};
pub use recommendation::{Choice, Doubt, ENOUGH, Forecast, HARDLY, Settling};
pub use samples::Samples;
pub use seeds::PilotVerdict;
pub use space::{Point, Space};
