//! The envelope of a state: what it is of, which version, which settings, and a digest.

use crate::digest::sha256;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::fmt;

/// The version this program writes and reads.
const VERSION: u64 = 1;

/// Why a state cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// Not the JSON of such a state.
    Foreign {
        /// What was asked for.
        wanted: &'static str,
        /// What is there instead.
        why: String,
    },
    /// Of another version of the format.
    Version(u64),
    /// Its parts do not belong together: it was cut, or changed by hand.
    Corrupt(String),
    /// Of other settings.
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
            Self::Foreign { wanted, why } => write!(f, "this is no state of {wanted}: {why}"),
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
                "the state is of `{state}`, and `{wanted}` is asked for: give what it belongs to, or begin without a state"
            ),
        }
    }
}

impl std::error::Error for StateError {}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<T> {
    /// What it is a state of.
    fullmarks: String,
    version: u64,
    settings: String,
    /// SHA-256 of the state, in hexadecimal.
    digest: String,
    state: T,
}

/// The JSON of a state of some kind, such as `adaptive-state`, made with these settings.
#[must_use]
pub fn seal<T: Serialize>(kind: &str, settings: String, state: T) -> String {
    let envelope = Envelope { fullmarks: kind.into(), version: VERSION, settings, digest: digest(&state), state };
    serde_json::to_string(&envelope).expect("a state is JSON")
}

/// The state in some JSON, and its settings; `called` is what people call the kind.
///
/// # Errors
/// [`StateError`] when it is not the whole state of that kind.
pub fn open<T: Serialize + DeserializeOwned>(
    kind: &str,
    called: &'static str,
    text: &str,
) -> Result<(String, T), StateError> {
    let foreign = |why: String| StateError::Foreign { wanted: called, why };
    let value: Value = serde_json::from_str(text).map_err(|error| foreign(format!("not JSON: {error}")))?;
    match value.get("fullmarks").and_then(Value::as_str) {
        Some(found) if found == kind => {}
        Some(other) => return Err(foreign(format!("it says `{other}`, not `{kind}`"))),
        None => return Err(foreign(format!("it does not say `\"fullmarks\": \"{kind}\"`"))),
    }
    match value.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(other) => return Err(StateError::Version(other)),
        None => return Err(foreign("it has no `version`".into())),
    }
    let envelope: Envelope<T> =
        serde_json::from_value(value).map_err(|error| StateError::Corrupt(error.to_string()))?;
    if digest(&envelope.state) != envelope.digest {
        return Err(StateError::Corrupt("its digest is another".into()));
    }
    Ok((envelope.settings, envelope.state))
}

fn digest<T: Serialize>(state: &T) -> String {
    sha256(serde_json::to_vec(state).expect("a state is JSON"))
}
