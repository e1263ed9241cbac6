//! How a checker documents itself. The host validates specs against this, so it cannot drift from the code.

use serde::{Serialize, Serializer, ser::SerializeMap};

/// Documentation of one checker.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Doc {
    /// The identifier specs use, `family.name` (or `family:name` where a benchmark published it that way).
    pub id: &'static str,
    /// One sentence: what passes.
    pub summary: &'static str,
    /// The exact semantics, edge cases included; may be empty.
    pub details: &'static str,
    /// The parameters, in the order to show them.
    pub params: &'static [Param],
    /// Texts that pass and fail; the tests run them.
    pub example: Example,
    /// Where the definition comes from.
    pub source: &'static str,
}

/// One parameter of a checker.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Param {
    /// Its name under `with:`.
    pub name: &'static str,
    /// Type and range.
    pub kind: Kind,
    /// Whether a spec must give it.
    pub required: bool,
    /// The value used when absent, as JSON text.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "raw_json")]
    pub default: Option<&'static str>,
    /// Meaning and unit.
    pub doc: &'static str,
}

impl Param {
    /// A parameter every spec must give.
    #[must_use]
    pub const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, kind, required: true, default: None, doc }
    }

    /// A parameter with a default, written as JSON text.
    #[must_use]
    pub const fn with_default(name: &'static str, kind: Kind, default: &'static str, doc: &'static str) -> Self {
        Self { name, kind, required: false, default: Some(default), doc }
    }

    /// A parameter that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> Self {
        Self { name, kind, required: false, default: None, doc }
    }
}

/// Type and range of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    Choice(&'static [&'static str]),
    /// true or false.
    Boolean,
    /// Any JSON value; the checker validates it.
    Any,
}

impl Kind {
    /// A count: a whole number, zero or more.
    pub const COUNT: Self = Self::Integer { min: 0, max: i64::MAX };
    /// A whole number, one or more.
    pub const POSITIVE: Self = Self::Integer { min: 1, max: i64::MAX };
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Integer { min, max } => {
                map.serialize_entry("type", "integer")?;
                map.serialize_entry("min", min)?;
                map.serialize_entry("max", max)?;
            }
            Self::Number { min, max } => {
                map.serialize_entry("type", "number")?;
                map.serialize_entry("min", min)?;
                map.serialize_entry("max", max)?;
            }
            Self::Text => map.serialize_entry("type", "text")?,
            Self::Texts => map.serialize_entry("type", "texts")?,
            Self::Choice(choices) => {
                map.serialize_entry("type", "choice")?;
                map.serialize_entry("choices", choices)?;
            }
            Self::Boolean => map.serialize_entry("type", "boolean")?,
            Self::Any => map.serialize_entry("type", "any")?,
        }
        map.end()
    }
}

/// Parameters with texts that pass and texts that fail under them.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Example {
    /// The parameters, as JSON text.
    #[serde(serialize_with = "raw_json_text")]
    pub params: &'static str,
    /// Texts that pass; at least one.
    pub passes: &'static [&'static str],
    /// Texts that fail; at least one.
    pub fails: &'static [&'static str],
    /// The prompt, for checkers that look at it.
    pub prompt: &'static str,
}

fn raw_json<S: Serializer>(text: &Option<&'static str>, serializer: S) -> Result<S::Ok, S::Error> {
    raw_json_text(&text.unwrap_or("null"), serializer)
}

fn raw_json_text<S: Serializer>(text: &&'static str, serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::from_str::<serde_json::Value>(text).map_err(serde::ser::Error::custom)?.serialize(serializer)
}
