//! YAML bytes → validated [`TaskSpec`], with source positions on every error. No other input or output.

mod against;
mod alike;
mod allow;
mod catalogue;
mod document;
mod examine;
mod kinds;
mod languages;
mod limits;
mod listed;
mod probe_family;
mod reward;
mod slips;
mod task;
mod thinking;
mod validate;
mod wire_reward;
mod wire_values;

pub use catalogue::{Catalogue, CheckerDoc, Example, Kind, Param, Runs};
pub use document::{Document, ModuleRef};
pub(crate) use examine::Examined;
pub use kinds::{KindError, check_params};
pub use probe_family::ProbeFamily;
pub use task::{
    Allowance, Case, CheckLimits, Columns, EndTokens, Extract, FromColumns, FromPrompt, Inline, ParamSource, Pick,
    PromptsFile, TaskConstraint, TaskSpec, Thinking, ThinkingMode, ThinkingStyle, View,
};

/// What reading and validating a spec may find.
pub use crate::source::{Diagnostic, SpecError};
