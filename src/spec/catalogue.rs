//! What checkers there are: the documentation that checker modules carry, as the spec is validated against it.

use crate::source::Unfit;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The checkers a spec can name, sorted by id.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    checkers: Vec<CheckerDoc>,
}

/// Documentation of one checker, as its module describes it (checkers/sdk/src/doc.rs).
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CheckerDoc {
    /// The identifier specs use.
    pub id: String,
    /// One sentence: what passes.
    pub summary: String,
    /// The exact semantics; may be empty.
    pub details: String,
    /// The parameters, in the order to show them.
    pub params: Vec<Param>,
    /// Texts that pass and fail.
    pub example: Example,
    /// Where the definition comes from.
    pub source: String,
    /// What runs it.
    #[serde(skip)]
    pub runs: Runs,
}

/// What runs a checker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Runs {
    /// Its WebAssembly module.
    #[default]
    Module,
    /// CPython in the sandbox.
    Python,
}

/// One parameter of a checker.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Param {
    /// Its name under `with:`.
    pub name: String,
    /// Type and range.
    pub kind: Kind,
    /// Whether a spec must give it.
    pub required: bool,
    /// The value used when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Meaning and unit.
    pub doc: String,
}

/// Type and range of a parameter.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A whole number between `min` and `max`, both included.
    Integer {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// A number between `min` and `max`, both included.
    Number {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// Text.
    Text,
    /// A list of texts, not empty.
    Texts,
    /// One of these texts.
    Choice {
        /// The texts.
        choices: Vec<String>,
    },
    /// true or false.
    Boolean,
    /// Any value; the checker validates it.
    Any,
}

/// Parameters with texts that pass and texts that fail under them.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Example {
    /// The parameters.
    pub params: Value,
    /// Texts that pass.
    pub passes: Vec<String>,
    /// Texts that fail.
    pub fails: Vec<String>,
    /// The prompt, for checkers that look at it.
    pub prompt: String,
}

impl Catalogue {
    /// A catalogue of these checkers.
    ///
    /// # Errors
    /// The id that two of them share, named.
    pub fn new(mut checkers: Vec<CheckerDoc>) -> Result<Self, Unfit> {
        checkers.sort_by(|a, b| a.id.cmp(&b.id));
        match checkers.windows(2).find(|pair| pair[0].id == pair[1].id) {
            Some(pair) => Err(format!("two checkers are called `{}`", pair[0].id).into()),
            None => Ok(Self { checkers }),
        }
    }

    /// All checkers, sorted by id.
    #[must_use]
    pub fn checkers(&self) -> &[CheckerDoc] {
        &self.checkers
    }

    /// The checker of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&CheckerDoc> {
        self.checkers.binary_search_by(|doc| doc.id.as_str().cmp(id)).ok().map(|index| &self.checkers[index])
    }

    /// The ids, sorted.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        self.checkers.iter().map(|doc| doc.id.as_str()).collect()
    }
}
