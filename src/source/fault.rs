//! What stops the typed reader: what is wrong, where, and how to go on.

use serde::de;
use std::fmt;

/// The first thing that does not fit the type that is read.
#[derive(Debug)]
pub(super) struct Fault {
    pub kind: Kind,
    pub place: Option<Place>,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// A key that means nothing there.
    UnknownKey { key: String, known: &'static [&'static str] },
    /// A key that has to be there.
    MissingKey(&'static str),
    /// A value of the wrong type, or none of those there are.
    Wrong { message: String, help: Option<String> },
}

/// Where: a value by its number, or the key of a pair by the number of its map and its place in it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Value(usize),
    Key { map: usize, pair: usize },
}

impl Fault {
    pub(super) fn wrong(message: impl Into<String>, help: Option<String>) -> Self {
        Self { kind: Kind::Wrong { message: message.into(), help }, place: None }
    }

    /// Keeps the innermost place.
    pub(super) fn at(mut self, place: Place) -> Self {
        self.place.get_or_insert(place);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::UnknownKey { key, .. } => write!(f, "unknown key `{key}`"),
            Kind::MissingKey(key) => write!(f, "the key `{key}` is missing"),
            Kind::Wrong { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::wrong(message.to_string(), None)
    }
    fn invalid_type(found: de::Unexpected<'_>, wanted: &dyn de::Expected) -> Self {
        Self::wrong(format!("{wanted} is needed here, not {}", shown(found)), None)
    }
    fn invalid_value(found: de::Unexpected<'_>, wanted: &dyn de::Expected) -> Self {
        Self::invalid_type(found, wanted)
    }
    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        Self::wrong(format!("unknown value `{found}`"), super::suggest::help(found, known))
    }
    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Self { kind: Kind::UnknownKey { key: key.to_owned(), known }, place: None }
    }
    fn missing_field(key: &'static str) -> Self {
        Self { kind: Kind::MissingKey(key), place: None }
    }
    fn duplicate_field(key: &'static str) -> Self {
        Self::wrong(format!("`{key}` is given twice"), Some("keep one of the two".into()))
    }
}

/// A value as a message names it.
fn shown(found: de::Unexpected<'_>) -> String {
    match found {
        de::Unexpected::Bool(value) => format!("`{value}`"),
        de::Unexpected::Unsigned(number) => format!("the number {number}"),
        de::Unexpected::Signed(number) => format!("the number {number}"),
        de::Unexpected::Float(number) => format!("the number {number}"),
        de::Unexpected::Str(text) => format!("the text `{text}`"),
        de::Unexpected::Unit | de::Unexpected::Option => "nothing".into(),
        de::Unexpected::Seq => "a list".into(),
        de::Unexpected::Map | de::Unexpected::StructVariant => "`key: value` pairs".into(),
        other => other.to_string(),
    }
}
