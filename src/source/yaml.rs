//! Strict YAML with places: how every format that people write is read.

use super::{Diagnostic, SpecError, at::byte_range, suggest};
use serde::de::DeserializeOwned;

/// Reads a document: its text, and what it says. `file` names it in messages.
///
/// # Errors
/// [`SpecError`] at the first place that is not YAML of that type.
pub(crate) fn read<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<(String, T), SpecError> {
    let source = match std::str::from_utf8(bytes) {
        Ok(source) => source,
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let end = good.len()..good.len();
            let message = "the file is not UTF-8 from here on";
            return Err(SpecError::new(file, &good, vec![Diagnostic::new(end, message)]));
        }
    };
    let value = serde_yaml::from_str_with_options(source, strict())
        .map_err(|error| SpecError::new(file, source, vec![diagnose(error.without_snippet(), source)]))?;
    Ok((source.to_owned(), value))
}

/// Reads a document that another program defines, whatever it holds.
pub(crate) fn value(source: &str) -> Result<serde_json::Value, String> {
    serde_yaml::from_str(source).map_err(|error| {
        let text = error.without_snippet().render_with_options(Default::default());
        plain(text.lines().next().unwrap_or_default())
    })
}

/// YAML 1.2 and nothing looser: tags that mean nothing here, `yes` for true, and numbers with leading zeros are refused.
fn strict() -> serde_yaml::Options {
    serde_yaml::options! {
        reject_unsupported_tags: true,
        reject_tagged_field_names: true,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
    }
}

/// Turns the YAML reader's error into ours; unknown keys get a suggestion.
fn diagnose(error: &serde_yaml::Error, source: &str) -> Diagnostic {
    use serde_yaml::Error as Yaml;
    let span = error.location().as_ref().map(byte_range).unwrap_or_default();
    match error {
        Yaml::SerdeUnknownField { field, expected, .. } => {
            Diagnostic::new(span, format!("unknown key `{field}`")).maybe_help(suggest::help(field, expected))
        }
        Yaml::SerdeUnknownVariant { variant, expected, .. } => {
            Diagnostic::new(span, format!("unknown value `{variant}`")).maybe_help(suggest::help(variant, expected))
        }
        Yaml::SerdeMissingField { field, .. } => Diagnostic::new(span, format!("the key `{field}` is missing"))
            .help(format!("add `{field}: …` beside this key")),
        Yaml::DuplicateMappingKey { key, .. } => {
            let key = key.as_deref().unwrap_or("a key");
            Diagnostic::new(span, format!("`{key}` is given twice")).help("keep one of the two")
        }
        Yaml::Eof { .. } if span.end == 0 => Diagnostic::new(span, "the spec is empty"),
        other => {
            let text = other.render_with_options(Default::default());
            let message = plain(text.lines().next().unwrap_or_default());
            match indenting_tab(source).filter(|_| message.contains("tab")) {
                Some(at) => Diagnostic::new(at..at + 1, "a tab stands before the text of this line")
                    .help("YAML indents by spaces: write spaces in its place"),
                None => Diagnostic::new(span, message),
            }
        }
    }
}

/// The first tab in front of a line's text.
fn indenting_tab(source: &str) -> Option<usize> {
    let mut start = 0;
    source.split_inclusive('\n').find_map(|line| {
        let indent = line.len() - line.trim_start().len();
        let tab = line[..indent].find('\t').filter(|_| indent < line.len()).map(|tab| start + tab);
        start += line.len();
        tab
    })
}

/// The reader's message without the position, which is shown beside it, and with the types by their everyday names.
fn plain(message: &str) -> String {
    let message = message.split_once(" at line ").map_or(message, |(message, _)| message);
    match message {
        "" => "not YAML".into(),
        "invalid u64" => "a whole number is needed here".into(),
        "invalid f64" => "a number is needed here".into(),
        "expected mapping start" => "`key: value` pairs are needed here".into(),
        "expected sequence start" => "a list is needed here".into(),
        "expected string scalar" => "text is needed here".into(),
        null if null.starts_with("cannot deserialize null") => "a value is missing here".into(),
        other => other.into(),
    }
}
