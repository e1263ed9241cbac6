//! Specs as people write them, with several mistakes each: one run names them all, each at its line, and nothing else.

use crate::common::Folder;

/// Each spec, and the line and a part of every message that it must get, in order.
const SPECS: &str = include_str!("../../data/spec_mistakes.txt");

#[test]
fn one_run_names_every_mistake() {
    let mut wrong = Vec::new();
    let mut tried = 0;
    for block in SPECS.split("\n=====\n").skip(1) {
        let (expected, spec) = block.split_once("\n-----\n").expect("what is expected, then the spec");
        let (title, expected) = expected.split_once('\n').expect("a title, then what is expected");
        let folder = Folder::new().with("spec.yaml", spec);
        let run = folder.run("check spec.yaml");
        let said = run.stderr;
        let found = found(&said);
        let as_expected = expected.lines().map(|line| line.split_once(' ').expect("a line and a message"));
        let matches = as_expected.clone().count() == found.len()
            && as_expected.zip(&found).all(|((line, part), (at, message))| line == at && message.contains(part));
        if !matches || run.code != Some(2) {
            wrong.push(format!("{title}: expected\n{expected}\nbut got\n{said}"));
        }
        tried += 1;
    }
    assert!(tried >= 40, "{tried} specs were read");
    assert!(wrong.is_empty(), "{} of {tried}:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// Line and message of each error. A remedy belongs to each.
fn found(said: &str) -> Vec<(String, String)> {
    let errors = said.split("error: ").skip(1);
    errors
        .map(|error| {
            let message = error.lines().next().unwrap_or_default().to_owned();
            let place = error.split_once("--> spec.yaml:").and_then(|(_, rest)| rest.split_once(':'));
            (place.map_or_else(String::new, |(line, _)| line.to_owned()), message)
        })
        .collect()
}
