//! A monitor's state as JSON.

use super::{Monitor, prompts::Prompts, step::Step};
use crate::checkpoint::{StateError, WireGroup, WireGroups, open, seal};
use serde::{Deserialize, Serialize};

/// What it is a state of.
const KIND: &str = "monitor-state";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireState {
    steps: Vec<Step>,
    constraints: WireGroups,
    groups: Vec<WireGroup>,
    #[serde(default)]
    prompts: Prompts,
}

impl Monitor {
    /// What was seen, for a trainer's checkpoint.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut constraints = WireGroups::default();
        let groups = self.window.groups.iter().map(|group| constraints.write(group)).collect();
        let (steps, prompts) = (self.history.steps.clone(), self.prompts.clone());
        seal(KIND, self.description(), WireState { steps, constraints, groups, prompts })
    }

    /// This monitor with what another had seen when it wrote a state: it goes on as if the run had never stopped.
    ///
    /// # Errors
    /// [`StateError`] when it is not the whole state of a monitor of the same run.
    pub fn restored(mut self, text: &str) -> Result<Self, StateError> {
        let (state, wire): (String, WireState) = open(KIND, "a monitor", text)?;
        let wanted = self.description();
        if state != wanted {
            return Err(StateError::Settings { state, wanted });
        }
        let corrupt = |why: &str| StateError::Corrupt(why.into());
        if !wire.steps.is_sorted_by(|a, b| a.step < b.step) {
            return Err(corrupt("its steps are out of order"));
        }
        self.window.groups = wire.constraints.read(wire.groups).map_err(corrupt)?.into();
        (self.history.steps, self.prompts) = (wire.steps, wire.prompts);
        Ok(self)
    }

    fn description(&self) -> String {
        let (groups, steps) = (self.window.size, self.history.back);
        format!("a run under {}, looking back on {groups} groups and {steps} steps", self.scheme)
    }
}
