//! Paths as people give them, folders and patterns among them, → the files of rollouts that are meant.

use std::{
    collections::HashSet,
    error::Error,
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// What of a folder is read: how the names of files of rollouts end.
const ENDINGS: [&str; 7] = [".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst", ".parquet", ".arrow", ".feather"];

/// What `datasets` writes beside a table, of which nothing is lost.
const OF_DATASETS: [&str; 3] = ["dataset_info.json", "dataset_dict.json", "state.json"];

/// Most names of files that are passed over.
const NAMED: usize = 5;

/// The files that are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    /// Each path's files in the order of the numbers in their names, paths in the order in which they were given.
    pub files: Vec<PathBuf>,
    /// Folders with files that are not of rollouts, and the names of the first of these.
    pub passed_over: Vec<(PathBuf, Vec<String>)>,
}

/// Why paths say no files.
#[derive(Debug)]
#[non_exhaustive]
pub enum ExpandError {
    /// A folder cannot be read, or what a pattern leads through.
    Io(PathBuf, io::Error),
    /// A folder has no file of rollouts.
    NoRollouts {
        /// The folder.
        folder: PathBuf,
        /// What is there instead, the first of it.
        others: Vec<String>,
    },
    /// It is no pattern.
    BadPattern(PathBuf, glob::PatternError),
    /// Nothing fits a pattern.
    NothingFits(PathBuf),
    /// A file is given twice.
    Twice(PathBuf),
    /// Standard input is given beside files.
    StandardInput,
}

impl Error for ExpandError {}

impl fmt::Display for ExpandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => write!(f, "{}: {error}", path.display()),
            Self::NoRollouts { folder, others } => {
                write!(f, "the folder {} has no file of rollouts ({})", folder.display(), ENDINGS.join(", "))?;
                if others.is_empty() { Ok(()) } else { write!(f, ", but {}: name what is meant", others.join(", ")) }
            }
            Self::BadPattern(pattern, error) => write!(f, "{}: {error}", pattern.display()),
            Self::NothingFits(pattern) => write!(f, "no file fits {}", pattern.display()),
            Self::Twice(path) => write!(f, "{} is given twice: its completions would count twice", path.display()),
            Self::StandardInput => {
                f.write_str("standard input (`-`) cannot be read beside files: give one or the other")
            }
        }
    }
}

impl Expanded {
    /// The files of these paths: those of a folder, those that fit a pattern, and others as they are.
    ///
    /// # Errors
    /// [`ExpandError`]: a file that is not there is none, and is left to whoever opens it.
    pub fn of(given: &[PathBuf]) -> Result<Self, ExpandError> {
        let mut all = Self::default();
        for path in given {
            let mut found = if path.is_dir() {
                all.of_folder(path)?
            } else if !path.exists() && path.to_str().is_some_and(|text| text.contains(['*', '?', '['])) {
                of_pattern(path)?
            } else {
                vec![path.clone()]
            };
            found.sort_by_cached_key(|path| by_number(path));
            all.files.append(&mut found);
        }
        let mut seen = HashSet::new();
        let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
        if let Some(twice) = all.files.iter().find(|path| !seen.insert(real(path))) {
            return Err(ExpandError::Twice(twice.clone()));
        }
        if all.files.len() > 1 && all.files.iter().any(|path| path == Path::new("-")) {
            return Err(ExpandError::StandardInput);
        }
        Ok(all)
    }

    fn of_folder(&mut self, folder: &Path) -> Result<Vec<PathBuf>, ExpandError> {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let entries = entries.map_err(|error| ExpandError::Io(folder.to_owned(), error))?;
        // What `datasets` computed from a table lies beside it.
        let is_own = |path: &PathBuf| !name(path).starts_with('.') && !name(path).starts_with("cache-");
        let (found, others): (Vec<PathBuf>, Vec<PathBuf>) = entries
            .into_iter()
            .map(|entry| entry.path())
            .filter(is_own)
            .partition(|path| ENDINGS.iter().any(|ending| name(path).ends_with(ending)) && path.is_file());
        let mut others: Vec<String> =
            others.iter().map(|path| name(path)).filter(|name| !OF_DATASETS.contains(&name.as_str())).collect();
        others.sort();
        others.truncate(NAMED);
        if found.is_empty() {
            return Err(ExpandError::NoRollouts { folder: folder.to_owned(), others });
        }
        if !others.is_empty() {
            self.passed_over.push((folder.to_owned(), others));
        }
        Ok(found)
    }
}

fn of_pattern(pattern: &Path) -> Result<Vec<PathBuf>, ExpandError> {
    let found = glob::glob(&pattern.to_string_lossy());
    let found = found.map_err(|error| ExpandError::BadPattern(pattern.to_owned(), error))?;
    let found: Result<Vec<PathBuf>, _> = found.collect();
    let found = found.map_err(|error| ExpandError::Io(error.path().to_owned(), error.into()))?;
    if found.is_empty() { Err(ExpandError::NothingFits(pattern.to_owned())) } else { Ok(found) }
}

/// `10.jsonl` comes after `9.jsonl`.
fn by_number(path: &Path) -> Vec<(u64, String)> {
    let text = path.to_string_lossy();
    let mut parts = Vec::new();
    let mut rest = text.as_ref();
    while !rest.is_empty() {
        let words = rest.len() - rest.trim_start_matches(|c: char| !c.is_ascii_digit()).len();
        let (word, more) = rest.split_at(words);
        let digits = more.len() - more.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, more) = more.split_at(digits);
        // A word stands before its number, so that words decide first.
        parts.push((0, word.to_owned()));
        parts.push((number.parse().unwrap_or(u64::MAX), number.to_owned()));
        rest = more;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_the_order_of_their_numbers() {
        let mut files = ["a/10.jsonl", "a/9.jsonl", "a/100.jsonl", "a/b.jsonl"].map(PathBuf::from);
        files.sort_by_cached_key(|path| by_number(path));
        assert_eq!(files, ["a/9.jsonl", "a/10.jsonl", "a/100.jsonl", "a/b.jsonl"].map(PathBuf::from));
    }

    #[test]
    fn a_folder_says_what_it_passes_over() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["2.jsonl", "10.jsonl", "notes.md", "state.json", ".hidden.jsonl", "cache-1.arrow"] {
            fs::write(folder.path().join(name), "").expect("written");
        }
        let given = [folder.path().to_owned()];
        let found = Expanded::of(&given).expect("files");
        assert_eq!(found.files, ["2.jsonl", "10.jsonl"].map(|name| folder.path().join(name)));
        assert_eq!(found.passed_over, [(folder.path().to_owned(), vec!["notes.md".to_owned()])]);
        let twice = [given[0].clone(), folder.path().join("2.jsonl")];
        assert!(matches!(Expanded::of(&twice), Err(ExpandError::Twice(path)) if path == twice[1]));
        let nothing = [folder.path().join("*.parquet")];
        assert!(matches!(Expanded::of(&nothing), Err(ExpandError::NothingFits(_))));
        assert!(matches!(Expanded::of(&["-".into(), "x".into()]), Err(ExpandError::StandardInput)));
    }
}
