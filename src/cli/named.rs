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

/// The same, where some names that others use have one here that comes nearest: `(theirs, ours, why)`.
pub(super) fn one_of_or<T: Clone + Send + Sync + 'static>(
    names: &'static [&'static str],
    by_name: fn(&str) -> Option<T>,
    nearest: &'static [(&'static str, &'static str, &'static str)],
) -> impl TypedValueParser<Value = T> {
    Nearest { known: one_of(names, by_name), nearest }
}

#[derive(Clone)]
struct Nearest<P> {
    known: P,
    nearest: &'static [(&'static str, &'static str, &'static str)],
}

impl<P: TypedValueParser> TypedValueParser for Nearest<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<P::Value, Error> {
        let given = value.to_string_lossy().to_lowercase();
        match self.nearest.iter().find(|(theirs, ..)| *theirs == given) {
            Some((_, ours, why)) => {
                let option = arg.and_then(Arg::get_long).unwrap_or_default();
                let says = format!("`{given}` is not modelled: {why}. The nearest is `--{option} {ours}`\n");
                Err(Error::raw(ErrorKind::InvalidValue, says).with_cmd(command))
            }
            None => self.known.parse_ref(command, arg, value),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.known.possible_values()
    }
}
