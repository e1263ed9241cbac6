//! What the README and the docs show is run.

mod commands;
mod fragments;
mod pages;
mod stage;

use crate::common::Folder;
use std::{collections::BTreeSet, fs};

/// Every `console` block must print what the page says.
/// `TRYCMD=overwrite cargo test --release --workspace --test commands -- docs` writes down what is printed now.
#[test]
fn documented_commands_print_what_the_page_says() {
    trycmd::TestCases::new()
        .default_bin_name("fullmarks")
        .case("README.md")
        .case("docs/*.md")
        .case("docs/advice/*.md")
        .case("docs/schemes/*.md")
        .run();
}

/// Every whole spec among the `yaml` blocks must be valid, and its own cases must go as it says; every problem must run.
#[test]
fn documented_specs_are_valid() {
    let folder = Folder::new();
    let mut specs = 0;
    for block in pages::in_language("yaml").into_iter().filter(|block| block.text.starts_with("fullmarks: 1")) {
        folder.write("spec.yaml", &block.text);
        let simulates = block.text.lines().any(|line| line == "simulate:");
        let done = folder.run(if simulates { "simulate spec.yaml" } else { "check --run spec.yaml" });
        assert_eq!(done.code, Some(0), "{}: {}{}", block.page.display(), done.stdout, done.stderr);
        specs += 1;
    }
    assert!(specs > 0, "no page shows a spec");
}

/// A block in another language would be run by nobody. Python and settings of trainers are run by python/tests/test_docs.py, and the
/// examples in the pages of checkers come from the checkers, whose tests try them.
#[test]
fn every_block_is_run_by_somebody() {
    for block in pages::blocks() {
        let known = match &block.language[..] {
            "console" | "sh" | "yaml" | "json" | "python" => true,
            "ini" => block.page() == "trainers.md",
            "text" => block.page.starts_with("docs/checkers"),
            _ => false,
        };
        assert!(known, "{}: who runs a block in {:?}?", block.page.display(), block.language);
    }
}

/// What repeats a figure stands in the text: `cargo test`, the binary, and the files whose tests are meant.
#[test]
fn tests_that_repeat_figures_are_there() {
    let mut named = 0;
    for page in pages::pages() {
        let text = fs::read_to_string(&page).unwrap();
        for rest in text.split("`cargo test --release --workspace --test ").skip(1) {
            let (command, _) = rest.split_once('`').expect("the end of the command");
            let (binary, words) = command.split_once(" -- ").expect("which tests are meant");
            for file in words.split_whitespace().filter(|word| !word.starts_with("--")) {
                let path = format!("tests/{binary}/{file}.rs");
                assert!(fs::exists(&path).unwrap(), "{}: there is no {path}", page.display());
                named += 1;
            }
        }
    }
    assert!(named > 8, "only {named} were found");
}

/// The book's contents name every page, and no page that is not there.
#[test]
fn the_book_has_every_page() {
    let summary = fs::read_to_string("docs/SUMMARY.md").unwrap();
    let named: BTreeSet<String> = summary
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|page| !page.is_empty())
        .map(str::to_owned)
        .collect();
    let pages = |folder: &str| {
        let names = fs::read_dir(format!("docs/{folder}")).unwrap().map(|entry| entry.unwrap().file_name());
        let names: Vec<String> = names.map(|name| format!("{folder}{}", name.to_string_lossy())).collect();
        names.into_iter().filter(|name| name.ends_with(".md") && name != "SUMMARY.md").collect::<Vec<_>>()
    };
    let there: BTreeSet<String> = ["", "advice/", "checkers/", "schemes/"].into_iter().flat_map(pages).collect();
    assert_eq!(named, there);
}
