//! Several files read as one, and which row is of which.

use super::{BadRow, bad_rows::listed_as};
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// Files whose rows are read one after the other, numbered through.
#[derive(Debug)]
pub struct Files {
    paths: Vec<PathBuf>,
    /// How many lines there were before each file that was opened.
    before: Mutex<Vec<u64>>,
}

impl Files {
    /// Of these, of which there is at least one.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>) -> Self {
        Self { paths, before: Mutex::default() }
    }

    /// The files.
    #[must_use]
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// The first of them.
    #[must_use]
    pub fn first(&self) -> &Path {
        self.paths.first().map_or(Path::new("-"), PathBuf::as_path)
    }

    /// The next file begins after so many lines.
    pub(super) fn begin(&self, lines: u64) {
        self.before.lock().unwrap_or_else(PoisonError::into_inner).push(lines);
    }

    /// The file that a line is of, and its number there.
    #[must_use]
    pub fn place(&self, line: u64) -> (&Path, u64) {
        let before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        let file = before.partition_point(|lines| *lines < line).saturating_sub(1);
        let lines = before.get(file).copied().unwrap_or_default();
        (self.paths.get(file).map_or(self.first(), PathBuf::as_path), line - lines.min(line))
    }

    /// Rows that cannot be used, as lines for people.
    #[must_use]
    pub fn listed(&self, rows: &[BadRow]) -> Vec<String> {
        listed_as(rows, |row| self.named(row))
    }

    /// The name of a line among others: its number, with its file where there are several.
    #[must_use]
    pub fn line(&self, line: u64) -> String {
        let (path, line) = self.place(line);
        if self.paths.len() > 1 { format!("line {line} of {}", path.display()) } else { format!("line {line}") }
    }

    /// A row that cannot be used, with its file.
    #[must_use]
    pub fn named(&self, row: &BadRow) -> String {
        let (path, line) = self.place(row.line);
        format!("{}, {}", path.display(), BadRow { line, message: row.message.clone() })
    }
}

impl fmt::Display for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first().display();
        match self.paths.len() {
            0 | 1 => write!(f, "{first}"),
            2 => write!(f, "{first} and another file"),
            several => write!(f, "{first} and {} more files", several - 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_their_file() {
        let files = Files::new(["a", "b", "c"].map(PathBuf::from).to_vec());
        [0, 3, 3].into_iter().for_each(|lines| files.begin(lines));
        let place = |line| files.place(line);
        assert_eq!(place(1), (Path::new("a"), 1));
        assert_eq!(place(3), (Path::new("a"), 3));
        // The second file is empty.
        assert_eq!(place(4), (Path::new("c"), 1));
    }
}
