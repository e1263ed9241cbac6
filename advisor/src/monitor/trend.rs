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
    /// Of the share of groups without a full answer; `None` where verdicts leave it open.
    pub without: Option<Change>,
    /// Of the share of groups without a full answer whose answers all earn the same credit.
    pub tied: Option<Change>,
}

/// By how much a mean changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Mean of the later half.
    pub now: f64,
    /// The later mean less the earlier.
    pub estimate: f64,
    /// Standard error of the later mean.
    pub error: f64,
    /// Normal approximation with groups as the unit (Welch 1947, Biometrika 34, without the correction for few degrees of freedom).
    pub interval: Interval,
}

/// Groups in each half from which on its mean is near enough to normal.
pub(super) const ENOUGH: f64 = 8.0;

impl Trend {
    /// `None` when either half has too little.
    pub(super) fn between(earlier: &[Step], later: &[Step], level: f64) -> Option<Self> {
        let change = |of: fn(&Step) -> Mean| Change::between(sum(earlier, of), sum(later, of), level);
        Some(Self {
            since: earlier.first()?.step,
            full: change(|step| step.full)?,
            fraction: change(|step| step.fraction)?,
            reward: change(|step| step.reward)?,
            without: change(|step| step.without),
            tied: change(|step| step.tied),
        })
    }
}

impl Change {
    /// Whether it grew, as far as so many standard errors say.
    pub(super) fn grew_by(&self, errors: f64, level: f64) -> bool {
        let room = (self.interval.high - self.estimate) / Normal::standard().inverse_cdf(0.5 + level / 2.0);
        self.estimate > errors * room
    }

    fn between(earlier: Mean, later: Mean, level: f64) -> Option<Self> {
        if earlier.groups() < ENOUGH || later.groups() < ENOUGH {
            return None;
        }
        let (now, estimate) = (later.value()?, later.value()? - earlier.value()?);
        let room = Normal::standard().inverse_cdf(0.5 + level / 2.0) * (earlier.variance()? + later.variance()?).sqrt();
        let error = later.variance()?.sqrt();
        Some(Self { now, estimate, error, interval: Interval::new(estimate - room, estimate + room) })
    }
}

fn sum(steps: &[Step], of: fn(&Step) -> Mean) -> Mean {
    steps.iter().map(of).fold(Mean::default(), Mean::and)
}
