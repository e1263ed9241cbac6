//! How rates changed over the last steps.

use super::step::{Mean, Step};
use crate::advise::stats::Interval;
use statrs::distribution::{ContinuousCDF, Normal};

/// The later half of the last steps against the earlier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// The first of the steps.
    pub since: u64,
    /// Of p_full.
    pub full: Change,
    /// Of the mean share of constraints met.
    pub fraction: Change,
    /// Of the mean reward.
    pub reward: Change,
}

/// By how much a mean changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Mean of the later half.
    pub now: f64,
    /// The later mean less the earlier.
    pub estimate: f64,
    /// Normal approximation with groups as the unit (Welch 1947, Biometrika 34, without the correction for few degrees of freedom).
    pub interval: Interval,
}

/// Groups in each half from which on its mean is near enough to normal.
const ENOUGH: f64 = 8.0;

impl Trend {
    /// `None` when either half has too little.
    pub(super) fn between(earlier: &[Step], later: &[Step], level: f64) -> Option<Self> {
        let change = |of: fn(&Step) -> Mean| Change::between(sum(earlier, of), sum(later, of), level);
        Some(Self {
            since: earlier.first()?.step,
            full: change(|step| step.full)?,
            fraction: change(|step| step.fraction)?,
            reward: change(|step| step.reward)?,
        })
    }
}

impl Change {
    fn between(earlier: Mean, later: Mean, level: f64) -> Option<Self> {
        if earlier.groups() < ENOUGH || later.groups() < ENOUGH {
            return None;
        }
        let (now, estimate) = (later.value()?, later.value()? - earlier.value()?);
        let error = (earlier.variance()? + later.variance()?).sqrt();
        let room = Normal::standard().inverse_cdf(0.5 + level / 2.0) * error;
        Some(Self { now, estimate, interval: Interval::new(estimate - room, estimate + room) })
    }
}

fn sum(steps: &[Step], of: fn(&Step) -> Mean) -> Mean {
    steps.iter().map(of).fold(Mean::default(), Mean::and)
}
