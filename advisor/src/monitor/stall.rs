//! What a run shows of a stall: credit is earned, and full answers do not come.

use super::{
    history::History,
    trend::{Change, Trend},
};
use crate::{
    advise::rules::{PartialCreditStalls, Stalling},
    reward::Scheme,
};

/// Standard errors from which on a change is sure, where it is looked for at every step of a run. At the level of an interval something would be found
/// in half of the runs that go well.
const SURE: f64 = 3.0;

/// Share of groups that are tied from which on a run is stuck, in groups of eight and more.
const TIED: f64 = 0.1;

/// How often answers are alike by chance: in a group of G, where three answers of four earn the same, this to the power of G.
const ALIKE: f64 = 0.75;

/// Full answers that have surely not grown by so much since the start of a run have not grown.
const NONE: f64 = 0.02;

/// By how much the share of different completions in a group falls where a policy loses its diversity.
const FALLEN: f64 = 0.15;

/// The pass rate from which on answers that are alike are mostly right.
const SOLVED: f64 = 0.5;

/// The gravest sign that there is. None in the first half of the steps that a trend looks back on: many runs that go well begin like a stall.
pub(super) fn seen(scheme: Scheme, history: &History, lost: u64, level: f64) -> Option<PartialCreditStalls> {
    if matches!(scheme, Scheme::Binary(_)) || !history.settled() {
        return None;
    }
    let trend = history.trend(level)?;
    if trend.full.interval.low > 0.0 {
        return None;
    }
    let stalling = tied(&trend, history.group_size(), lost)
        .or_else(|| growing(&trend, history, level))
        .or_else(|| alike(&trend, history.distinct()))?;
    Some(PartialCreditStalls { scheme, stalling })
}

/// Groups without a full answer are paid alike, and they do not become fewer.
fn tied(trend: &Trend, group_size: f64, lost: u64) -> Option<Stalling> {
    let (tied, without) = (trend.tied?, trend.without?);
    let least = TIED.max(ALIKE.powf(group_size));
    let is = tied.now - SURE * tied.error > least && without.interval.high >= 0.0;
    is.then_some(Stalling::Tied {
        since: trend.since,
        rate: trend.full.now,
        tied: tied.now,
        without: without.now,
        full: trend.full.interval,
        lost,
    })
}

/// Rewards surely grow, and full answers have no share in it.
fn growing(trend: &Trend, history: &History, level: f64) -> Option<Stalling> {
    let (reward, full) = (trend.reward, trend.full);
    let is = reward.grew_by(SURE, level) && full.interval.high < reward.estimate;
    let none = |since: Change| since.interval.low <= 0.0 && since.interval.high < NONE;
    let flat = is && history.since_start(level).is_some_and(none);
    is.then_some(Stalling::Seen { since: trend.since, reward: reward.interval, full: full.interval, flat })
}

/// Whether completions became alike before they were right: by the share of different ones in a group, before and now, and the pass rate.
#[must_use]
pub fn became_alike(before: f64, now: f64, rate: f64) -> bool {
    before - now > FALLEN && rate < SOLVED
}

/// Completions become alike before they are right.
fn alike(trend: &Trend, distinct: Option<(f64, f64)>) -> Option<Stalling> {
    let (before, now) = distinct?;
    became_alike(before, now, trend.full.now).then_some(Stalling::Alike {
        since: trend.since,
        before,
        now,
        full: trend.full.interval,
    })
}
