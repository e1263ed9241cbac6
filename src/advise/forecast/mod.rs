//! Forecasts: from samples of the initial policy, and from short pilots where there are any, how p_full would grow under each
//! scheme, averaged over what is not known.

mod curve;
mod hypotheses;
mod mobility;
mod outlook;
mod pilot;
mod posterior;
mod race;
mod recommendation;
mod samples;
mod space;

pub use curve::Curve;
pub use hypotheses::hypotheses;
pub use mobility::mobility;
pub use outlook::{Duel, ENOUGH, Outlook, Racing, SHOWN, SURE, SchemeOutlook, with_pilot};
pub use pilot::{Pilot, PilotVerdict};
pub use posterior::Posterior;
pub use recommendation::{Choice, Forecast, Settling};
pub use samples::Samples;
pub use space::{Point, Space};
