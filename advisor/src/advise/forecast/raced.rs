//! What came of a race, and how a figure spreads over races.

use crate::advise::stats::Interval;

/// The race of one draw.
pub(super) struct Race {
    pub(super) kernel: usize,
    pub(super) areas: Vec<f64>,
    pub(super) arrivals: Vec<Option<f64>>,
    pub(super) fastest: Option<f64>,
    /// Per scheme and shown time.
    pub(super) shown: Vec<Vec<(f64, f64)>>,
    pub(super) start: f64,
    pub(super) target: f64,
}

/// Median and interval of that level.
pub(super) fn spread(mut values: Vec<f64>, level: f64) -> (f64, Interval) {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    let tail = (1.0 - level) / 2.0;
    (at(0.5), Interval::new(at(tail), at(1.0 - tail)))
}
