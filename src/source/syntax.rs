//! Text → a tree, line by line where it has to be: what is no YAML is named, left out, and the rest is read.

use super::{Diagnostic, node::Node, remedy::remedy};
use std::ops::Range;

/// Most mistakes of syntax that one reading names.
const MOST: usize = 20;

/// What could be read.
pub(super) struct Parsed {
    /// `None` where nothing could.
    pub tree: Option<Node>,
    /// What is no YAML.
    pub mistakes: Vec<Diagnostic>,
    /// What was left out for it.
    pub left_out: Vec<Range<usize>>,
}

/// Reads what can be read of a text.
pub(super) fn parse(source: &str) -> Parsed {
    let mut text = source.to_owned();
    let (mut mistakes, mut left_out) = (Vec::new(), Vec::new());
    while mistakes.len() < MOST {
        let error = match serde_yaml::from_str_with_options(&text, strict()) {
            Ok(tree) => return Parsed { tree: Some(tree), mistakes, left_out },
            Err(error) => error,
        };
        let at = place(&error, &text);
        let remedy = remedy(&error, &text, at);
        mistakes.push(remedy.mistake);
        let blanked = blank(&text, &remedy.leave_out, remedy.fill);
        if blanked == text {
            break;
        }
        text = blanked;
        left_out.push(remedy.leave_out);
    }
    Parsed { tree: None, mistakes, left_out }
}

/// YAML 1.2 and nothing looser: tags that mean nothing here, and numbers with leading zeros are refused. Repeated keys are found in the tree.
fn strict() -> serde_yaml::Options {
    serde_yaml::options! {
        reject_unsupported_tags: true,
        reject_tagged_field_names: true,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        duplicate_keys: serde_yaml::options::DuplicateKeyPolicy::PassThrough,
        non_finite_float_policy: serde_yaml::options::NonFiniteFloatPolicy::PassThrough,
    }
}

/// Where an error is, in bytes. The reader counts lines, and characters within them.
fn place(error: &serde_yaml::Error, text: &str) -> usize {
    let Some(location) = error.without_snippet().location() else { return 0 };
    let (line, column) = (location.line() as usize, location.column() as usize);
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text[start..].split('\n').next().unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// The same text with something else in a range, but for the ends of its lines.
fn blank(text: &str, range: &Range<usize>, fill: u8) -> String {
    let blanked =
        text.bytes().enumerate().map(|(at, byte)| if range.contains(&at) && byte != b'\n' { fill } else { byte });
    String::from_utf8(blanked.collect()).unwrap_or_else(|_| text.to_owned())
}
