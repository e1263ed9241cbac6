//! `fullmarks probe`: specs that ship have no hole, and every hole planted in `tests/probe/open` is found and can be closed.

use crate::common::Folder;
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn specs(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder");
    let mut specs: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    specs.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    specs.sort();
    specs
}

/// The report of a spec, and the status it ends with.
fn probed(path: &Path, more: &str) -> (Value, Option<i32>) {
    let run = Folder::new().run(&format!("probe {} --json {more}", path.display()));
    let report = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:#?}"));
    (report, run.code)
}

fn kinds(report: &Value) -> BTreeSet<String> {
    let holes = report["holes"].as_array().expect("a list");
    let kind = |hole: &Value| hole["probe"].as_str().expect("text").split('/').next().expect("a kind").to_owned();
    holes.iter().map(kind).collect()
}

#[test]
fn specs_that_ship_have_no_hole() {
    for path in specs("task_specs") {
        let (report, code) = probed(&path, "");
        assert_eq!(report["holes"], Value::Array(Vec::new()), "{}: {:#}", path.display(), report["holes"]);
        assert_eq!(report["unjudged"], Value::Array(Vec::new()), "{}", path.display());
        assert_eq!((code, &report["fine"]), (Some(0), &Value::Bool(true)), "{}", path.display());
        for allowed in report["allowed"].as_array().expect("a list") {
            assert!(allowed["why"].is_string(), "{}: {allowed}", path.display());
        }
    }
}

#[test]
fn planted_holes_are_found() {
    let open = specs("tests/probe/open");
    assert!(open.len() >= 8);
    for path in open {
        let text = fs::read_to_string(&path).expect("text");
        let planted = text.lines().next().and_then(|line| line.strip_prefix("# holes: ")).expect("what was planted");
        let (report, code) = probed(&path, "");
        let found = kinds(&report);
        for kind in planted.split(", ") {
            assert!(found.contains(kind), "{}: no hole of the kind {kind}: {found:?}", path.display());
        }
        assert_eq!(code, Some(1), "{}", path.display());
        for hole in report["holes"].as_array().expect("a list") {
            assert!(!hole["remedy"].as_str().expect("text").is_empty(), "{hole}");
        }
    }
}

/// What the remedies say to change was changed in `tests/probe/closed`.
#[test]
fn closed_holes_are_not_found() {
    for path in specs("tests/probe/closed") {
        let (report, code) = probed(&path, "");
        assert_eq!(kinds(&report), BTreeSet::new(), "{}: {:#}", path.display(), report["holes"]);
        assert_eq!(code, Some(0), "{}: {:#}", path.display(), report["failures"]);
    }
}

#[test]
fn prompts_are_drawn_and_counted() {
    let spec = "fullmarks: 1
name: numbers
constraints:
  - {id: right, check: text.equals, with: {text: {column: answer}}}
reward: {scheme: binary}
";
    let row =
        |n: usize| format!("{{\"id\": {n}, \"prompt\": \"What is {n} and 1000?\", \"answer\": \"{}\"}}\n", n + 1000);
    let prompts: String = (0..50).map(row).collect();
    let folder = Folder::new().with("spec.yaml", spec).with("prompts.jsonl", prompts);
    let run = |words: &str| {
        let run = folder.run(&format!("probe spec.yaml --prompts prompts.jsonl --json {words}")).fine();
        serde_json::from_str::<Value>(&run.stdout).expect("JSON")
    };
    let report = run("--sample 7");
    assert_eq!((&report["probed"], &report["prompts"]), (&Value::from(7), &Value::from(50)));
    assert_eq!(report["prompts_from"], "file");
    assert_eq!(report, run("--sample 7"));
    assert_eq!(run("--sample 500")["probed"], 50);
    let kinds = report["by_kind"].as_object().expect("kinds");
    assert!(
        ["empty", "trivial", "thinking", "echo", "stuffing", "junk", "blocks"].iter().all(|kind| kinds[*kind] != 0)
    );
    assert!(!run("--skip junk,echo")["by_kind"].as_object().expect("kinds").contains_key("echo"));
}

#[test]
fn answers_are_the_same_on_any_number_of_threads() {
    let path = root().join("tests/probe/open/form-alone.yaml");
    let run = |threads: &str| {
        let folder = Folder::new();
        let mut command = folder.command(&format!("probe {} --json", path.display()));
        command.env("RAYON_NUM_THREADS", threads).output().expect("the program starts").stdout
    };
    let first = run("1");
    assert!(!first.is_empty());
    assert!(["2", "3"].iter().all(|threads| run(threads) == first));
}

/// IFEval's own prompts: whatever earns there is of a kind that the spec declares.
#[test]
fn ifeval_prompts_hold_what_the_spec_declares() {
    let prompts = root().join("tests/data/ifeval/prompts.jsonl.gz");
    let (report, code) =
        probed(&root().join("task_specs/ifeval.yaml"), &format!("--sample 12 --prompts {}", prompts.display()));
    assert_eq!(
        (code, &report["probed"], &report["prompts"]),
        (Some(0), &Value::from(12), &Value::from(541)),
        "{:#}",
        report["holes"]
    );
}
