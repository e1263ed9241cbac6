//! A controller's state as JSON.

use super::{
    controller::Controller,
    evidence::{Evidence, Window},
    grid::GRID,
    reason::Reason,
    record::Record,
    start::Start,
    state::State,
};
use crate::{
    checkpoint::{StateError, WireGroup, WireGroups, open, seal},
    reward::Adaptive,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What it is a state of.
const KIND: &str = "adaptive-state";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireState {
    /// Place of the credit in the grid.
    place: usize,
    reason: Reason,
    groups: u64,
    records: Vec<Record>,
    /// Absent in states of versions that knew no samples.
    #[serde(default)]
    start: Option<Start>,
    solved: BTreeMap<String, bool>,
    constraints: WireGroups,
    windows: Vec<WireWindow>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireWindow {
    place: usize,
    groups: Vec<WireGroup>,
}

impl Controller {
    /// The state, for a trainer's checkpoint.
    #[must_use]
    pub fn to_json(&self) -> String {
        seal(KIND, self.settings().to_string(), self.with_state(WireState::of))
    }

    /// The controller that wrote a state: it goes on as if it had never stopped.
    ///
    /// # Errors
    /// [`StateError`] when it is not the whole state of a controller with these settings.
    pub fn from_json(settings: Adaptive, text: &str) -> Result<Self, StateError> {
        let (state, wire): (String, WireState) = open(KIND, "the scheme `adaptive`", text)?;
        let wanted = settings.to_string();
        if state != wanted {
            return Err(StateError::Settings { state, wanted });
        }
        let state = wire.read().map_err(|why| StateError::Corrupt(why.into()))?;
        Ok(Self::with(settings, state))
    }
}

impl WireState {
    fn of(state: &State) -> Self {
        let mut constraints = WireGroups::default();
        let windows = state.evidence.windows.iter().map(|window| WireWindow {
            place: window.place,
            groups: window.groups.iter().map(|group| constraints.write(group)).collect(),
        });
        let windows = windows.collect();
        Self {
            place: state.place,
            reason: state.reason.clone(),
            groups: state.groups,
            records: state.records.clone(),
            start: state.start,
            solved: state.solved.iter().map(|(prompt, solved)| (prompt.to_string(), *solved)).collect(),
            constraints,
            windows,
        }
    }

    fn read(self) -> Result<State, &'static str> {
        let started = self.start.map(|start| start.place);
        let places = std::iter::once(self.place).chain(started).chain(self.windows.iter().map(|window| window.place));
        if places.into_iter().any(|place| place >= GRID.len()) {
            return Err("a credit lies outside the grid");
        }
        if self.records.len() != State::new().records.len() || self.windows.is_empty() {
            return Err("something is missing");
        }
        if !self.records.iter().all(Record::is_whole) {
            return Err("a record of changes does not fit itself");
        }
        let sizes: Vec<(usize, usize)> =
            self.windows.iter().map(|window| (window.place, window.groups.len())).collect();
        let groups = self.windows.into_iter().flat_map(|window| window.groups);
        let mut groups = self.constraints.read(groups)?.into_iter();
        let windows =
            sizes.into_iter().map(|(place, size)| Window { place, groups: groups.by_ref().take(size).collect() });
        Ok(State {
            place: self.place,
            reason: self.reason,
            groups: self.groups,
            evidence: Evidence { windows: windows.collect() },
            records: self.records,
            start: self.start,
            solved: self.solved.into_iter().map(|(prompt, solved)| (prompt.into(), solved)).collect(),
        })
    }
}
