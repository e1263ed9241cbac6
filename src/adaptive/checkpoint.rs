//! A controller's state as JSON, version 1.

use super::{
    controller::Controller,
    evidence::{Evidence, Window},
    forecast::GRID,
    reason::Reason,
    record::Record,
    state::State,
};
use crate::{
    reward::Adaptive,
    verdict::{CauseKind, Constraint, Failure, FailureKind, Group, Outcome, Verdict},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// The version this program writes and reads.
const VERSION: u64 = 1;

/// Why a state cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StateError {
    /// Not the JSON of a state.
    Foreign(String),
    /// Of another version of the format.
    Version(u64),
    /// Its parts do not belong together: it was cut, or changed by hand.
    Corrupt(String),
    /// Of a controller with other settings.
    Settings {
        /// Those of the state.
        state: String,
        /// Those that were asked for.
        wanted: String,
    },
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(why) => write!(f, "this is no state of the scheme `adaptive`: {why}"),
            Self::Version(found) => write!(
                f,
                "the state is of version {found} of its format, and this program reads version {VERSION}: use the program \
                 that wrote it, or begin without a state"
            ),
            Self::Corrupt(why) => {
                write!(f, "the state is damaged ({why}): take an earlier checkpoint, or begin without a state")
            }
            Self::Settings { state, wanted } => write!(
                f,
                "the state is of `{state}`, and the spec says `{wanted}`: give the spec it belongs to, or begin without a state"
            ),
        }
    }
}

impl std::error::Error for StateError {}

/// What is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    /// Always `adaptive-state`.
    fullmarks: String,
    version: u64,
    settings: String,
    /// SHA-256 of the rest, in hexadecimal.
    digest: String,
    state: WireState,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireState {
    /// Place of the credit in the grid.
    place: usize,
    reason: Reason,
    groups: u64,
    records: Vec<Record>,
    solved: BTreeMap<String, bool>,
    /// The lists of constraints that groups refer to.
    constraints: Vec<Vec<WireConstraint>>,
    windows: Vec<WireWindow>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireConstraint {
    id: String,
    weight: f64,
    required: bool,
    gate: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireWindow {
    place: usize,
    groups: Vec<WireGroup>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireGroup {
    prompt: String,
    /// Place of its list of constraints.
    constraints: usize,
    /// By completion and constraint: the score, null where unscored.
    scores: Vec<Vec<Option<f64>>>,
}

impl Controller {
    /// The state, for a trainer's checkpoint.
    #[must_use]
    pub fn to_json(&self) -> String {
        let state = self.with_state(WireState::of);
        let wire = Wire {
            fullmarks: "adaptive-state".into(),
            version: VERSION,
            settings: self.settings().to_string(),
            digest: digest(&state),
            state,
        };
        serde_json::to_string(&wire).expect("a state is JSON")
    }

    /// The controller that wrote a state: it goes on as if it had never stopped.
    ///
    /// # Errors
    /// [`StateError`] when it is not the whole state of a controller with these settings.
    pub fn from_json(settings: Adaptive, text: &str) -> Result<Self, StateError> {
        let value: serde_json::Value =
            serde_json::from_str(text).map_err(|error| StateError::Foreign(format!("not JSON: {error}")))?;
        match value.get("fullmarks").and_then(serde_json::Value::as_str) {
            Some("adaptive-state") => {}
            Some(other) => return Err(StateError::Foreign(format!("it says `{other}`, not `adaptive-state`"))),
            None => return Err(StateError::Foreign("it does not say `\"fullmarks\": \"adaptive-state\"`".into())),
        }
        match value.get("version").and_then(serde_json::Value::as_u64) {
            Some(VERSION) => {}
            Some(other) => return Err(StateError::Version(other)),
            None => return Err(StateError::Foreign("it has no `version`".into())),
        }
        let wire: Wire = serde_json::from_value(value).map_err(|error| StateError::Corrupt(error.to_string()))?;
        if digest(&wire.state) != wire.digest {
            return Err(StateError::Corrupt("its digest is another".into()));
        }
        let wanted = settings.to_string();
        if wire.settings != wanted {
            return Err(StateError::Settings { state: wire.settings, wanted });
        }
        let state = wire.state.read().map_err(|why| StateError::Corrupt(why.into()))?;
        Ok(Self::with(settings, state))
    }
}

fn digest(state: &WireState) -> String {
    let bytes = serde_json::to_vec(state).expect("a state is JSON");
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

impl WireState {
    fn of(state: &State) -> Self {
        let mut lists: Vec<Vec<WireConstraint>> = Vec::new();
        let mut group = |group: &Group| {
            let wire = |c: &Constraint| WireConstraint {
                id: c.id.to_string(),
                weight: c.weight,
                required: c.required,
                gate: c.gate,
            };
            let list: Vec<WireConstraint> = group.constraints().iter().map(wire).collect();
            let known = lists.iter().position(|known| *known == list);
            let constraints = known.unwrap_or_else(|| {
                lists.push(list);
                lists.len() - 1
            });
            let scores = group.outcomes.iter().map(|outcome| outcome.verdicts().iter().map(Verdict::score).collect());
            WireGroup { prompt: group.prompt.to_string(), constraints, scores: scores.collect() }
        };
        let windows = state
            .evidence
            .windows
            .iter()
            .map(|window| WireWindow { place: window.place, groups: window.groups.iter().map(&mut group).collect() });
        let windows = windows.collect();
        Self {
            place: state.place,
            reason: state.reason.clone(),
            groups: state.groups,
            records: state.records.clone(),
            solved: state.solved.iter().map(|(prompt, solved)| (prompt.to_string(), *solved)).collect(),
            constraints: lists,
            windows,
        }
    }

    fn read(self) -> Result<State, &'static str> {
        let places = std::iter::once(self.place).chain(self.windows.iter().map(|window| window.place));
        if places.into_iter().any(|place| place >= GRID.len()) {
            return Err("a credit lies outside the grid");
        }
        if self.records.len() != State::new().records.len() || self.windows.is_empty() {
            return Err("something is missing");
        }
        if !self.records.iter().all(Record::is_whole) {
            return Err("a record of changes does not fit itself");
        }
        let lists: Vec<Arc<[Constraint]>> = self
            .constraints
            .into_iter()
            .map(|list| {
                let constraint = |WireConstraint { id, weight, required, gate }| Constraint {
                    id: id.into(),
                    weight,
                    required,
                    gate,
                };
                list.into_iter().map(constraint).collect()
            })
            .collect();
        let group = |wire: WireGroup| -> Result<Group, &'static str> {
            let constraints = lists.get(wire.constraints).ok_or("a group is of unknown constraints")?;
            let outcome = |scores: Vec<Option<f64>>| {
                let fits = scores.len() == constraints.len() && !scores.is_empty();
                let ranges = scores.iter().flatten().all(|score| (0.0..=1.0).contains(score));
                if !(fits && ranges) {
                    return Err("a group does not fit its constraints");
                }
                Ok(Outcome::new(constraints.clone(), scores.into_iter().map(verdict).collect()))
            };
            let outcomes = wire.scores.into_iter().map(outcome).collect::<Result<_, _>>()?;
            Ok(Group { prompt: wire.prompt.into(), outcomes })
        };
        let window = |wire: WireWindow| -> Result<Window, &'static str> {
            let groups = wire.groups.into_iter().map(&group).collect::<Result<_, _>>()?;
            Ok(Window { place: wire.place, groups })
        };
        Ok(State {
            place: self.place,
            reason: self.reason,
            groups: self.groups,
            evidence: Evidence { windows: self.windows.into_iter().map(window).collect::<Result<_, _>>()? },
            records: self.records,
            solved: self.solved.into_iter().map(|(prompt, solved)| (prompt.into(), solved)).collect(),
        })
    }
}

fn verdict(score: Option<f64>) -> Verdict {
    match score {
        Some(1.0) => Verdict::Passed,
        Some(score) => {
            let (kind, public, private) = (FailureKind::Unmet, String::new(), String::new());
            Verdict::Failed(Box::new(Failure { kind, score, public, private }))
        }
        None => Verdict::unscored(CauseKind::Missing, ""),
    }
}
