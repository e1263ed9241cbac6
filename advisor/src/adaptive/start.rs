//! What samples of the initial policy say before the first step.

use super::grid::GRID;
use crate::{
    advise::{
        Settings,
        forecast::{Choice, ENOUGH, Forecast, Samples},
    },
    reward::{Adaptive, Binary, Scheme},
    verdict::{Group, Outcome},
};
use serde::{Deserialize, Serialize};

/// What the samples say.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    /// Place in the grid of the credit to begin with.
    pub(super) place: usize,
    /// Whether they rule credit out: the advisor is sure of `binary`. Then it is paid only where nothing else has a gradient.
    pub(super) ruled_out: bool,
    /// Whether they hold a full answer: then there is something to wait for.
    pub(super) full_seen: bool,
}

impl Start {
    /// By the advisor's forecast from samples alone.
    pub(super) fn new(samples: &[Group], adaptive: &Adaptive) -> Self {
        let settings = Settings {
            algorithm: adaptive.algorithm,
            group_size: adaptive.group_size,
            schemes: vec![Scheme::Binary(Binary), Scheme::Partial(adaptive.partial)],
            ..Settings::default()
        };
        let mut outcomes = samples.iter().flat_map(|group| &group.outcomes);
        let full_seen = outcomes.any(|outcome: &Outcome| outcome.full() == Some(true));
        let forecast = Forecast::new(&Samples::of(samples), &settings);
        let named = forecast.as_ref().and_then(|forecast| match &forecast.choice {
            Choice::Use(scheme) => scheme.credit(),
            _ => None,
        });
        let most = adaptive.partial.credit.max(f64::MIN_POSITIVE);
        let near = |place: &usize| (GRID[*place] - named.unwrap_or(0.0) / most).abs();
        let place = (0..GRID.len()).min_by(|a, b| near(a).total_cmp(&near(b))).unwrap_or(0);
        let ruled_out = forecast.is_some_and(|forecast| forecast.odds.first >= ENOUGH && place == 0);
        Self { place, ruled_out, full_seen }
    }
}
