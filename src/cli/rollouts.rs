//! Opening the rollouts that a command is given: files, folders and patterns, in any form that is known.

use super::{exit::Exit, named::one_of, terminal};
use crate::data::{Form, Layout, Named, Opened, Reading, Rows};
use serde_json::{Map, Value};
use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
};

/// What of a folder is read: how the names of files of rollouts end.
const ENDINGS: [&str; 7] = [".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst", ".parquet", ".arrow", ".feather"];

/// What `datasets` writes beside a table, of which nothing is lost.
const OF_DATASETS: [&str; 3] = ["dataset_info.json", "dataset_dict.json", "state.json"];

/// Which columns of the rollouts hold what.
#[derive(clap::Args, Clone, Debug)]
pub(super) struct Columns {
    /// Column of the rollouts with the prompt's id [default: told by the first row, `id` in our own form]
    #[arg(long, value_name = "COLUMN")]
    pub(super) id: Option<String>,
    /// Column of the rollouts with the completion, or a list of completions [default: told by the first row]
    #[arg(long, value_name = "COLUMN")]
    pub(super) completion: Option<String>,
    /// The tool that wrote the rollouts [default: told by the first row]
    #[arg(long, value_name = "TOOL", value_parser = one_of(&Form::NAMES, Form::by_name))]
    pub(super) from: Option<Form>,
}

impl Columns {
    /// The same, with the column of the prompts' id.
    pub(super) fn named<'a>(&'a self, of_prompts: Option<&'a str>) -> Named<'a> {
        Named { form: self.from, id: self.id.as_deref(), completion: self.completion.as_deref(), of_prompts }
    }
}

/// Opens rollouts, and says how they are read where that was told from their first row. `wanted` says which columns matter.
pub(super) fn open(
    given: &[PathBuf],
    named: Named<'_>,
    max_row: usize,
    quiet: bool,
    wanted: impl FnOnce(&Layout, &[Map<String, Value>]) -> Reading,
) -> Result<Opened, Exit> {
    let files = expanded(given)?;
    let first = files.first().cloned().unwrap_or_default();
    let opened = Rows::of_rollouts(files, named, max_row, wanted).map_err(Exit::file(&first))?;
    if let Some(told) = opened.layout.told().filter(|_| !quiet) {
        terminal::tell(format_args!("{}: {told}", opened.files));
    }
    Ok(opened)
}

/// The files that are meant: those of a folder, and those that fit a pattern, in the order of the numbers in their names.
fn expanded(given: &[PathBuf]) -> Result<Vec<PathBuf>, Exit> {
    let mut files = Vec::new();
    for path in given {
        let mut found = if path.is_dir() {
            of_folder(path)?
        } else if !path.exists() && path.to_str().is_some_and(|text| text.contains(['*', '?', '['])) {
            of_pattern(path)?
        } else {
            vec![path.clone()]
        };
        found.sort_by_cached_key(|path| by_number(path));
        files.append(&mut found);
    }
    let mut seen = HashSet::new();
    let real = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    if let Some(twice) = files.iter().find(|path| !seen.insert(real(path))) {
        return Err(Exit::Input(format!("{} is given twice: its completions would count twice", twice.display())));
    }
    if files.len() > 1 && files.iter().any(|path| path == Path::new("-")) {
        return Err(Exit::Input("standard input (`-`) cannot be read beside files: give one or the other".into()));
    }
    Ok(files)
}

fn of_folder(folder: &Path) -> Result<Vec<PathBuf>, Exit> {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(Exit::file(folder))?;
    // What `datasets` computed from a table lies beside it.
    let is_own = |path: &PathBuf| !name(path).starts_with('.') && !name(path).starts_with("cache-");
    let (found, others): (Vec<PathBuf>, Vec<PathBuf>) = entries
        .into_iter()
        .map(|entry| entry.path())
        .filter(is_own)
        .partition(|path| ENDINGS.iter().any(|ending| name(path).ends_with(ending)) && path.is_file());
    let mut others: Vec<String> =
        others.iter().filter(|path| !OF_DATASETS.contains(&name(path).as_str())).map(|path| name(path)).collect();
    others.sort();
    others.truncate(5);
    let (shown, others) = (folder.display(), others.join(", "));
    if found.is_empty() {
        let has = if others.is_empty() { String::new() } else { format!(", but {others}: name what is meant") };
        return Err(Exit::Input(format!("the folder {shown} has no file of rollouts ({}){has}", ENDINGS.join(", "))));
    }
    if !others.is_empty() {
        terminal::tell(format_args!("{shown}: not read, as no files of rollouts: {others}"));
    }
    Ok(found)
}

fn of_pattern(pattern: &Path) -> Result<Vec<PathBuf>, Exit> {
    let shown = pattern.display();
    let found = glob::glob(&pattern.to_string_lossy()).map_err(|error| Exit::Input(format!("{shown}: {error}")))?;
    let found: Vec<PathBuf> = found.collect::<Result<_, _>>().map_err(Exit::input)?;
    if found.is_empty() { Err(Exit::Input(format!("no file fits {shown}"))) } else { Ok(found) }
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
}
