//! What the instructions share: the empty response, which follows none of them, and the two relations.

use fullmarks_checker_sdk::{Kind, Verdict};
use serde::Deserialize;

use crate::text::python::strip;

/// Where the definitions come from.
pub(super) const SOURCE: &str = "google-research/instruction_following_eval, instructions.py; arXiv 2311.07911";

/// The texts a relation is written as.
pub(crate) const RELATION: Kind = Kind::Choice(&["less than", "at least"]);

/// The parameters of an instruction that has none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoParams {}

/// How a count relates to its bound.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
pub(crate) enum Relation {
    #[serde(rename = "less than")]
    LessThan,
    #[serde(rename = "at least")]
    AtLeast,
}

impl Relation {
    /// Compares what was found with the bound; `unit` names it in the plural.
    pub(crate) fn verdict(self, found: usize, bound: u64, unit: &str) -> Verdict {
        let (met, words) = match self {
            Self::LessThan => ((found as u64) < bound, "less than"),
            Self::AtLeast => (found as u64 >= bound, "at least"),
        };
        Verdict::pass_if(met, || format!("found {found} {unit}, {words} {bound} wanted"))
    }
}

/// Judges a response unless it is blank: the official strict evaluation fails those before it asks the instruction.
pub(crate) fn unless_blank(text: &str, judge: impl FnOnce(&str) -> Verdict) -> Verdict {
    if strip(text).is_empty() { Verdict::fail("the response is empty") } else { judge(text) }
}

/// Refuses a blank text: the official checker draws one at random then, or passes everything.
pub(crate) fn not_blank(name: &str, text: &str) -> Result<(), String> {
    if strip(text).is_empty() {
        return Err(format!("`{name}` is blank; it needs at least one visible character"));
    }
    Ok(())
}
