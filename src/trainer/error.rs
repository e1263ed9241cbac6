//! Why a trainer's configuration cannot be taken.

use crate::reward::{Algorithm, Unmodelled};
use std::fmt;

/// Why a trainer's configuration cannot be taken.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TrainerError {
    /// It is no JSON, no YAML and no command line.
    Unreadable(String),
    /// It has no key by which a trainer is known. These are its keys.
    NoTrainer(Vec<String>),
    /// A key holds what it cannot.
    Value {
        /// The key.
        key: String,
        /// What it holds.
        value: String,
        /// What it should hold.
        wanted: &'static str,
    },
    /// A shell variable that the file does not set.
    Unset {
        /// The key.
        key: String,
        /// What it holds.
        value: String,
    },
    /// Groups that hold nothing to compare.
    SmallGroup {
        /// The key that says so, or would.
        key: String,
        /// How large they are.
        size: u64,
    },
    /// Advantages that are not modelled.
    NoModel {
        /// The key.
        key: String,
        /// What it holds.
        value: String,
    },
}

impl fmt::Display for TrainerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "this is no configuration of a trainer: {why}"),
            Self::NoTrainer(keys) => {
                let some: Vec<&str> = keys.iter().take(5).map(String::as_str).collect();
                let has = if some.is_empty() { "it has no key".into() } else { format!("it has {}", some.join(", ")) };
                write!(
                    f,
                    "no trainer is known by these keys ({has}): give the arguments of TRL's GRPOConfig, verl's configuration, or \
                     OpenRLHF's command line"
                )
            }
            Self::Value { key, value, wanted } => write!(f, "`{key}` is {value}: {wanted} is needed"),
            Self::Unset { key, value } => {
                write!(f, "`{key}` is `{value}`, which the file does not set: write its value there")
            }
            Self::SmallGroup { key, size } => write!(
                f,
                "`{key}` makes groups of {size}, which hold nothing to compare: set it to 2 or more, or give the size of groups yourself"
            ),
            Self::NoModel { key, value } => match Unmodelled::by_name(value) {
                Some(found) => write!(f, "`{key}`: {found}: set the algorithm yourself"),
                None => write!(
                    f,
                    "`{key}` is `{value}`, and these advantages are not modelled: give the nearest algorithm yourself ({})",
                    Algorithm::NAMES.join(", ")
                ),
            },
        }
    }
}

impl std::error::Error for TrainerError {}
