//! Completions in files: YAML front matter between `---` lines, then the completion, byte for byte.

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// One file of a suite.
pub(crate) struct CompletionFile {
    /// Folder and file, without the ending.
    pub(crate) name: String,
    pub(crate) front: Value,
    pub(crate) completion: String,
}

/// All completions of a suite, in the order of their names.
pub(crate) fn completions(suite: &str) -> Vec<CompletionFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(suite);
    let mut files: Vec<PathBuf> =
        entries(&root).iter().filter(|path| path.is_dir()).flat_map(|path| entries(path)).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("below it").with_extension("").display().to_string();
        let text = fs::read_to_string(&path).expect("text");
        let parts = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
        let (front, completion) = parts.unwrap_or_else(|| panic!("{name} has no front matter"));
        CompletionFile { front: yaml(&name, front), completion: completion.to_owned(), name }
    };
    files.into_iter().map(read).collect()
}

/// YAML as JSON.
pub(crate) fn yaml(name: &str, text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}
