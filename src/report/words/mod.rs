//! What the text and the HTML form both say, in the same words.

pub(super) mod advise;
pub(super) mod audit;
pub(super) mod audit_advice;
pub(super) mod compare;
pub(super) mod decision;
pub(super) mod forecast;
pub(super) mod left_out;
pub(super) mod next;
pub(super) mod paid;
pub(super) mod probe;
pub(super) mod thinking;

use crate::advise::{Percent, Share, stats::Interval};

/// A range of shares.
pub(super) fn range(interval: Interval) -> String {
    let (low, high) = (Percent(interval.low).to_string(), Percent(interval.high).to_string());
    if low == high { low } else { format!("{low}–{high}") }
}

/// A share and its range, with the percent signs of several under each other.
pub(super) fn with_range(estimate: f64, interval: Interval) -> String {
    format!("{:>4} ({})", Percent(estimate), range(interval))
}

/// A share of groups, which may only be bounded.
pub(super) fn share(share: Share) -> String {
    match share.estimate {
        Some(estimate) => with_range(estimate, share.interval),
        None => range(share.interval),
    }
}
