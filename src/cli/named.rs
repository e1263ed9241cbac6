//! Options that take one of a type's names. Help and shells' completions list them from the type itself.

use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Reads one of `names`, all of which `by_name` knows.
pub(super) fn one_of<T: Clone + Send + Sync + 'static>(
    names: &'static [&'static str],
    by_name: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(names).try_map(move |name| by_name(&name).ok_or("it has no value"))
}
