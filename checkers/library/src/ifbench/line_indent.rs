//! `format:line_indent`

use std::collections::{BTreeMap, VecDeque};

use fullmarks_checker_sdk::{Checker, Doc, Example, Input, Verdict};

use super::common::{SOURCE, fail_if_any};
use crate::{
    ifeval::common::{NoParams, unless_blank},
    text::python::strip,
};

/// Each line is indented further than the one before.
pub struct LineIndent;

impl Checker for LineIndent {
    type Params = NoParams;

    const DOC: Doc = Doc {
        id: "format:line_indent",
        summary: "Each line begins with more spaces than the one before it.",
        details: "Blank lines do not count, except those that the official checker overlooks: it removes them \
                  while it walks over the lines, so that the line after a removed one is never looked at. A blank \
                  response fails.",
        params: &[],
        example: Example {
            params: "{}",
            passes: &["Owls\n hoot\n   at night", "Owls"],
            fails: &["Owls\nhoot", "Owls\n\n\n hoot"],
            prompt: "",
        },
        source: SOURCE,
    };

    fn new(_: NoParams) -> Result<Self, String> {
        Ok(Self)
    }

    fn check(&self, input: &Input<'_>) -> Verdict {
        unless_blank(input.text, |text| {
            let lines = kept(text.split('\n').collect());
            let spaces: Vec<usize> = lines.iter().map(|line| line.len() - line.trim_start_matches(' ').len()).collect();
            let level = spaces.windows(2).position(|pair| pair[1] <= pair[0]);
            fail_if_any(
                level.map(|at| format!("`{}` is not indented further than the line before it", strip(lines[at + 1]))),
            )
        })
    }
}

/// The lines that stay when blank ones are removed during a walk over them: of each that the walk meets, the first that
/// equals it goes, and the walk misses the line after it.
fn kept(lines: Vec<&str>) -> Vec<&str> {
    // The places of the blank lines that are still there, by their text.
    let mut blank: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    let mut removed = vec![false; lines.len()];
    let mut missed = false;
    for (at, line) in lines.iter().enumerate() {
        if !strip(line).is_empty() {
            missed = false;
            continue;
        }
        let same = blank.entry(line).or_default();
        same.push_back(at);
        if !missed && let Some(first) = same.pop_front() {
            removed[first] = true;
        }
        missed = !missed;
    }
    lines.into_iter().zip(removed).filter(|(_, removed)| !removed).map(|(line, _)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::kept;

    // Expected values from Python: `for line in lines: if not line.strip(): lines.remove(line)`.
    #[test]
    fn keeps_what_the_walk_misses() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["", "a", ""], &["a"]),
            (&["", "", "a", ""], &["a", ""]),
            (&["", "", " ", "", "b", "", ""], &["", "b", "", ""]),
            (&["a", " ", "", " ", "b"], &["a", "", "b"]),
        ];
        for (lines, left) in cases {
            assert_eq!(kept(lines.to_vec()), *left, "{lines:?}");
        }
    }
}
