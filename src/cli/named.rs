//! Options that take one of a type's names. Help and shells' completions list them from the type itself.

use clap::{
    Arg, Command, Error,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    error::ErrorKind,
};
use std::ffi::OsStr;

/// Reads one of `names`, all of which `by_name` knows.
pub(super) fn one_of<T: Clone + Send + Sync + 'static>(
    names: &'static [&'static str],
    by_name: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(move |name| by_name(&name).ok_or("it has no value"))
}

/// The same, where `why_not` says why a name that others use is none here.
pub(super) fn one_of_or<T: Clone + Send + Sync + 'static>(
    names: &'static [&'static str],
    by_name: fn(&str) -> Option<T>,
    why_not: fn(&str) -> Option<String>,
) -> impl TypedValueParser<Value = T> {
    Explained { known: one_of(names, by_name), why_not }
}

#[derive(Clone)]
struct Explained<P> {
    known: P,
    why_not: fn(&str) -> Option<String>,
}

impl<P: TypedValueParser> TypedValueParser for Explained<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<P::Value, Error> {
        match (self.why_not)(&value.to_string_lossy()) {
            Some(why) => Err(Error::raw(ErrorKind::InvalidValue, format!("{why}\n")).with_cmd(command)),
            None => self.known.parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.known.possible_values()
    }
}
