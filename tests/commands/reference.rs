//! Pages of the docs that say what the program says of itself: a table for every part of a spec, from its schema, and a page for
//! every family of checkers, from what they declare. `TRYCMD=overwrite cargo test --release --workspace --test commands -- reference` writes them.

mod checkers;
mod spec;

use fullmarks::verify::Library;
use serde_json::Value;
use std::{fs, process::Command};

/// What the program prints as JSON.
fn printed(words: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_fullmarks")).args(words).output().unwrap();
    assert!(output.status.success(), "fullmarks {words:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The page must read so, or is made to.
fn must_read(path: &str, page: &str) {
    if std::env::var("TRYCMD").as_deref() == Ok("overwrite") {
        fs::write(path, page).unwrap();
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == page,
        "{path} is out of date: TRYCMD=overwrite cargo test --release --workspace --test commands -- reference"
    );
}

#[test]
fn tables_of_the_spec_are_those_of_its_schema() {
    let page = fs::read_to_string("docs/spec.md").unwrap();
    let schema = printed(&["schema", "spec"]);
    must_read("docs/spec.md", &spec::with_tables(&page, &schema));
    for name in schema["$defs"].as_object().unwrap().keys().filter(|name| spec::is_object(&schema["$defs"][*name])) {
        // A case is a text as well, and a pick a word: the page says that in words.
        if !["Case", "PickDefining"].contains(&name.as_str()) {
            assert!(page.contains(&spec::mark(name)), "docs/spec.md has no table of {name}");
        }
    }
}

#[test]
fn every_checker_has_its_place_on_a_page() {
    let library = Library::builtin().unwrap();
    let listed = library.catalogue().checkers();
    let mut shown = 0;
    for family in checkers::FAMILIES {
        let of_family: Vec<_> = listed.iter().filter(|checker| family.has(checker)).collect();
        shown += of_family.len();
        must_read(&format!("docs/checkers/{}.md", family.name), &family.page(&of_family));
    }
    assert_eq!(shown, listed.len(), "a checker of no family, or of two");
}
