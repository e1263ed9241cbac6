//! The pages, and the fenced blocks in them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A fenced block of a page.
pub(crate) struct Block {
    pub(crate) page: PathBuf,
    pub(crate) language: String,
    pub(crate) text: String,
}

impl Block {
    /// The page's name, `spec.md` for one.
    pub(crate) fn page(&self) -> &str {
        self.page.file_name().and_then(|name| name.to_str()).unwrap()
    }
}

/// The README and every page of the book.
pub(crate) fn pages() -> Vec<PathBuf> {
    let mut pages = vec![PathBuf::from("README.md")];
    for folder in ["docs", "docs/advice", "docs/checkers", "docs/schemes"] {
        pages.extend(fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    }
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    pages.sort();
    pages
}

/// Every block of them.
pub(crate) fn blocks() -> Vec<Block> {
    pages().iter().flat_map(|page| of(page)).collect()
}

fn of(page: &Path) -> Vec<Block> {
    let text = fs::read_to_string(page).unwrap();
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        match (line.strip_prefix("```"), open) {
            (Some(_), true) => open = false,
            (Some(language), false) => {
                found.push(Block { page: page.into(), language: language.into(), text: String::new() });
                open = true;
            }
            (None, true) => {
                let block = found.last_mut().expect("it was opened");
                block.text += line;
                block.text.push('\n');
            }
            (None, false) => {}
        }
    }
    assert!(!open, "{}: a block is not closed", page.display());
    found
}

pub(crate) fn in_language(language: &str) -> Vec<Block> {
    blocks().into_iter().filter(|block| block.language == language).collect()
}
