//! Strict YAML with places: how every format that people write is read.

use super::{
    Diagnostic, SpecError, mend,
    node::{Node, Value},
    slip::Slips,
    syntax::{self, Parsed},
    typed::EMPTY,
};
use serde::de::DeserializeOwned;
use std::ops::Range;

/// A document as far as it could be read.
#[derive(Clone, Debug)]
pub(crate) struct Reading<T> {
    /// Its text.
    pub source: String,
    /// What it says, with something in the place of what could not be read. `None` where that is too little.
    pub value: Option<T>,
    /// What is wrong with its syntax, keys and types.
    pub mistakes: Vec<Diagnostic>,
    /// Where something stands for what could not be read.
    made: Vec<Range<usize>>,
    /// What was left out, since it is no YAML.
    left_out: Vec<Range<usize>>,
    /// All values, with their places.
    tree: Node,
}

impl<T> Reading<T> {
    /// Its mistakes, and those of `found`, which are about its value; without what only follows from what was put in or left out.
    pub(crate) fn all(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let meets = |a: &Range<usize>, b: &Range<usize>| a.start <= b.end && b.start <= a.end;
        let of_itself =
            |mistake: &Diagnostic| !self.made.iter().chain(&self.left_out).any(|range| meets(range, &mistake.span));
        self.mistakes.iter().cloned().chain(found.into_iter().filter(of_itself)).collect()
    }

    /// Whether something stands there for what could not be read.
    pub(crate) fn made_up(&self, span: &Range<usize>) -> bool {
        self.made.contains(span)
    }

    /// Where in a range a whole item of a list was left out.
    pub(crate) fn item_left_out(&self, range: &Range<usize>) -> Option<usize> {
        let text = |left_out: &Range<usize>| self.source.get(left_out.clone()).unwrap_or_default();
        let is_item = |left_out: &Range<usize>| text(left_out).trim_start().starts_with("- ");
        let starts = self.left_out.iter().filter(|left_out| range.contains(&left_out.start) && is_item(left_out));
        starts.map(|left_out| left_out.start).filter(|start| *start > range.start).min()
    }

    /// Where what stands there has a part, by keys and places in lists.
    pub(crate) fn part(&self, span: &Range<usize>, path: &[&str]) -> Range<usize> {
        self.tree.part(span, path).unwrap_or_else(|| span.clone())
    }

    /// The line of that number within a text that stands there, where it is written in lines of its own (`key: |`).
    pub(crate) fn line_within(&self, span: &Range<usize>, number: usize) -> Option<Range<usize>> {
        let text = self.source.get(span.clone())?;
        let start = match text.starts_with(['|', '>']) {
            true => span.start + text.find('\n')? + 1,
            // Some readers begin at the text of the first line.
            false => self.source[..span.start].rfind('\n')? + 1,
        };
        let before = self.source[..start].trim_end();
        if !before.ends_with(['|', '>', '-', '+']) {
            return None;
        }
        let mut from = start;
        for line in self.source[start..].split_inclusive('\n').take(number.checked_sub(1)?) {
            from += line.len();
        }
        let line = self.source.get(from..span.end.max(from))?.lines().next()?;
        let indent = line.len() - line.trim_start().len();
        (!line.trim().is_empty()).then(|| from + indent..from + line.trim_end().len())
    }

    /// Whether anything in a range was left out.
    pub(crate) fn leaves_out(&self, range: &Range<usize>) -> bool {
        self.left_out.iter().any(|left_out| left_out.start < range.end && range.start < left_out.end)
    }
}

/// Reads a document. `file` names it in messages; `slips` are those that its format knows of.
///
/// # Errors
/// [`SpecError`] where nothing can be read of it.
pub(crate) fn read<T: DeserializeOwned>(file: &str, bytes: &[u8], slips: Slips) -> Result<Reading<T>, SpecError> {
    let source = match std::str::from_utf8(bytes) {
        Ok(source) => source,
        Err(error) => {
            let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
            let end = good.len()..good.len();
            let message = "the file is not UTF-8 from here on";
            return Err(SpecError::new(file, &good, vec![Diagnostic::new(end, message)]));
        }
    };
    let Parsed { tree, mut mistakes, left_out } = syntax::parse(source);
    let Some(mut tree) = tree.filter(|tree| !is_empty(tree)) else {
        if mistakes.is_empty() {
            mistakes.push(Diagnostic::new(0..0, "the spec is empty"));
        }
        return Err(SpecError::new(file, source, mistakes));
    };
    let (value, found) = mend::read(&mut tree, slips);
    // What was left out may have held what is missing.
    let follows = |mistake: &Diagnostic, left_out: &Range<usize>| {
        let between = source.get(mistake.span.end..left_out.start).unwrap_or("more");
        let emptied = between.trim_start_matches(':').trim().is_empty();
        mistake.message.ends_with(" is missing") || mistake.message == EMPTY && emptied
    };
    mistakes.extend(found.into_iter().filter(|mistake| !left_out.iter().any(|left_out| follows(mistake, left_out))));
    let mut made = Vec::new();
    tree.each(&mut |node| made.extend(node.made.then(|| node.span.clone())));
    Ok(Reading { source: source.to_owned(), value, mistakes, made, left_out, tree })
}

fn is_empty(tree: &Node) -> bool {
    matches!(tree.value, Value::Null)
}

/// Reads a document that another program defines, whatever it holds.
pub(crate) fn value(source: &str) -> Result<serde_json::Value, String> {
    serde_yaml::from_str(source).map_err(|error| {
        let text = error.without_snippet().render_with_options(Default::default());
        let message = text.lines().next().unwrap_or_default();
        message.split_once(" at line ").map_or(message, |(message, _)| message).to_owned()
    })
}
