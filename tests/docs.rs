//! What the README and the docs show is run.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

/// Every `console` block must print what the page says.
/// `TRYCMD=overwrite cargo test --release --test docs` writes down what is printed now.
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
    let folder = tempfile::tempdir().unwrap();
    let pages = ["README.md"].map(PathBuf::from).into_iter();
    let folders = ["docs", "docs/advice", "docs/schemes"];
    let of = |folder| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.chain(folders.into_iter().flat_map(of));
    let mut specs = 0;
    for page in pages.filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&page).unwrap();
        for block in text.split("```yaml\n").skip(1).filter(|block| block.starts_with("fullmarks: 1")) {
            let spec = folder.path().join("spec.yaml");
            fs::write(&spec, block.split("```").next().unwrap()).unwrap();
            let simulates = block.lines().any(|line| line == "simulate:");
            let words: &[&str] = if simulates { &["simulate"] } else { &["check", "--run"] };
            let output = Command::new(env!("CARGO_BIN_EXE_fullmarks")).args(words).arg(&spec).output().unwrap();
            let said = [output.stdout, output.stderr].concat();
            assert!(output.status.success(), "{}: {}", page.display(), String::from_utf8_lossy(&said));
            specs += 1;
        }
    }
    assert!(specs > 0, "no page shows a spec");
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
