//! A checker of one's own: what `fullmarks checkers new` writes does what it says.

#[path = "../../src/cli/templates/checker/lib.rs"]
#[expect(unreachable_pub, reason = "the root of a crate where it is used")]
mod template;

use crate::common::sha256;
use fullmarks_checker_sdk::{Example, Input, Verdict};
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn run(program: &str, arguments: &[&str], folder: &Path) -> Output {
    Command::new(program).args(arguments).current_dir(folder).output().unwrap()
}

fn fullmarks(arguments: &[&str], folder: &Path) -> Output {
    run(env!("CARGO_BIN_EXE_fullmarks"), arguments, folder)
}

#[test]
fn the_template_judges_its_examples() {
    let [entry] = template::CHECKERS else { panic!("one checker") };
    let Example { params, passes, fails, .. } = entry.doc.example;
    let verdict = |params, text| entry.check(params, &Input { text, prompt: "" });
    assert!(passes.iter().all(|text| verdict(params, text).passed()));
    let scores = fails.iter().map(|text| match verdict(params, text) {
        Verdict::Failed { score, .. } => score,
        other => panic!("{text:?}: {other:?}"),
    });
    assert_eq!(scores.collect::<Vec<_>>(), [0.5, 0.0]);
    assert!(!verdict(r#"{"words": ["owl"], "times": 2}"#, "An owl.").passed());
    assert!(matches!(verdict(r#"{"words": ["an owl"]}"#, "An owl."), Verdict::Refused(_)));
}

#[test]
fn what_is_there_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    let output = fullmarks(&["checkers", "new", "mine"], folder.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is there already, and is left as it is"));
    assert_eq!(fs::read_dir(folder.path().join("mine")).unwrap().count(), 0);
}

/// The specs of C and AssemblyScript name modules that were built from these very sources: put beside them, they are used.
#[test]
fn other_languages_come_whole() {
    let folder = tempfile::tempdir().unwrap();
    for (language, module) in [("c", "mentions.wasm"), ("assemblyscript", "sorted.wasm")] {
        let output = fullmarks(&["checkers", "new", language, "--language", language], folder.path());
        assert!(output.status.success());
        let example = format!("examples/checker-{language}/{module}");
        fs::copy(example, folder.path().join(language).join(module)).unwrap();
        let output = fullmarks(&["check", "--run", &format!("{language}/spec.yaml")], folder.path());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// As a user would: new, test, build, write its sha256, use.
#[test]
#[ignore = "builds a crate twice, once for wasm32-unknown-unknown; `cargo xtask test --own-checker` runs it"]
fn a_new_checker_in_rust_builds_and_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("mine");
    let must = |output: Output| assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    must(fullmarks(&["checkers", "new", "mine"], folder.path()));
    let cargo = |arguments: &[&str]| {
        let output = Command::new("cargo").args(arguments).current_dir(&mine).env_remove("CARGO_TARGET_DIR").output();
        must(output.unwrap());
    };
    cargo(&["test"]);
    cargo(&["build", "--release", "--target", "wasm32-unknown-unknown"]);
    let refused = fullmarks(&["check", "--run", "spec.yaml"], &mine);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("sha256sum"), "{said}");
    let hash = &sha256(&fs::read(mine.join("target/wasm32-unknown-unknown/release/checker.wasm")).unwrap());
    let spec = fs::read_to_string(mine.join("spec.yaml")).unwrap();
    fs::write(mine.join("spec.yaml"), spec.replace(&"0".repeat(64), hash)).unwrap();
    must(fullmarks(&["check", "--run", "spec.yaml"], &mine));
}
