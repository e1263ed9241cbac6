//! What pilots showed: whether full answers grew under a scheme.

use super::{forecast::Pilot, stats::Interval};
use crate::verdict::{Group, Outcome};
use statrs::distribution::{ContinuousCDF, StudentsT};
use std::{collections::BTreeMap, sync::Arc};

/// The pass rate before and after a pilot.
#[derive(Clone, Debug, PartialEq)]
pub struct PilotGrowth {
    /// Name of the scheme it was trained under.
    pub scheme: String,
    /// After how many steps it was sampled last, where that is known.
    pub step: Option<u64>,
    /// Mean over prompts of the share of full answers before.
    pub before: f64,
    /// The same after.
    pub after: f64,
    /// By how much it changed, with prompts as the sampling unit: of prompts that were sampled both times, or else of two samples.
    /// `None` where too few prompts say anything, as where all completions have one id.
    pub change: Option<Interval>,
}

impl PilotGrowth {
    /// What a pilot shows beside samples of the policy that it began with; `None` where nothing is known of either.
    pub(super) fn of(initial: &[Group], pilot: &Pilot, level: f64) -> Option<Self> {
        let last = pilot.snapshots.last()?;
        let (before, after) = (rates(initial), rates(&last.groups));
        let paired: Vec<f64> = before.iter().filter_map(|(id, rate)| Some(after.get(id)? - rate)).collect();
        let values = |rates: &BTreeMap<Arc<str>, f64>| rates.values().copied().collect::<Vec<f64>>();
        let (before, after) = (values(&before), values(&after));
        let mean = |values: &[f64]| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64);
        let change = match Sample::of(&paired) {
            // Prompts that were sampled once would be left out.
            Some(change) if 2 * paired.len() > before.len().max(after.len()) => Some(change.interval(level)),
            _ => Sample::of(&after).zip(Sample::of(&before)).map(|(to, from)| to.less(&from).interval(level)),
        };
        let step = last.step;
        Some(Self { scheme: pilot.scheme.clone(), step, before: mean(&before)?, after: mean(&after)?, change })
    }

    /// Whether full answers surely grew.
    #[must_use]
    pub fn grew(&self) -> bool {
        self.change.is_some_and(|change| change.low > 0.0)
    }
}

/// The share of full answers of each prompt with a known completion.
fn rates(groups: &[Group]) -> BTreeMap<Arc<str>, f64> {
    let mut counts: BTreeMap<Arc<str>, (u64, u64)> = BTreeMap::new();
    for group in groups {
        let (full, seen) = counts.entry(group.prompt.clone()).or_default();
        for is_full in group.outcomes.iter().filter_map(Outcome::full) {
            *full += u64::from(is_full);
            *seen += 1;
        }
    }
    let known = counts.into_iter().filter(|(_, (_, seen))| *seen > 0);
    known.map(|(id, (full, seen))| (id, full as f64 / seen as f64)).collect()
}

/// A mean, how far it may be off, and with how many degrees of freedom.
struct Sample {
    mean: f64,
    variance: f64,
    freedom: f64,
}

impl Sample {
    fn of(values: &[f64]) -> Option<Self> {
        let count = values.len() as f64;
        if values.len() < 2 {
            return None;
        }
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Some(Self { mean, variance: squares / (count - 1.0) / count, freedom: count - 1.0 })
    }

    /// The difference of two samples of other prompts (Welch 1947, Biometrika 34).
    fn less(&self, other: &Self) -> Self {
        let variance = self.variance + other.variance;
        let parts = self.variance.powi(2) / self.freedom + other.variance.powi(2) / other.freedom;
        let freedom = if parts > 0.0 { variance.powi(2) / parts } else { self.freedom };
        Self { mean: self.mean - other.mean, variance, freedom }
    }

    fn interval(&self, level: f64) -> Interval {
        let quantile = StudentsT::new(0.0, 1.0, self.freedom).map_or(0.0, |law| law.inverse_cdf(0.5 + level / 2.0));
        let room = quantile * self.variance.sqrt();
        Interval::new(self.mean - room, self.mean + room)
    }
}
