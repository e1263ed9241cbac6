//! Rows of an input file that cannot be used, named with as few words as there are mistakes.

use crate::printable::within;
use std::fmt;

/// Longest message that is shown, in characters: it may quote the row, and is one line.
const LONGEST: usize = 1000;

/// A row of an input file that cannot be used, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct BadRow {
    /// Line of a JSONL file or row of a Parquet file, counted from 1.
    pub line: u64,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, within(&self.message, LONGEST))
    }
}

/// Rows that cannot be used, with equal messages counted and not kept. Memory does not grow with the file.
#[derive(Clone, Debug, Default)]
pub struct BadRows {
    count: u64,
    kinds: Vec<(BadRow, u64)>,
}

impl BadRows {
    /// Messages named one by one; the rest is counted.
    const SHOWN: usize = 10;

    /// Adds a row, and says whether its message is to be shown now: it is new, and not too many were before.
    pub fn add(&mut self, row: &BadRow) -> bool {
        self.count += 1;
        if let Some((_, more)) = self.kinds.iter_mut().find(|(kind, _)| alike(&kind.message, &row.message)) {
            *more += 1;
            return false;
        }
        let new = self.kinds.len() < Self::SHOWN;
        if new {
            self.kinds.push((row.clone(), 0));
        }
        new
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// What was not shown when it was added: `the message of line 3 holds for 4 more rows`, where `place` names lines.
    #[must_use]
    pub fn more(&self, place: impl Fn(u64) -> String) -> Vec<String> {
        let alike = self.kinds.iter().filter(|(_, more)| *more > 0);
        let line =
            |(row, more): &(BadRow, u64)| format!("the message of {} holds for {}", place(row.line), rows(*more));
        let mut lines: Vec<_> = alike.map(line).collect();
        match self.unnamed() {
            0 => {}
            others => lines.push(format!("and {} with other messages", rows(others))),
        }
        lines
    }

    /// The messages that are kept, each with its first row and with how many rows have it.
    pub fn kinds(&self) -> impl Iterator<Item = (&BadRow, u64)> {
        self.kinds.iter().map(|(row, more)| (row, more + 1))
    }

    /// Rows whose message is not kept.
    fn unnamed(&self) -> u64 {
        self.count - self.kinds.iter().map(|(_, more)| more + 1).sum::<u64>()
    }
}

/// How every message begins about a row whose prompt nobody knows: its kind, whatever the id.
const UNKNOWN_PROMPT: &str = "there is no prompt with the id ";

/// What is said of a row whose prompt nobody knows.
#[must_use]
pub fn unknown_prompt(id: &str) -> String {
    format!("{UNKNOWN_PROMPT}`{id}`")
}

/// Whether two messages say one thing, so that one line will do.
fn alike(one: &str, other: &str) -> bool {
    one == other || one.starts_with(UNKNOWN_PROMPT) && other.starts_with(UNKNOWN_PROMPT)
}

/// Rows as lines for people: equal messages are one, with a count.
#[must_use]
pub fn listed(rows: &[BadRow]) -> Vec<String> {
    listed_as(rows, BadRow::to_string)
}

/// The same where `name` writes a row with its place.
pub(super) fn listed_as(rows_: &[BadRow], name: impl Fn(&BadRow) -> String) -> Vec<String> {
    let mut all = BadRows::default();
    rows_.iter().for_each(|row| {
        all.add(row);
    });
    let line = |(row, more): &(BadRow, u64)| match more {
        0 => name(row),
        more => format!("{} (the same for {})", name(row), rows(*more)),
    };
    let mut lines: Vec<_> = all.kinds.iter().map(line).collect();
    match all.unnamed() {
        0 => {}
        others => lines.push(format!("… and {}", rows(others))),
    }
    lines
}

fn rows(count: u64) -> String {
    if count == 1 { "1 more row".into() } else { format!("{count} more rows") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_messages_are_one_with_a_count() {
        let row = |line, message: &str| BadRow { line, message: message.into() };
        let mut all: Vec<_> = (1..=5).map(|line| row(line, "no id")).collect();
        all.push(row(6, "no prompt"));
        assert_eq!(listed(&all), ["line 1: no id (the same for 4 more rows)", "line 6: no prompt"]);
        let unknown: Vec<_> =
            (1..=9).map(|line| row(line, &format!("there is no prompt with the id `{line}`"))).collect();
        assert_eq!(listed(&unknown), ["line 1: there is no prompt with the id `1` (the same for 8 more rows)"]);
        all.extend((7..27).map(|line| row(line, &format!("number {line}"))));
        assert_eq!(listed(&all).len(), 11);
        assert_eq!(listed(&all)[10], "… and 12 more rows");
        let mut counted = BadRows::default();
        assert_eq!(all.iter().filter(|row| counted.add(row)).count(), 10);
        let more = ["the message of line 1 holds for 4 more rows", "and 12 more rows with other messages"];
        assert_eq!(
            (counted.count(), counted.more(|line| format!("line {line}"))),
            (26, more.map(str::to_owned).to_vec())
        );
    }
}
