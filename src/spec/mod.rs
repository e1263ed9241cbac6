//! YAML bytes → validated [`TaskSpec`], with source positions on every error. No other input or output.

mod allow;
mod at;
mod catalogue;
mod diagnostic;
mod document;
mod kinds;
mod limits;
mod probe_family;
mod reward;
mod suggest;
mod task;
mod validate;
mod wire_reward;
mod wire_values;
mod yaml;

pub use at::At;

pub use catalogue::{Catalogue, CheckerDoc, Example, Kind, Param, Runs};
pub use diagnostic::{Diagnostic, SpecError};
pub use document::{Document, ModuleRef};
pub use kinds::{KindError, check_params};
pub use probe_family::ProbeFamily;
pub use suggest::closest;
pub(crate) use suggest::help as suggestion;
pub use task::{
    Allowance, Case, CheckLimits, Columns, Extract, FromColumns, FromPrompt, Inline, ParamSource, Pick, PromptsFile,
    TaskConstraint, TaskSpec, Thinking, View,
};
pub(crate) use yaml::read as read_yaml;
